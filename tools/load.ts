import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fillStore } from './bench-data.ts'
import { MEASURED, serveBuilt } from './built-portal.ts'

/**
 * Runs the k6 scripts of `tests/load` against the built portal on a filled store, or against a portal that runs
 * elsewhere. Exit status 0 when every threshold held.
 */
const USAGE = `npm run load -- [browse|write|spike|ingestion|soak ...] [--url ADDRESS] [--scale N] [--bare]

  Without names: browse, write, spike and ingestion. --scale 0.2 makes each a fifth as long.
  --bare runs browse against a bare server too that answers every read with one summary, for comparison.
`
const folder = join(import.meta.dirname, '../tests/load')
const scripts = readdirSync(folder)
  .filter((name) => name !== 'portal.ts')
  .map((name) => name.replace(/\.ts$/, ''))

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { url: { type: 'string' }, scale: { type: 'string' }, bare: { type: 'boolean' }, help: { type: 'boolean' } },
})
const unknown = positionals.filter((name) => !scripts.includes(name))
if (values.help === true || unknown.length > 0) {
  console.error(unknown.length > 0 ? `There is no script ${unknown.join(', ')}\n\n${USAGE}` : USAGE)
  process.exit(values.help === true ? 0 : 2)
}
if (spawnSync('k6', ['version']).status !== 0) {
  console.error(
    'k6 is not here. It is one program: https://grafana.com/docs/k6/latest/set-up/install-k6/ (0.57 or later, which runs\nTypeScript), or `go install go.k6.io/k6@latest`. Put it on the PATH and come again.',
  )
  process.exit(1)
}

const chosen = positionals.length > 0 ? positionals : ['browse', 'write', 'spike', 'ingestion']
const failed: string[] = []
const portal = values.url === undefined ? await startPortal() : { origin: values.url, stop: async () => undefined }
try {
  for (const name of chosen) if (!(await run(name, portal.origin))) failed.push(name)
  if (values.bare === true) {
    const bare = await startBare(portal.origin)
    await run('browse', bare.origin)
    bare.stop()
  }
} finally {
  await portal.stop()
}
console.log(failed.length === 0 ? '\nEvery threshold held.' : `\nThresholds were crossed in: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1

async function run(name: string, origin: string): Promise<boolean> {
  console.log(`\n== ${name} against ${origin}`)
  const k6 = spawn('k6', ['run', '--quiet', '--no-usage-report', join(folder, `${name}.ts`)], {
    stdio: 'inherit',
    env: { ...process.env, PORTAL_URL: origin, LOAD_SCALE: values.scale ?? '1' },
  })
  const [status] = (await once(k6, 'exit')) as [number | null]
  return status === 0
}

async function startPortal() {
  const dataDir = mkdtempSync(join(tmpdir(), 'lakeport-load-'))
  await fillStore(dataDir)
  const served = await serveBuilt(dataDir, MEASURED)
  return {
    origin: served.origin,
    async stop() {
      await served.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** As little as a server can do: the bytes of one summary for every read. */
async function startBare(origin: string) {
  const list = JSON.stringify({ items: [], next_cursor: null, total: 0 })
  const body = Buffer.from(await (await fetch(`${origin}/api/v1/status/summary`)).text())
  const server = createServer((request, response) => {
    const isList = request.url?.includes('limit=') === true
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
    response.end(isList ? list : body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, stop: () => server.close() }
}
