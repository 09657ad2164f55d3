import type { ConnectorName } from '../../contracts/sources.ts'
import { OutboundError, stopped } from '../outbound/outbound-error.ts'
import type { CheckToPoll, PollContext, Reading } from './connector.ts'
import { unmeasured } from './reading.ts'

/** Questions to one source under way at once. */
export const CONCURRENCY = 4

/** How a connector answers its checks: checks with the same key share one answer. */
export interface Questions<N extends ConnectorName, Answer> {
  key(check: CheckToPoll<N>): string
  /** May throw OutboundError; anything else thrown is a bug and fails the run. */
  ask(check: CheckToPoll<N>, signal: AbortSignal): Promise<Answer>
  read(answer: Answer, check: CheckToPoll<N>): Reading
}

/** @throws OutboundError when the source as a whole cannot be asked; questions still under way are ended first */
export async function pollEach<N extends ConnectorName, Answer>(
  checks: readonly CheckToPoll<N>[],
  context: PollContext,
  { key, ask, read }: Questions<N, Answer>,
): Promise<Map<string, Reading>> {
  const readings = new Map<string, Reading>()
  const groups = Map.groupBy(checks, key).values()
  const siblings = new AbortController()
  const signal = AbortSignal.any([context.signal, siblings.signal])

  const worker = async () => {
    for (const group of groups) {
      const [first] = group
      if (first === undefined) continue
      const answer = await answerOf(() => ask(first, signal), signal)
      for (const check of group) {
        readings.set(check.id, answer instanceof OutboundError ? unmeasured(answer.message) : read(answer, check))
      }
    }
  }
  const workers = Array.from({ length: CONCURRENCY }, () =>
    worker().catch((error: unknown) => {
      siblings.abort()
      throw error
    }),
  )
  const failed = (await Promise.allSettled(workers)).find((result) => result.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return readings
}

async function answerOf<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer | OutboundError> {
  if (signal.aborted) return stopped()
  try {
    return await ask()
  } catch (error) {
    if (error instanceof OutboundError && !error.isSourceWide) return error
    throw error
  }
}

/** Makes the answer once, for everybody who asks. */
export function shared<Answer>(make: () => Promise<Answer>): () => Promise<Answer> {
  let made: Promise<Answer> | null = null
  return () => {
    made ??= make()
    return made
  }
}
