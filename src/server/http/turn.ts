/**
 * How much of one turn of the event loop goes to requests. Those that arrived together are handled one after the other in
 * one turn, and nothing else happens meanwhile; so when the turn has taken this long, the rest waits no longer.
 * Its clock is in milliseconds and never goes back.
 */
export function createTurn(turnMs: number, clock: () => number = () => performance.now()) {
  let startedAt: number | null = null
  return {
    /** Ask once per request, as it arrives. */
    isSpent(): boolean {
      const now = clock()
      if (startedAt === null) {
        startedAt = now
        setImmediate(() => {
          startedAt = null
        })
      }
      return now - startedAt > turnMs
    },
  }
}
