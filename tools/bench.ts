import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { fillStore } from './bench-data.ts'
import { MEASURED, serve, serveBuilt } from './built-portal.ts'

/**
 * Figures as ratios to a bare `node:http` server that answers the same bytes, headers too, from memory, in one run on
 * one machine.
 * Run by hand after `npm run build`; nothing here is a test.
 */
const CONNECTIONS = 50
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5)
const dataDir = mkdtempSync(join(tmpdir(), 'lakeport-bench-'))
const rows: string[][] = []

try {
  const filled = await fillStore(dataDir)
  console.log(
    `${filled.checks} checks, ${filled.results} raw results over 7 days, ${filled.rollups} roll-up days over 90\n`,
  )

  const startedAt = performance.now()
  const portal = await serveBuilt(dataDir, MEASURED)
  row('ready after start', `${Math.round(performance.now() - startedAt)} ms`, 'under 1000 ms')

  for (const [name, path] of [
    ['summary', '/api/v1/status/summary'],
    ['list of 25 rows', '/api/v1/status-checks?limit=25'],
  ] as const) {
    const answer = await fetch(`${portal.origin}${path}`)
    const bytes = await answer.text()
    const etag = answer.headers.get('etag') ?? ''
    const headers = Object.fromEntries(
      [...answer.headers].filter(([header]) => !['connection', 'keep-alive', 'date'].includes(header)),
    )
    const bare = await startBare(bytes, headers)
    const base = await load(bare, '', {})
    row(`bare server, ${name}, ${bytes.length} bytes`, `${Math.round(base.rate)} /s, ${base.cpuUs.toFixed(1)} µs`, '')
    row(`${name}, warm`, ratio(await load(portal, path, {}), base), 'at least 0.7')
    row(`${name}, 304`, ratio(await load(portal, path, { 'if-none-match': etag }), base), 'at least 0.8')
    const writer = writeEvery(10, portal.origin, filled.pushCheckId)
    row(`${name}, with a write every 10 ms`, ratio(await load(portal, path, {}), base), 'at least 0.35')
    row('writes acknowledged meanwhile', `${await writer.stop()}`, '')
    await bare.stop()
  }
  row('resident memory afterwards', `${residentMb(portal.pid)} MB`, 'under 200 MB')
  await portal.stop()
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}

console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}; ${CONNECTIONS} connections, ${SECONDS} s each\n`,
)
console.log('| What | Measured | Aim |\n|---|---|---|')
for (const cells of rows) console.log(`| ${cells.join(' | ')} |`)

function row(what: string, measured: string, aim: string): void {
  rows.push([what, measured, aim])
}

interface Load {
  /** Requests per second. */
  rate: number
  /** Processor time of the server per request, microseconds; Linux only. */
  cpuUs: number
}

/** By rate, which the load generator may bound, and by processor time, which it cannot. */
function ratio({ rate, cpuUs }: Load, base: Load): string {
  const byCpu = cpuUs > 0 ? `, ${(base.cpuUs / cpuUs).toFixed(2)} by processor time (${cpuUs.toFixed(1)} µs)` : ''
  return `${(rate / base.rate).toFixed(2)} (${Math.round(rate)} /s)${byCpu}`
}

async function load(
  server: { origin: string; pid: number },
  path: string,
  headers: Record<string, string>,
): Promise<Load> {
  const options = { url: server.origin + path, connections: CONNECTIONS, headers }
  await autocannon({ ...options, duration: 1 })
  const before = cpuMs(server.pid)
  const result = await autocannon({ ...options, duration: SECONDS })
  if (result.errors > 0 || result['4xx'] + result['5xx'] > 0) {
    throw new Error(`${path}: ${result.errors} errors, ${result['4xx']} 4xx, ${result['5xx']} 5xx`)
  }
  return { rate: result.requests.average, cpuUs: ((cpuMs(server.pid) - before) * 1000) / result.requests.total }
}

/** User and system time so far, in ticks of 10 ms. */
function cpuMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return 0
  }
}

function startBare(bytes: string, headers: Record<string, string>) {
  const source = `
    import { createServer } from 'node:http'
    const body = Buffer.from(process.env.BODY)
    const headers = Object.entries(JSON.parse(process.env.HEADERS)).flat()
    const server = createServer((request, response) => {
      response.writeHead(200, headers)
      response.end(body)
    })
    server.listen(0, '127.0.0.1', () => console.log('"origin":"http://localhost:' + server.address().port + '"'))`
  return serve(['--input-type=module', '-e', source], { BODY: bytes, HEADERS: JSON.stringify(headers) })
}

/** Pushes one new observation at this cadence, as an external job would. */
function writeEvery(ms: number, origin: string, checkId: string) {
  let acknowledged = 0
  let pending: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    const body = JSON.stringify({
      check_id: checkId,
      measured_at: new Date().toISOString(),
      outcome: 'ok',
      data_time: new Date().toISOString(),
    })
    pending = fetch(`${origin}/api/v1/status-results`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    }).then((response) => {
      if (response.ok) acknowledged += 1
      return response.text()
    })
  }, ms)
  return {
    async stop() {
      clearInterval(timer)
      await pending
      return acknowledged
    },
  }
}

/** Linux only; elsewhere 0. */
function residentMb(pid: number): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}
