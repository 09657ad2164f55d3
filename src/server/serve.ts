import { fork } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { createPortal, type Portal } from './app.ts'
import type { Running } from './command.ts'
import type { Config } from './config.ts'
import { connectorsFrom, peopleReaderFrom, realConnections, sampleConnections } from './connections.ts'
import type { Log } from './observe/log.ts'
import { createMetrics, type Metrics } from './observe/metrics.ts'
import { applySchema } from './storage/delta/schema.ts'
import type { Warehouse } from './storage/delta/warehouse.ts'
import { warehouseFrom } from './warehouse-connection.ts'

export interface Workspace {
  url: string
  /** Shown to the person, so that they can stop it and watch. */
  processId: number | null
  close(): Promise<void> | void
}

export interface StartOptions {
  config: Config
  log: Log
  requestLog: Log
  clock: () => number
  dataDir: string
  /** Only called when the configuration asks for the sample workspace. */
  startWorkspace(): Promise<Workspace>
  metrics?: Metrics
  eventLoopDelayMsMax?: number
  /** What stands behind the store, and what makes it ready to be read. */
  behind?: { warehouse: Warehouse; prepare(): Promise<void> } | null
}

export interface StartedPortal {
  portal: Portal
  origin: string
  workspace: Workspace | null
  /** Settles when the sample's past is complete; at once where none is played. */
  hasPast: Promise<void>
  stop(): Promise<void>
}

/** A portal that listens, polls and, without a real workspace, plays the sample one. */
export async function startPortal({
  config,
  log,
  requestLog,
  clock,
  dataDir,
  startWorkspace,
  behind = null,
  metrics,
  eventLoopDelayMsMax,
}: StartOptions): Promise<StartedPortal> {
  const workspace = config.isDemo ? await startWorkspace() : null
  const sample = workspace === null ? null : await import('./sample.ts')
  const settings = workspace === null ? realConnections(config) : sampleConnections(workspace.url)
  const portal = await createPortal({
    config,
    log,
    requestLog,
    clock,
    dataDir,
    connectorFor: connectorsFrom(settings),
    peopleReader: peopleReaderFrom(config, settings),
    warehouse: behind?.warehouse ?? null,
    ...(metrics === undefined ? {} : { metrics }),
    ...(eventLoopDelayMsMax === undefined ? {} : { eventLoopDelayMsMax }),
  })
  const options = { clock, log, scenario: config.DEMO_SCENARIO, workspaceUrl: workspace?.url ?? '' }
  // A warehouse may be away or asleep: the portal listens first, and says so until it has a copy.
  if (behind === null || sample !== null) await portal.prepare()
  await sample?.seedSample(portal, options)
  const origin = await listen(portal, config)
  const lead = async () => {
    if (config.INGESTION) await portal.scheduler.start()
    // The sample makes its own past first; what it left out is rolled up after it.
    if (sample === null) portal.history.start()
  }
  if (behind === null) await lead()
  else portal.follow(behind.prepare, lead)
  portal.alerting.start()
  const playing = sample?.playSample(portal, options)
  return {
    portal,
    origin,
    workspace,
    hasPast: playing?.hasPast ?? Promise.resolve(),
    async stop() {
      await playing?.stop()
      await portal.stop()
      await workspace?.close()
    },
  }
}

async function bringSchema(config: Config, warehouse: Warehouse, log: Log): Promise<void> {
  if (!config.APPLY_SCHEMA) return
  const { made } = await applySchema(warehouse, { version: config.version })
  if (made.length > 0)
    log.info({ event: 'warehouse.schema', made }, 'The schema in the warehouse was brought to this version')
}

async function listen(portal: Portal, config: Config): Promise<string> {
  try {
    await portal.server.listen({ host: config.host, port: config.DATABRICKS_APP_PORT })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${config.DATABRICKS_APP_PORT} is taken; stop what listens there or set DATABRICKS_APP_PORT`)
  }
  const { port } = portal.server.server.address() as AddressInfo
  return `http://${config.host === '0.0.0.0' || config.host === '127.0.0.1' ? 'localhost' : config.host}:${port}`
}

/** Serves until told to stop; a second signal, a second later, ends at once. */
export async function serve({ config, log, requestLog, flush }: Running): Promise<void> {
  const metrics = createMetrics(config.version)
  const warehouse = warehouseFrom(config, { onStatement: metrics.statement })
  const started = await startPortal({
    config,
    log,
    requestLog,
    clock: Date.now,
    dataDir: config.dataDir,
    startWorkspace: () => forkWorkspace(config),
    metrics,
    behind: warehouse && { warehouse, prepare: () => bringSchema(config, warehouse, log) },
  })
  const { workspace } = started
  log.info(
    { event: 'sys_startup', version: config.version, origin: started.origin },
    `Lakeport is at ${started.origin}`,
  )
  if (workspace !== null) {
    log.info(
      { event: 'demo.workspace', url: workspace.url, pid: workspace.processId, scenario: config.DEMO_SCENARIO },
      `The sample workspace is process ${workspace.processId}; stop it with: kill ${workspace.processId}`,
    )
  }
  if (!config.isLocal && config.TRUSTED_PROXIES.length === 0 && config.DATABRICKS_APP_NAME === '') {
    log.warn({ event: 'sys_startup' }, 'No proxy is trusted, so nobody can sign in; set TRUSTED_PROXIES')
  }
  let stoppingSince: number | null = null
  const stop = (signal: NodeJS.Signals) => {
    // One press of Ctrl-C may arrive twice: from the terminal and from what started us.
    if (stoppingSince !== null && Date.now() - stoppingSince > 1000) process.exit(1)
    if (stoppingSince !== null) return
    stoppingSince = Date.now()
    log.info({ event: 'sys_shutdown', signal }, 'Stopping')
    const deadline = setTimeout(() => {
      log.error({ event: 'sys_shutdown' }, 'Not everything ended in time')
      void flush()
      process.exit(1)
    }, config.SHUTDOWN_SECONDS * 1000)
    started.stop().then(async () => {
      warehouse?.close()
      await flush()
      clearTimeout(deadline)
      process.exit(0)
    })
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** The sample workspace in a process of its own, as a real one would be: it can be stopped while the portal runs. */
function forkWorkspace(config: Config): Promise<Workspace> {
  const cli = new URL(import.meta.url.endsWith('.ts') ? './cli.ts' : './cli.js', import.meta.url)
  const child = fork(cli, ['demo', '--scenario', config.DEMO_SCENARIO], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', ({ url }: { url: string }) =>
      resolve({ url, processId: child.pid ?? null, close: () => void child.kill() }),
    )
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The sample workspace ended with status ${code} before it listened`)))
  })
}
