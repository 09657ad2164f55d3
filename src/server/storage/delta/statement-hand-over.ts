import { askedMs, waitMs } from '../../outbound/retry.ts'
import { type Errand, type Means, pause } from './errand.ts'
import { stopping } from './places.ts'
import { isTurnedAway, late, lossOf, refusalOf, unreadable } from './statement-failure.ts'
import type { Reply, Sent } from './statement-http.ts'
import { type Progress, readId, readProgress, STATEMENTS, submission } from './statement-wire.ts'
import { WarehouseError } from './warehouse.ts'

/** Tries of handing over while the warehouse turns us away, the first included. */
export const TURNED_AWAY_MAX = 3
/** Longest wait that a warehouse gets by asking for it; people wait meanwhile. */
export const RETRY_AFTER_MS_MAX = 5000
/**
 * A statement that may be sent twice shares the time of one exchange among two tries, so that a warehouse that does not
 * answer is known as soon for both kinds.
 */
const SHARES = [0.6, 0.4] as const
const LOSS_WAIT_MS = 100

export interface Handed {
  id: string
  progress: Progress
}

/** Sends the statement until it is taken. @throws WarehouseError */
export async function handOver(errand: Errand, means: Means): Promise<Handed> {
  const body = submission(errand.statement, means.place)
  let turnedAway = 0
  let losses = 0
  for (;;) {
    const sent = await submit(body, losses, errand, means)
    const handed = sent.is === 'reply' ? readHanded(sent.reply) : null
    if (handed !== null) {
      errand.sign('accepted')
      return handed
    }
    if (sent.is === 'reply' && isTurnedAway(sent.reply)) {
      turnedAway++
      await pauseAsAsked(sent.reply, turnedAway, errand, means)
      continue
    }
    const failure = failureIn(sent, means)
    if (failure.kind === 'unavailable') errand.sign(isUnreachable(sent) ? 'unreachable' : 'strained')
    if (!failure.isOutcomeUnknown || !errand.statement.isIdempotent || losses === SHARES.length - 1) throw failure
    losses++
    await pause(means.transport.random() * LOSS_WAIT_MS, errand, means, failure)
    errand.onAstray()
  }
}

function submit(body: string, losses: number, errand: Errand, means: Means): Promise<Sent> {
  const leftMs = errand.deadline - means.transport.now()
  if (leftMs <= 0) throw late(false)
  errand.onTry()
  const share = errand.statement.isIdempotent ? (SHARES[losses] ?? 1) : 1
  return means.http({
    method: 'POST',
    path: STATEMENTS,
    body,
    timeoutMs: Math.ceil(Math.min(means.httpTimeoutMs * share, leftMs)),
  })
}

/** Null when it was not taken, or nobody could find it again. */
function readHanded({ status, answer }: Reply): Handed | null {
  if (status < 200 || status >= 300) return null
  const id = readId(answer)
  return id === null ? null : { id, progress: readProgress(answer) }
}

/** @throws WarehouseError when it asks for more than we give, or has turned us away too often */
async function pauseAsAsked(reply: Reply, tries: number, errand: Errand, means: Means): Promise<void> {
  const { transport } = means
  const now = transport.now()
  const asked = askedMs(reply.retryAfter, now)
  const wait = waitMs(reply.retryAfter, tries, now, transport.random)
  const refusal = refusalOf(reply, false)
  const failure = new WarehouseError(refusal.kind, refusal.message, false, {
    ...refusal.details,
    ...(asked === null ? {} : { retryAfterSeconds: Math.ceil(asked / 1000) }),
  })
  const isTooMuch = wait === null || (asked ?? 0) > RETRY_AFTER_MS_MAX
  if (isTooMuch || tries === TURNED_AWAY_MAX || now + wait >= errand.deadline) {
    errand.sign('strained')
    throw failure
  }
  await pause(wait, errand, means, failure)
}

function failureIn(sent: Sent, { closing }: Means): WarehouseError {
  if (sent.is === 'lost') return closing.aborted ? stopping(sent.mayHaveArrived) : lossOf(sent)
  const { status } = sent.reply
  return status >= 200 && status < 300 ? unreadable(true) : refusalOf(sent.reply, status >= 500)
}

const isUnreachable = (sent: Sent) => sent.is === 'lost' && sent.error.isUnsent
