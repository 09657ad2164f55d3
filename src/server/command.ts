import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { destination } from 'pino'
import { type Config, ConfigError, readConfig } from './config.ts'
import { createLog, type Log } from './observe/log.ts'

export interface Running {
  config: Config
  log: Log
  requestLog: Log
  flush(): void
}

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
  const { log, requestLog, flush } = createLog(
    config,
    destination({ dest: logTo === 'stdout' ? 1 : 2, sync: false, minLength: 4096 }),
  )
  process.on('uncaughtException', (error) => {
    log.fatal({ event: 'sys_crash', err: error }, 'The process cannot go on')
    flush()
    process.exit(1)
  })
  try {
    await run({ config, log, requestLog, flush })
  } catch (error) {
    process.stderr.write(`lakeport: ${error instanceof Error ? error.message : String(error)}\n`)
    flush()
    process.exit(1)
  }
}

/** `package.json` lies two folders up from the source and from the build alike. */
function packageVersion(): string {
  const file = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')
  return (JSON.parse(file) as { version: string }).version
}
