import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/server/config.ts'
import { startSampleWorkspace } from '../../src/server/demo/workspace.ts'
import { createLog } from '../../src/server/observe/log.ts'
import { startPortal } from '../../src/server/serve.ts'
import { createWarehouseDouble } from '../../src/server/storage/delta/double.ts'

/**
 * A whole portal for browser tests, in a process of its own: the built browser app, the real connectors and the sample
 * workspace, with a clock that the test may move. Talks with the test over IPC.
 */
const { warehouse: isBehindWarehouse = false, ...environment } = JSON.parse(process.argv[2] ?? '{}') as {
  warehouse?: boolean
} & Record<string, string>
const double = isBehindWarehouse ? createWarehouseDouble() : null
let resume: () => void = () => undefined
let offsetMs = 0
const clock = () => Date.now() + offsetMs
const dataDir = mkdtempSync(join(tmpdir(), 'lakeport-e2e-'))
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
    ...environment,
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
process.send?.({ origin: started.origin })

async function end(): Promise<void> {
  await started.stop()
  flush()
  rmSync(dataDir, { recursive: true, force: true })
  process.exit(0)
}
