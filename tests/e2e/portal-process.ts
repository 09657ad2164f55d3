import { constants, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../../src/server/config.ts'
import { startSampleWorkspace } from '../../src/server/demo/workspace.ts'
import { createLog } from '../../src/server/observe/log.ts'
import { startPortal } from '../../src/server/serve.ts'
import { createWarehouseDouble } from '../../src/server/storage/delta/double.ts'
import type { PortalOrders } from './sample-stores.ts'

/**
 * A whole portal for browser tests, in a process of its own: the built browser app, the real connectors and the sample
 * workspace, with a clock that the test may move. Talks with the test over IPC.
 */
// Written by whoever forked this process, in that type.
const { act, scenario, hasWarehouse, folder, seededAt } = JSON.parse(process.argv[2] ?? '') as PortalOrders
const double = hasWarehouse ? createWarehouseDouble() : null
let resume: () => void = () => undefined
const startedAt = Date.now()
let offsetMs = 0
// Nothing may happen between the seeding and the first moment of a test.
const clock = act === 'seed' ? () => seededAt : () => seededAt + (Date.now() - startedAt) + offsetMs
const seeded = join(folder, scenario)
const dataDir = act === 'seed' ? seeded : mkdtempSync(join(folder, 'portal-'))
// A replica is of one warehouse, so that with a new one it has to be seeded through it.
if (act === 'serve' && !hasWarehouse) cpSync(seeded, dataDir, { recursive: true, mode: constants.COPYFILE_FICLONE })
const config = readConfig(
  {
    DATABRICKS_APP_PORT: '0',
    LOG_LEVEL: 'error',
    LOG_FORMAT: 'json',
    // Alerts begin and end when a test has them judged.
    ALERT_EVERY_SECONDS: '86400',
    RATE_LIMIT_COMMENT: '1000',
    RATE_LIMIT_CREATE: '1000',
    RATE_LIMIT_WRITE: '1000',
    WAREHOUSE_SYNC_SECONDS: '1',
    DEMO_SCENARIO: scenario,
    INGESTION: act === 'seed' ? 'off' : 'on',
  },
  '0.0.0-e2e',
)
const { log, requestLog, flush } = createLog(config, process.stderr)

const workspace = await startSampleWorkspace({ scenario: config.DEMO_SCENARIO, now: clock })
const started = await startPortal({
  config,
  log,
  requestLog,
  clock,
  dataDir,
  // What a busy machine refuses is not what these tests are about.
  eventLoopDelayMsMax: 10_000,
  startWorkspace: async () => ({ url: workspace.url, processId: null, close: () => workspace.close() }),
  ...(double === null ? {} : { behind: { warehouse: double.warehouse, prepare: async () => undefined } }),
})

type Order =
  | { do: 'tick'; ms: number }
  | { do: 'stop workspace' | 'poll' | 'judge' | 'stop warehouse' | 'start warehouse' | 'end' }

process.on('message', async (order: Order) => {
  if (order.do === 'tick') offsetMs += order.ms
  if (order.do === 'stop workspace') await workspace.close()
  if (order.do === 'stop warehouse') resume = double?.interrupt() ?? resume
  if (order.do === 'start warehouse') resume()
  if (order.do === 'poll') {
    await started.portal.scheduler.tick()
    await started.portal.scheduler.idle()
  }
  if (order.do === 'judge') await started.portal.alerting.evaluate()
  if (order.do === 'end') await end()
  else process.send?.({ done: order.do })
})
process.on('disconnect', end)
// Who forked this may have gone while it started.
if (!process.connected) await end()
if (act === 'seed') {
  await started.hasPast
  await started.stop()
  process.exit(0)
}
tellTheTime()
process.send?.({ origin: started.origin })

/** The browser goes by this header; the one that Node writes by itself knows nothing of our clock. */
function tellTheTime(): void {
  started.portal.server.server.prependListener('request', (_request, response) => {
    response.setHeader('date', new Date(clock()).toUTCString())
  })
}

async function end(): Promise<void> {
  await started.stop()
  flush()
  rmSync(dataDir, { recursive: true, force: true })
  process.exit(0)
}
