/** Why a request was ended from our side. */
export type Ended = 'timeout' | 'stopped'

/**
 * Runs `work` under a signal that fires when the caller's does or when `ms` have passed, whichever is first, and leaves
 * neither timer nor listener behind. `endedBy` tells which it was; null while neither has happened.
 */
export async function withDeadline<T>(
  signal: AbortSignal,
  ms: number,
  work: (signal: AbortSignal, endedBy: () => Ended | null) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  let ended: Ended | null = null
  const end = (why: Ended) => {
    ended ??= why
    controller.abort()
  }
  const stop = () => end('stopped')
  const timer = setTimeout(() => end('timeout'), ms)
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  try {
    return await work(controller.signal, () => ended)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}
