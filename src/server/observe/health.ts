import type { componentReasons, componentStates, Readyz } from '../../contracts/operations.ts'
import type { Log } from './log.ts'

type ComponentState = (typeof componentStates)[number]
type ComponentReason = (typeof componentReasons)[number]

export interface Finding {
  status: ComponentState
  reason?: ComponentReason
}

export interface Component {
  name: string
  /** Throws when the thing does not answer; the detail goes to the log, never to the reply. */
  probe(signal: AbortSignal): Promise<Finding> | Finding
  /** What an error that it threw means; `unreachable` unless said. */
  reasonOf?(error: unknown): ComponentReason | undefined
}

export interface Readiness {
  check(): Promise<Readyz>
  /** Something is known to have changed: the next probe looks anew. */
  forget(): void
}

export interface ReadinessOptions {
  components: () => readonly Component[]
  clock: () => number
  log: Log
  timeoutMs: number
  /** Component name to its own time-out. */
  timeouts: ReadonlyMap<string, number>
  /** Components whose failure is `down`; another's is `degraded`. */
  critical: readonly string[]
}

const SHARED_MS = 2000

/** Runs every component side by side, each with its own time-out; probes within 2 s share one result. */
export function createReadiness(options: ReadinessOptions): Readiness {
  let latest: { at: number; report: Promise<Readyz> } | null = null
  return {
    check() {
      const now = options.clock()
      if (latest === null || now - latest.at >= SHARED_MS || now < latest.at)
        latest = { at: now, report: checkAll(options) }
      return latest.report
    },
    forget() {
      latest = null
    },
  }
}

async function checkAll(options: ReadinessOptions): Promise<Readyz> {
  const components = await Promise.all(options.components().map((component) => checkOne(component, options)))
  const worst = components.some(({ status }) => status === 'down')
    ? 'down'
    : components.some(({ status }) => status === 'degraded')
      ? 'degraded'
      : 'ok'
  return { status: worst, components }
}

async function checkOne(component: Component, options: ReadinessOptions): Promise<Readyz['components'][number]> {
  const startedAt = performance.now()
  const finding = await withTimeout(component, options.timeouts.get(component.name) ?? options.timeoutMs).catch(
    (error: unknown): Finding => {
      options.log.warn(
        { event: 'readiness.failed', component: component.name, err: error },
        'A readiness component failed',
      )
      return {
        status: 'down',
        reason: error instanceof TimedOut ? 'timeout' : (component.reasonOf?.(error) ?? 'unreachable'),
      }
    },
  )
  const isDown = finding.status === 'down' && options.critical.includes(component.name)
  return {
    name: component.name,
    status: finding.status === 'down' && !isDown ? 'degraded' : finding.status,
    latency_ms: Math.round((performance.now() - startedAt) * 1000) / 1000,
    checked_at: new Date(options.clock()).toISOString(),
    ...(finding.reason === undefined ? {} : { reason: finding.reason }),
  }
}

class TimedOut extends Error {}

async function withTimeout(component: Component, timeoutMs: number): Promise<Finding> {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      controller.abort()
      reject(new TimedOut(`${component.name} took longer than ${timeoutMs} ms`))
    }, timeoutMs)
  })
  try {
    return await Promise.race([Promise.resolve(component.probe(controller.signal)), late])
  } finally {
    clearTimeout(timer)
  }
}
