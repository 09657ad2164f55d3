/** What stands where a secret was. */
export const HIDDEN = '(hidden)'

/** Shorter ones are words; hiding every occurrence of them would say more than it hides. */
const SECRET_LENGTH_MIN = 6

const NAME =
  /(?:[\w-]{0,40}(?:password|passwd|pwd|secret|token|api[_-]?key|account_?key|access_?key|signature|authorization|cookie)|\bsig)/
/** In quotes, in quotes within JSON, or bare; what is hidden already is left alone. */
const VALUE = /(?!\\?["']?(?:\w+ )?\(hidden\))(?:(\\?")[^"\\]*|(')[^'\\]*|[^\s"'\\&;,})\]]+)/

/** How secrets look that are not ours to know: what somebody else's words may repeat of a request. */
const shapes: readonly [RegExp, string][] = [
  [/\b(bearer)\s+[\w.~+/=-]{6,}/gi, `$1 ${HIDDEN}`],
  // Base64, not just a word.
  [/\b([Bb]asic)\s+(?=\S*[A-Z0-9=])[\w+/=-]{6,}/g, `$1 ${HIDDEN}`],
  // A JSON web token.
  [/\beyJ[\w-]{8,}\.[\w.-]+/g, HIDDEN],
  // Databricks: tokens of people, secrets of service principals.
  [/\b(?:dapi|dose|dkea)[0-9a-f]{16,}[\w-]*/gi, HIDDEN],
  [/\bwhsec_[A-Za-z0-9+/=]+/g, HIDDEN],
  // Our own tokens.
  [/\blkp_[\w-]{8,}/g, HIDDEN],
  // user:password@ in an address.
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@"'\\]*@/gi, `$1${HIDDEN}@`],
  [new RegExp(`\\b(${NAME.source})(\\\\?["']?\\s*[=:]\\s*)${VALUE.source}`, 'gi'), `$1$2$3$4${HIDDEN}`],
]

/** Hides whatever looks like a secret. `text` may be JSON; it stays JSON. */
export const hideSecretShapes = (text: string): string =>
  shapes.reduce((hidden, [shape, instead]) => hidden.replace(shape, instead), text)

/**
 * Hides, in any text, these secrets and whatever looks like one. `text` may be JSON; it stays JSON.
 * The last net, for messages and causes of errors, whose words nobody here chose.
 */
export function hidingSecrets(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets.flatMap((secret) => [secret, asJson(secret), encodeURIComponent(secret)]))]
    .filter(({ length }) => length >= SECRET_LENGTH_MIN)
    // A longer one may contain a shorter one.
    .sort((a, b) => b.length - a.length)
  return (text) => hideSecretShapes(known.reduce((hidden, secret) => hidden.replaceAll(secret, HIDDEN), text))
}

/** As it stands within a JSON string. */
const asJson = (text: string) => JSON.stringify(text).slice(1, -1)
