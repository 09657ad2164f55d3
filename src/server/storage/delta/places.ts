import { WarehouseError } from './warehouse.ts'

/** More than this would wait longer than anybody does. */
export const WAITING_MAX = 500

/**
 * So many statements at once. The oldest goes first, but statements in the background together leave a quarter of the
 * places free, so that what a person does never waits behind a long synchronisation.
 */
export interface Places {
  /**
   * @returns how to leave again
   * @throws WarehouseError when there is no place in time, too many wait, or it is closed
   */
  enter(isBackground: boolean, waitMs: number): Promise<() => void>
  /** Nobody enters any more, and nobody waits. */
  close(): void
  readonly load: { running: number; waiting: number }
}

interface Waiting {
  isBackground: boolean
  go(): void
  giveUp(error: WarehouseError): void
}

export function createPlaces(total: number, sleep: (ms: number, signal: AbortSignal) => Promise<void>): Places {
  const backgroundMax = Math.max(1, total - Math.ceil(total / 4))
  const running = { all: 0, background: 0 }
  let waiting: Waiting[] = []
  let isClosed = false

  const mayGo = (one: Waiting) => running.all < total && (!one.isBackground || running.background < backgroundMax)
  const fill = () => {
    const next = waiting.find(mayGo)
    if (next === undefined) return
    remove(next)
    count(next, 1)
    next.go()
  }
  const remove = (one: Waiting) => {
    waiting = waiting.filter((other) => other !== one)
  }
  const count = ({ isBackground }: Waiting, by: 1 | -1) => {
    running.all += by
    if (isBackground) running.background += by
  }

  return {
    async enter(isBackground, waitMs) {
      if (isClosed) throw stopping(false)
      if (waiting.length >= WAITING_MAX) throw tooMany()
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const one: Waiting = { isBackground, go: resolve, giveUp: reject }
      waiting.push(one)
      fill()
      if (waiting.includes(one)) await unlessTooLong(promise, one, waitMs)
      else await promise
      return leaveOnce(() => {
        count(one, -1)
        fill()
      })
    },
    close() {
      isClosed = true
      for (const one of waiting) one.giveUp(stopping(false))
      waiting = []
    },
    get load() {
      return { running: running.all, waiting: waiting.length }
    },
  }

  async function unlessTooLong(promise: Promise<void>, one: Waiting, waitMs: number): Promise<void> {
    const done = new AbortController()
    const giveUp = () => {
      if (!waiting.includes(one)) return
      remove(one)
      one.giveUp(tooMany())
    }
    // Its rejection only says that nobody waits any more.
    sleep(waitMs, done.signal).then(giveUp, () => undefined)
    try {
      await promise
    } finally {
      done.abort()
    }
  }
}

function leaveOnce(leave: () => void): () => void {
  let isLeft = false
  return () => {
    if (isLeft) return
    isLeft = true
    leave()
  }
}

const tooMany = () =>
  new WarehouseError('unavailable', 'Too many statements wait for the warehouse.', false, { retryAfterSeconds: 1 })

export const stopping = (isOutcomeUnknown: boolean) =>
  new WarehouseError('unavailable', 'The portal is stopping.', isOutcomeUnknown)
