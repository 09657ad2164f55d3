import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Finding } from './health.ts'

const RESOLUTION_MS = 20

/** Watches how long what is ready to run waits for its turn. */
export function watchEventLoop(
  delayMsMax: number,
  monitor: Pick<
    ReturnType<typeof monitorEventLoopDelay>,
    'enable' | 'disable' | 'percentile' | 'reset'
  > = monitorEventLoopDelay({
    resolution: RESOLUTION_MS,
  }),
) {
  monitor.enable()
  return {
    /** Of the time since it was asked last: one wait in a hundred was longer than what is bearable. */
    finding(): Finding {
      const delayMs = monitor.percentile(99) / 1e6
      monitor.reset()
      return delayMs > delayMsMax ? { status: 'degraded', reason: 'timeout' } : { status: 'ok' }
    },
    stop: () => void monitor.disable(),
  }
}

export type EventLoopWatch = ReturnType<typeof watchEventLoop>
