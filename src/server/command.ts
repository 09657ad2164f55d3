import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, ConfigError, readConfig, secretsOf } from './config.ts'
import type { ErrorReports } from './observe/error-reports.ts'
import { createLog, type Log, logOutput } from './observe/log.ts'
import { hidingSecrets } from './secrets.ts'

export interface Running {
  config: Config
  log: Log
  requestLog: Log
  /** Writes what is left of the log at once, and waits a moment for reports of errors to be sent. */
  flush(): Promise<void>
}

const REPORTS_FLUSH_MS = 2000

/** Reads the configuration and runs; a wrong setting is one line and status 2 before anything else happens. */
export async function runCommand(
  env: NodeJS.ProcessEnv,
  run: (running: Running) => Promise<void>,
  { logTo = 'stdout' }: { logTo?: 'stdout' | 'stderr' } = {},
): Promise<void> {
  let config: Config
  try {
    config = readConfig(env, packageVersion())
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`lakeport: ${error.message}\n`)
    process.exit(2)
  }
  const hide = hidingSecrets(secretsOf(config))
  const reports = await errorReports(config, hide)
  const written = createLog(config, logOutput(logTo === 'stdout' ? 1 : 2), {
    hide,
    ...(reports === null ? {} : { onError: reports.report }),
  })
  const { log, requestLog } = written
  const flush = async () => {
    written.flush()
    await reports?.flush(REPORTS_FLUSH_MS)
  }
  process.on('uncaughtException', (error) => {
    log.fatal({ event: 'sys_crash', err: error }, 'The process cannot go on')
    void flush().finally(() => process.exit(1))
  })
  try {
    await run({ config, log, requestLog, flush })
  } catch (error) {
    process.stderr.write(`lakeport: ${hide(error instanceof Error ? error.message : String(error))}\n`)
    await flush()
    process.exit(1)
  }
}

/** Null unless asked for; what it needs is loaded only then. */
async function errorReports(config: Config, hide: (text: string) => string): Promise<ErrorReports | null> {
  if (config.SENTRY_DSN === '') return null
  const { createErrorReports } = await import('./observe/error-reports.ts')
  return createErrorReports({
    dsn: config.SENTRY_DSN,
    release: `lakeport@${config.version}`,
    environment: config.SENTRY_ENVIRONMENT,
    hide,
  })
}

/** `package.json` lies two folders up from the source and from the build alike. */
function packageVersion(): string {
  const file = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')
  return (JSON.parse(file) as { version: string }).version
}
