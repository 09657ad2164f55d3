import { parseArgs } from 'node:util'
import { isSnapshot, pollable } from '../contracts/sources.ts'
import { createPortal } from './app.ts'
import { exportStore, restoreStore } from './backup-command.ts'
import { type Running, runCommand } from './command.ts'
import { type Config, describeConfig } from './config.ts'
import { connectorsFrom, peopleReaderFrom, realConnections, sampleConnections } from './connections.ts'
import { importTickets, UsageError } from './import-command.ts'
import { COMMAND_LINE } from './ingest/schedule.ts'
import { serve } from './serve.ts'
import { applySchema, schemaStatements } from './storage/delta/schema.ts'
import { newId } from './storage/ids.ts'
import { warehouseFrom } from './warehouse-connection.ts'

const USAGE = `lakeport <command>

  serve                          serve the portal
  ingest --once [--source NAME]  poll every source once, or one, and end
  import --format github-issues|csv FILE   bring tickets of another system in; running it again adds only what is new
         [--mapping FILE] [--delimiter C] [--source NAME] [--platform NAME] [--type TYPE] [--dry-run]
  schema --apply | --print       bring the Delta tables in the warehouse to this version, or show the SQL that makes them
  export FILE [--force]          write everything the store holds to a file, also while a portal runs
  restore FILE [--verify]        make a store of such a file in an empty DATA_DIR or schema, or only check the file
  config                         show the configuration in force, secrets hidden
  demo [--scenario NAME] [--port N]   the sample workspace alone
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    once: { type: 'boolean' },
    source: { type: 'string' },
    scenario: { type: 'string' },
    port: { type: 'string' },
    format: { type: 'string' },
    mapping: { type: 'string' },
    delimiter: { type: 'string' },
    platform: { type: 'string' },
    type: { type: 'string' },
    'dry-run': { type: 'boolean' },
    apply: { type: 'boolean' },
    print: { type: 'boolean' },
    force: { type: 'boolean' },
    verify: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})

const commands: Record<string, (running: Running) => Promise<void>> = {
  serve,
  ingest,
  import: importFile,
  schema,
  export: (running) => orUsage(() => exportStore(running, { file: positionals[1], isForced: values.force === true })),
  restore: (running) =>
    orUsage(() => restoreStore(running, { file: positionals[1], isVerifying: values.verify === true })),
  async config({ config }) {
    process.stdout.write(`${describeConfig(config)}\n`)
  },
  demo,
}

const command = commands[positionals[0] ?? '']
if (command === undefined || values.help === true) {
  process.stderr.write(USAGE)
  process.exit(values.help === true ? 0 : 2)
}
// What a command answers is on stdout, so that it can be piped; what it logs is not.
await runCommand(process.env, command, { logTo: command === serve ? 'stdout' : 'stderr' })

/** Polls outside the server, as a scheduled job would. Status 1 when any run failed. */
async function ingest({ config, log, requestLog, flush }: Running): Promise<void> {
  const named = values.source
  if (values.once !== true) throw new Error('ingest needs --once')
  if (named !== undefined && !pollable.includes(named as never))
    throw new Error(`--source is one of ${pollable.join(', ')}`)
  const sample = config.isDemo ? await sampleWorkspace(config) : null
  const settings = sample?.settings ?? realConnections(config)
  const peopleReader = peopleReaderFrom(config, settings)
  const warehouse = warehouseFrom(config)
  const portal = await createPortal({
    config,
    log,
    requestLog,
    clock: Date.now,
    dataDir: config.dataDir,
    connectorFor: connectorsFrom(settings),
    peopleReader,
    warehouse,
  })
  // A store of its own asks nobody; a copy has to be one first.
  if (warehouse !== null) await portal.prepare()
  let failed = 0
  for (const source of pollable.filter((name) => named === undefined || name === named)) {
    const isAsked = isSnapshot(source) ? peopleReader !== null : portal.status.platformsPolledBy(source).length > 0
    if (!isAsked) continue
    const run = await portal.scheduler.trigger(source, COMMAND_LINE, newId(Date.now()))
    await portal.scheduler.idle()
    const ended = portal.status.run(run.id)
    process.stdout.write(
      `${source}: ${ended?.state} results=${ended?.results} failed_checks=${ended?.failed_checks}${ended?.error_summary ? ` (${ended.error_summary})` : ''}\n`,
    )
    if (ended?.state !== 'SUCCESS') failed += 1
  }
  await portal.alerting.once()
  await portal.stop()
  warehouse?.close()
  await sample?.close()
  await flush()
  process.exitCode = failed === 0 ? 0 : 1
}

async function schema({ config }: Running): Promise<void> {
  if (values.print === true) {
    process.stdout.write(
      schemaStatements()
        .map((sql) => `${sql};\n\n`)
        .join(''),
    )
    return
  }
  if (values.apply !== true) throw new Error('schema needs --apply or --print')
  const warehouse = warehouseFrom(config)
  if (warehouse === null) throw new Error('Records are kept in this process; set LAKEPORT_CATALOG and LAKEPORT_SCHEMA')
  const { isCurrent, made } = await applySchema(warehouse, { version: config.version })
  warehouse.close()
  process.stdout.write(
    isCurrent ? 'The schema is of this version\n' : `${made.map((name) => `made ${name}\n`).join('')}`,
  )
}

async function importFile(running: Running): Promise<void> {
  const named = (name: 'format' | 'mapping' | 'delimiter' | 'source' | 'platform' | 'type') => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  await orUsage(() =>
    importTickets(running, {
      file: positionals[1],
      format: named('format'),
      mapping: named('mapping'),
      delimiter: named('delimiter'),
      source: named('source'),
      platform: named('platform'),
      type: named('type'),
      isDryRun: values['dry-run'] === true,
    }),
  )
}

/** What is wrong about the command line itself is one line and status 2. */
async function orUsage(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`lakeport: ${error.message}\n`)
    process.exitCode = 2
  }
}

async function sampleWorkspace(config: Config) {
  const { startSampleWorkspace } = await import('./demo/workspace.ts')
  const workspace = await startSampleWorkspace({ scenario: config.DEMO_SCENARIO, now: Date.now })
  return { settings: sampleConnections(workspace.url), close: workspace.close }
}

/** Tells its address to the process that started it, or prints it. Ends with that process. */
async function demo({ config }: Running): Promise<void> {
  const { isScenario, startSampleWorkspace } = await import('./demo/workspace.ts')
  const scenario = values.scenario ?? config.DEMO_SCENARIO
  if (!isScenario(scenario)) throw new Error('--scenario is one of healthy, degraded, outage, unknown')
  const workspace = await startSampleWorkspace({ scenario, now: Date.now, port: Number(values.port ?? 0) })
  if (process.send === undefined) process.stdout.write(`The sample workspace is at ${workspace.url}\n`)
  else {
    process.send({ url: workspace.url })
    process.on('disconnect', () => process.exit(0))
  }
  const stop = () => void workspace.close().then(() => process.exit(0))
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
