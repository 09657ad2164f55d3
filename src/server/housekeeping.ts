import type { Timers } from './features/tickets/timers.ts'
import type { Log } from './observe/log.ts'
import type { Local } from './storage/local/open.ts'
import type { Retention } from './storage/retention.ts'

/** How soon a running portal sees what a command line wrote. */
const NOTICE_MS = 1000
const PRUNE_MS = 60 * 60_000
const TICKET_TIMERS_MS = 60_000

interface HousekeepingParts {
  local: Local
  retention: Pick<Retention, 'run'>
  timers: Timers
  /** Of several instances one looks after what falls due. */
  mayAct(): boolean
  clock: () => number
  log: Log
}

/** What the portal does from time to time, whether or not anybody asks. Answers the way to stop it. */
export function startHousekeeping({ local, retention, timers, mayAct, clock, log }: HousekeepingParts) {
  let ticked: Promise<unknown> = Promise.resolve()
  const running = [
    setInterval(() => local.notice(), NOTICE_MS),
    setInterval(() => {
      local.idempotency.prune()
      local.optimize()
      void retention.run()
    }, PRUNE_MS),
    setInterval(() => {
      if (!mayAct()) return
      ticked = timers
        .tick(clock())
        .catch((error: unknown) => log.error({ event: 'tickets.timers', err: error }, 'The timers of tickets failed'))
    }, TICKET_TIMERS_MS),
  ]
  for (const timer of running) timer.unref()
  return {
    async stop(): Promise<void> {
      for (const timer of running) clearInterval(timer)
      await ticked
    },
  }
}
