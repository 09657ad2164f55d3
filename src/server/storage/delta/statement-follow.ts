import { type Errand, type Means, nap } from './errand.ts'
import { late, refusalOf } from './statement-failure.ts'
import { get } from './statement-get.ts'
import type { Handed } from './statement-hand-over.ts'
import { type Ended, type Progress, readProgress, statementPath } from './statement-wire.ts'
import type { WarehouseError } from './warehouse.ts'

/** Most statements of the portal take less than a second, so the first looks follow each other quickly. */
const FIRST_WAIT_MS = 50
const WAIT_MS_MAX = 1000
const WAIT_GROWTH = 1.5

/**
 * Asks how the statement is doing until it has ended.
 * @returns `forgotten` when the warehouse does not know the statement any more
 * @throws WarehouseError
 */
export async function follow(
  { id, progress }: Handed,
  errand: Errand,
  means: Means,
): Promise<Ended | { is: 'forgotten' }> {
  const { transport } = means
  let seen: Progress = progress
  let waitMs = FIRST_WAIT_MS
  while (seen.is === 'running') {
    const leftMs = errand.deadline - transport.now()
    if (leftMs <= 0) throw giveUp(id, seen.isPending, errand, means)
    // The last look is at the deadline itself.
    await nap(Math.min(waitMs, leftMs), means, true)
    waitMs = Math.min(waitMs * WAIT_GROWTH, WAIT_MS_MAX)
    const reply = await get(statementPath(id), errand, means, true).catch((error: unknown) => {
      cancel(id, means)
      throw error
    })
    if (reply.status === 404) return { is: 'forgotten' }
    if (reply.status >= 300) throw refusalOf(reply, true)
    seen = readProgress(reply.answer)
  }
  return seen
}

function giveUp(id: string, isPending: boolean, errand: Errand, means: Means): WarehouseError {
  cancel(id, means)
  // A slow statement is no sign of a sick warehouse; one that was not even begun is.
  errand.sign(isPending ? 'strained' : 'answered')
  return late(true)
}

/** It may come too late, and nobody waits for it: the caller's time is over. */
function cancel(id: string, { http, httpTimeoutMs }: Means): void {
  http({ method: 'POST', path: `${statementPath(id)}/cancel`, body: '{}', timeoutMs: httpTimeoutMs }).catch(
    () => undefined,
  )
}
