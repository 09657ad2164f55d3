import { askedMs } from '../../outbound/retry.ts'
import { type Errand, type Means, nap } from './errand.ts'
import { stopping } from './places.ts'
import { lossOf, refusalOf } from './statement-failure.ts'
import { RETRY_AFTER_MS_MAX } from './statement-hand-over.ts'
import type { Reply, Sent } from './statement-http.ts'
import type { WarehouseError } from './warehouse.ts'

/** Longest time to read one answer to its end. */
const WHOLE_TIMEOUT_MS = 30_000
/** Nothing was heard for the time of so many exchanges: what follows would not be heard either. */
const SILENT_EXCHANGES = 2
const WAIT_MS = { first: 100, max: 1000 }

/**
 * Gets something that is safe to ask for again, so what is lost is asked for again, until nothing was heard for too long.
 * @returns an answer that is neither a failure of the server nor a plea to come back later
 * @throws WarehouseError
 */
export async function get(path: string, errand: Errand, means: Means, isOutcomeUnknown: boolean): Promise<Reply> {
  const { transport, httpTimeoutMs } = means
  let heardAt = transport.now()
  let waitMs = WAIT_MS.first
  for (;;) {
    const sent = await means.http({ method: 'GET', path, timeoutMs: httpTimeoutMs, wholeTimeoutMs: WHOLE_TIMEOUT_MS })
    if (sent.is === 'reply' && !isAgain(sent.reply)) {
      errand.sign('accepted')
      return sent.reply
    }
    const failure = failureIn(sent, means, isOutcomeUnknown)
    if (sent.is === 'lost') errand.sign(sent.error.isUnsent ? 'unreachable' : 'strained')
    const now = transport.now()
    const isPlea = sent.is === 'reply' && sent.reply.status === 429
    if (isPlea) heardAt = now
    const isSilent = now - heardAt >= SILENT_EXCHANGES * httpTimeoutMs
    if (means.closing.aborted || isSilent || now >= errand.deadline) throw failure
    const asked = isPlea ? (askedMs(sent.reply.retryAfter, now) ?? 0) : 0
    await nap(
      Math.min(Math.max(waitMs, Math.min(asked, RETRY_AFTER_MS_MAX)), errand.deadline - now),
      means,
      isOutcomeUnknown,
    )
    waitMs = Math.min(waitMs * 2, WAIT_MS.max)
  }
}

const isAgain = ({ status }: Reply) => status === 429 || status >= 500

function failureIn(sent: Sent, { closing }: Means, isOutcomeUnknown: boolean): WarehouseError {
  if (closing.aborted) return stopping(isOutcomeUnknown)
  return sent.is === 'lost' ? lossOf(sent, isOutcomeUnknown) : refusalOf(sent.reply, isOutcomeUnknown)
}
