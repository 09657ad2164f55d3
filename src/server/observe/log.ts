import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino'
import type { Config } from '../config.ts'
import { HIDDEN, hidingSecrets } from '../secrets.ts'
import { prettyFactory } from './pretty.ts'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>

export interface LogOptions {
  /** Hides secrets in a line, which is JSON: the third net, for words that others chose. */
  hide?: (line: string) => string
  /** Told of every line of level `error` or `fatal` that has an error. */
  onError?: (fields: Readonly<Record<string, unknown>>, level: 'error' | 'fatal') => void
}

const ERROR = 50
const FATAL = 60

/** Names whose values never reach a line. What is logged is chosen field by field; this is the second net. */
const secretPaths = ['authorization', 'cookie', 'password', 'secret', 'token', 'access_token', 'client_secret'].flatMap(
  (name) => [name, `*.${name}`, `*.*.${name}`],
)

/** Waits to be written while nobody reads, some 50,000 lines; what comes then is counted and lost. */
const WAITING_BYTES_MAX = 16 * 1024 * 1024
const FLUSH_MS = 250

/** Gathers lines for a file descriptor and writes them without anybody waiting for it. */
export const logOutput = (fd: number, waitingBytesMax = WAITING_BYTES_MAX) =>
  destination({ dest: fd, sync: false, minLength: 4096, maxLength: waitingBytesMax })

/**
 * One JSON object a line: `time level msg` and the fields given. Readable instead when the format is `pretty`.
 * `out` may gather lines; `flush` empties what is left before the process ends. How many were lost since nobody read
 * them is a line of its own once somebody does.
 */
export function createLog(
  config: Pick<Config, 'LOG_LEVEL' | 'LOG_FORMAT' | 'isLocal'>,
  out: DestinationStream,
  { hide = hidingSecrets([]), onError }: LogOptions = {},
) {
  const isPretty =
    config.LOG_FORMAT === 'pretty' || (config.LOG_FORMAT === 'auto' && config.isLocal && process.stdout.isTTY === true)
  const stream = isPretty ? prettyFactory(out) : out
  const shape = {
    level: config.LOG_LEVEL,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
  }
  const log: Logger = pino(
    {
      ...shape,
      redact: { paths: secretPaths, censor: HIDDEN },
      serializers: { err: describeError },
      hooks: {
        streamWrite: hide,
        logMethod(args, method, level) {
          const [fields] = args as [unknown]
          if (onError !== undefined && level >= ERROR && hasError(fields))
            onError(fields, level >= FATAL ? 'fatal' : 'error')
          method.apply(this, args)
        },
      },
    },
    stream,
  )
  const gathering = out as Partial<ReturnType<typeof logOutput>>
  let lost = 0
  gathering.on?.('drop', () => {
    lost += 1
  })
  const tellLost = () => {
    const lines = lost
    lost = 0
    log.warn({ event: 'log.lost', lines }, 'Lines are lost: the log is read more slowly than it is written')
    if (lost > 0) lost = lines
  }
  const tick = () => {
    gathering.flush?.()
    if (lost > 0) tellLost()
  }
  const timer = gathering.flush === undefined ? null : setInterval(tick, FLUSH_MS).unref()
  return {
    log,
    /** For the one line per request: every field of it is named in one place, so nothing is searched for secrets. */
    requestLog: pino(shape, stream) as Log,
    flush(): void {
      if (timer !== null) clearInterval(timer)
      try {
        gathering.flushSync?.()
      } catch {
        // Nothing was ever written: the stream is not open yet.
      }
    },
  }
}

const hasError = (fields: unknown): fields is { err: unknown } =>
  typeof fields === 'object' && fields !== null && 'err' in fields

const STACK_LENGTH_MAX = 4000
const CAUSES_MAX = 3

/** Type, message and stack, with the causes; never the other properties an error may carry. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { message: String(error).slice(0, 1000) }
  return {
    type: error.name,
    message: error.message.slice(0, 1000),
    stack: error.stack?.slice(0, STACK_LENGTH_MAX),
    ...(error.cause === undefined || depth >= CAUSES_MAX ? {} : { cause: describeError(error.cause, depth + 1) }),
  }
}
