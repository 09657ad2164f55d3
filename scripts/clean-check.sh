#!/bin/sh
# Runs the two commands of the README as a stranger would: a clone of the last commit in an empty folder, with an empty
# home and an empty npm cache, and of the environment only what finds programs and the network.
# Fails on whatever the repository needs and does not say. Usage: scripts/clean-check.sh [commit]
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
commit=$(git -C "$root" rev-parse --verify "${1:-HEAD}^{commit}")
empty=$(mktemp -d)
portal=
cleanup() {
  if [ -n "$portal" ]; then kill "$portal" 2>/dev/null || true; wait "$portal" 2>/dev/null || true; fi
  rm -rf "$empty"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

mkdir "$empty/home" "$empty/cache" "$empty/tmp"
git clone --quiet "$root" "$empty/lakeport"
git -C "$empty/lakeport" -c advice.detachedHead=false checkout --quiet "$commit"

# To be called in a subshell, which it becomes. Of npm's configuration it keeps only where packages come from, and of the
# network whom to go through and to trust, which a company may have set.
become_stranger() {
  exec env -i \
    PATH="$PATH" HOME="$empty/home" TMPDIR="$empty/tmp" LANG="${LANG:-C.UTF-8}" \
    npm_config_cache="$empty/cache" npm_config_registry="$(npm config get registry)" \
    ${HTTPS_PROXY:+HTTPS_PROXY="$HTTPS_PROXY"} ${NO_PROXY:+NO_PROXY="$NO_PROXY"} \
    ${NODE_EXTRA_CA_CERTS:+NODE_EXTRA_CA_CERTS="$NODE_EXTRA_CA_CERTS"} \
    "$@"
}

cd "$empty/lakeport"
echo "== npm start, at $commit"
(become_stranger DATABRICKS_APP_PORT=0 LOG_FORMAT=json npm start) >"$empty/start.log" 2>&1 &
portal=$!
waited=0
until origin=$(sed -n 's/.*"origin":"\([^"]*\)".*/\1/p' "$empty/start.log" | head -n 1) && [ -n "$origin" ]; do
  if ! kill -0 "$portal" 2>/dev/null || [ "$waited" -ge 600 ]; then
    cat "$empty/start.log"
    echo "npm start did not come to listen" >&2
    exit 1
  fi
  sleep 1
  waited=$((waited + 1))
done
for path in /healthz /readyz / /api/v1/status/summary /api/v1/openapi.json; do
  curl --fail --silent --show-error --output /dev/null "$origin$path" || {
    echo "$path was not answered" >&2
    exit 1
  }
done
echo "It listens after $waited s and answers"
kill "$portal"
wait "$portal" || true
portal=

echo "== npm test"
(become_stranger npm test)

if [ -n "$(git status --porcelain)" ]; then
  git status --short
  echo "The two commands left something behind that git does not ignore" >&2
  exit 1
fi
echo "Nothing undeclared was needed"
