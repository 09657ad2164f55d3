import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { openLocal } from '../src/server/storage/local/open.ts'
import { fillTickets } from './bench-tickets.ts'
import { MEASURED, type Served, serveBuilt } from './built-portal.ts'

/**
 * What is left of the work done when far too much is asked for: answers per second under ten times as many clients, as a
 * ratio to those at saturation, in one run. Every client asks again as soon as it is answered; every question is a
 * search that no cache knows. Run by hand; nothing here is a test.
 */
const CLIENTS = 50
const TIMES = 10
const SECONDS = Number(process.env.BENCH_SECONDS ?? 15)
const TICKETS = Number(process.env.BENCH_TICKETS ?? 20_000)
const PROBE_MS = 100

if (process.argv[2] === 'load') {
  const [origin = '', clients, seconds] = process.argv.slice(3)
  process.send?.(await askAlways(origin, Number(clients), Number(seconds)))
  process.disconnect()
} else await compare()

async function compare(): Promise<void> {
  let portal: Served | undefined
  const dataDir = mkdtempSync(join(tmpdir(), 'lakeport-overload-'))
  try {
    const local = openLocal(dataDir, { now: Date.now })
    fillTickets(local, TICKETS)
    local.close()
    portal = await serveBuilt(dataDir, MEASURED)
    await load(portal.origin, CLIENTS, 3)
    const rows = [
      await measured('saturation', portal.origin, CLIENTS),
      await measured(`${TIMES} times the clients`, portal.origin, CLIENTS * TIMES),
      await measured('5 s after', portal.origin, CLIENTS),
    ]
    const code = await portal.stop()
    portal = undefined

    console.log(
      `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}; ${TICKETS} tickets, ${CLIENTS} clients, ${SECONDS} s each\n`,
    )
    console.log(
      '| Load | Asked /s | Done /s | Goodput | Refused with 503 | Other failures | Done, p99 of all | `/healthz` 200 | its p99 |',
    )
    console.log('|---|---|---|---|---|---|---|---|---|')
    for (const row of rows) {
      const goodput = (row.done / (rows[0]?.done ?? 1)).toFixed(2)
      console.log(
        `| ${row.name} | ${row.asked} | ${row.done} | ${goodput} | ${row.shed} | ${row.failed} | ${row.p99} ms | ${row.health} | ${row.healthP99} ms |`,
      )
    }
    console.log(`\nThe portal ended with ${code}.`)
  } finally {
    await portal?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measured(name: string, origin: string, clients: number) {
  await new Promise((resolve) => setTimeout(resolve, 5000))
  const probe = probing(origin)
  const told = await load(origin, clients, SECONDS)
  const { statuses, times } = await probe.stop()
  return {
    name,
    ...told,
    health: `${statuses.filter((status) => status === 200).length} of ${statuses.length}`,
    healthP99: Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0),
  }
}

interface Told {
  /** Answers per second, of any kind and of status 200. */
  asked: number
  done: number
  shed: number
  failed: number
  /** Milliseconds. */
  p99: number
}

/** In a process of its own, so that the probes beside it are not held up by it. */
async function load(origin: string, clients: number, seconds: number): Promise<Told> {
  const child = fork(import.meta.filename, ['load', origin, String(clients), String(seconds)])
  const [told] = (await once(child, 'message')) as [Told]
  return told
}

/** Every question is another one, so that no cache knows its answer. */
async function askAlways(origin: string, connections: number, duration: number): Promise<Told> {
  let count = Date.now() % 1e9
  const setupRequest = (request: autocannon.Request) => {
    count += 1
    request.path = `/api/v1/work-items?q=word${count % 60}&limit=25&sort=votes&tag=tag${count}`
    return request
  }
  const result = await autocannon({ url: origin, connections, duration, timeout: 60, requests: [{ setupRequest }] })
  const shed = result.statusCodeStats?.['503']?.count ?? 0
  return {
    asked: Math.round((result['2xx'] + result.non2xx) / result.duration),
    done: Math.round(result['2xx'] / result.duration),
    shed,
    failed: result.errors + result.non2xx - shed,
    p99: Math.round(result.latency.p99),
  }
}

/** Asks for health at this cadence, whether or not the last question was answered. */
function probing(origin: string) {
  const asked: Promise<{ status: number; ms: number }>[] = []
  const ask = async () => {
    const startedAt = performance.now()
    const response = await fetch(`${origin}/healthz`).catch(() => null)
    await response?.text()
    return { status: response?.status ?? 0, ms: performance.now() - startedAt }
  }
  const timer = setInterval(() => asked.push(ask()), PROBE_MS)
  return {
    async stop() {
      clearInterval(timer)
      const answers = await Promise.all(asked)
      return { statuses: answers.map(({ status }) => status), times: answers.map(({ ms }) => ms) }
    },
  }
}
