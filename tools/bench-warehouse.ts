import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { createPortal } from '../src/server/app.ts'
import { readConfig } from '../src/server/config.ts'
import { createLog } from '../src/server/observe/log.ts'
import { createWarehouseDouble } from '../src/server/storage/delta/double.ts'
import { newId } from '../src/server/storage/ids.ts'
import { openLocal } from '../src/server/storage/local/open.ts'
import { openReplicated } from '../src/server/storage/replicated.ts'
import { workItem } from '../src/server/storage/samples.ts'

/**
 * What a warehouse behind the store costs, in one run: reads while each statement takes two seconds, statements per
 * act and per hour, and a cold start. The warehouse is the double of the tests, so its own time is not in the figures.
 */
const STATEMENT_MS = 2000
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5)
const PLATFORMS = 100
const COLD_RECORDS = 50_000

if (process.argv[2] === 'portal') await servePortal(process.argv[3] === 'warehouse')
else await measure()

async function measure(): Promise<void> {
  const rows: [string, string, string][] = []
  const [embedded, behind] = [await start('embedded'), await start('warehouse')]
  for (const path of ['/api/v1/platforms?limit=25', '/api/v1/status/summary']) {
    // Alternating, so that what else the machine does meets both.
    const rates: Record<'embedded' | 'behind', number[]> = { embedded: [], behind: [] }
    for (let round = 0; round < 3; round++) {
      rates.embedded.push(await rate(embedded.origin + path))
      rates.behind.push(await rate(behind.origin + path))
    }
    const best = (values: readonly number[]) => Math.max(...values)
    rows.push([
      `time per read of ${path} over that of the embedded store, ${STATEMENT_MS / 1000} s a statement`,
      (best(rates.embedded) / best(rates.behind)).toFixed(2),
      'at most 1.1',
    ])
  }
  await Promise.all([embedded.stop(), behind.stop()])
  rows.push(...(await statements()), await coldStart())
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}; 50 connections, ${SECONDS} s each, best of 3\n`,
  )
  console.log('| What | Measured | Aim |\n|---|---|---|')
  for (const cells of rows) console.log(`| ${cells.join(' | ')} |`)
}

async function rate(url: string): Promise<number> {
  const result = await autocannon({ url, connections: 50, duration: SECONDS })
  if (result.errors + result['4xx'] + result['5xx'] > 0) throw new Error(`${url} was not always answered`)
  return result.requests.average
}

async function start(kind: 'embedded' | 'warehouse') {
  const child: ChildProcess = fork(import.meta.filename, ['portal', kind])
  const [{ origin }] = (await once(child, 'message')) as [{ origin: string }]
  return {
    origin,
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

async function servePortal(hasWarehouse: boolean): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lakeport-bench-'))
  const config = readConfig(
    { DEMO: 'off', DATABRICKS_APP_PORT: '0', LOG_LEVEL: 'error', WAREHOUSE_SYNC_SECONDS: '5' },
    '0.0.0-bench',
  )
  const { log, requestLog } = createLog(config, process.stderr)
  const double = createWarehouseDouble()
  const portal = await createPortal({
    config,
    log,
    requestLog,
    clock: Date.now,
    dataDir,
    connectorFor: () => {
      throw new Error('Nothing is polled here')
    },
    warehouse: hasWarehouse ? double.warehouse : null,
  })
  await portal.prepare()
  const now = Date.now()
  await portal.journal.commit(
    Array.from({ length: PLATFORMS }, (_, i) => ({
      table: 'platforms' as const,
      id: newId(now),
      expectedVersion: 0,
      fields: { name: `Platform ${i}`, description: '', domain: 'Sales', owner: '', is_retired: false },
    })),
    { by: 'system:bench', actor: null, at: now, action: 'bench.fill', requestId: newId(now) },
  )
  double.onStatement(() => new Promise((resolve) => setTimeout(resolve, STATEMENT_MS)))
  await portal.server.listen({ host: '127.0.0.1', port: 0 })
  const address = portal.server.server.address()
  if (address === null || typeof address === 'string') throw new Error('The portal does not listen')
  process.send?.({ origin: `http://127.0.0.1:${address.port}` })
  process.on('disconnect', async () => {
    await portal.stop()
    rmSync(dataDir, { recursive: true, force: true })
    process.exit(0)
  })
}

function by(at: number) {
  return { by: 'system:bench', actor: null, at, action: 'bench', requestId: newId(at) }
}

function instance(double: ReturnType<typeof createWarehouseDouble>, clock: () => number) {
  const local = openLocal(':memory:', { isReplica: true })
  const nothing = () => undefined
  const replicated = openReplicated({
    local,
    warehouse: double.warehouse,
    instance: 'bench',
    clock,
    syncEveryMs: 30_000,
    flushEveryMs: 600_000,
    resultsDays: 7,
    onObservations: nothing,
    onPull: nothing,
    onFlush: nothing,
  })
  return { ...replicated, local }
}

async function statements(): Promise<[string, string, string][]> {
  const double = createWarehouseDouble()
  let now = Date.now()
  const one = instance(double, () => now)
  const count = async (act: () => Promise<unknown>) => {
    const before = double.statements.length
    await act()
    return double.statements.length - before
  }
  const change = { table: 'work_items' as const, id: newId(now), expectedVersion: 0, fields: workItem() }
  const create = await count(() => one.journal.commit([change], by(now)))
  const update = await count(() => one.journal.commit([{ ...change, expectedVersion: 1 }], by(now)))
  // An hour of 200 checks a minute, 9 sources: what a busy portal measures when nobody looks.
  const idle = await count(async () => {
    for (let minute = 0; minute < 60; minute++) {
      now += 60_000
      for (let source = 0; source < 9; source++) {
        const run = {
          table: 'ingestion_runs' as const,
          id: newId(now),
          fields: {
            source: 'http',
            state: 'SUCCESS',
            started_at: new Date(now).toISOString(),
            ended_at: null,
            results: 1,
            failed_checks: 0,
            error_summary: null,
          },
        }
        await one.deferred.commit([{ ...run, expectedVersion: 0 }], by(now))
        await one.deferred.commit([{ ...run, expectedVersion: 1 }], by(now))
      }
      await one.deferred.observe(
        Array.from({ length: 200 }, (_, check) => ({
          check_id: `check-${check}`,
          measured_at: new Date(now).toISOString(),
          data_time: null,
          outcome: 'ok' as const,
          reading: 'green' as const,
          observed_value: null,
          message: null,
          run_id: null,
        })),
      )
      if (minute % 10 === 9) await one.turn()
    }
  })
  const looked = await count(async () => {
    for (let half = 0; half < 120; half++) {
      now += 30_000
      for (let reader = 0; reader < 500; reader++) one.sync.look()
      await one.sync.pull()
    }
  })
  await one.stop(1000)
  one.local.close()
  return [
    ['statements for a new record', String(create), 'at most 2'],
    ['statements for a change', String(update), 'at most 2'],
    ['statements in an hour that nobody looks: 200 checks a minute, sent every 10 minutes', String(idle), ''],
    ['statements in an hour that 500 readers look, every 30 s, beside those', String(looked), 'as for one reader'],
  ]
}

async function coldStart(): Promise<[string, string, string]> {
  const double = createWarehouseDouble()
  const now = Date.now()
  const writer = instance(double, () => now)
  const items = Array.from({ length: COLD_RECORDS }, (_, i) => ({
    table: 'work_items' as const,
    id: newId(now),
    expectedVersion: 0,
    fields: workItem({
      title: `Orders of week ${i} are late`,
      description: 'The table of orders has not moved since the morning. '.repeat(8),
    }),
  }))
  // Straight into the double's table: its own look-ups are no part of what is measured.
  for (const { id, fields } of items)
    writer.local.apply([{ table: 'work_items', id, expectedVersion: 0, fields }], by(now), {
      strict: true,
      isUnsent: true,
    })
  await writer.turn()
  let elsewhereMs = 0
  const timed = {
    ...double,
    warehouse: {
      ...double.warehouse,
      async execute(statement: Parameters<typeof double.warehouse.execute>[0]) {
        const before = performance.now()
        try {
          return await double.warehouse.execute(statement)
        } finally {
          elsewhereMs += performance.now() - before
        }
      },
    },
  }
  const cold = instance(timed, () => now)
  const startedAt = performance.now()
  await cold.sync.pull()
  const ms = performance.now() - startedAt - elsewhereMs
  if (cold.local.count({ table: 'work_items' }) !== COLD_RECORDS) throw new Error('Not everything was copied')
  for (const one of [writer, cold]) {
    await one.stop(1000)
    one.local.close()
  }
  return [
    `cold start of ${COLD_RECORDS} tickets, without the time of the warehouse`,
    `${(ms / 1000).toFixed(1)} s`,
    'under 15 s',
  ]
}
