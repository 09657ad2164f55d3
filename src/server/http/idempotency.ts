import { createHash } from 'node:crypto'
import { Fault, invalid } from '../fault.ts'

/** What a create answered, kept for a day. */
export interface KeptReply {
  bodyHash: string
  status: number
  body: string
}

export interface IdempotencyStore {
  get(actor: string, route: string, key: string): KeptReply | null
  put(actor: string, route: string, key: string, reply: KeptReply): void
}

const KEY = /^[\u0021-\u007e]{1,128}$/

/**
 * Runs a create once per caller, route and key. The same key and body answers the first result again, also while the
 * first is still running; another body is refused. A refusal is not kept, so the person may correct and send again.
 */
export function createIdempotency(store: IdempotencyStore) {
  const running = new Map<string, Promise<{ hash: string; reply: unknown }>>()

  return async function once<T>(
    request: { actor: string; route: string; key: string | undefined; body: unknown; status: number },
    act: () => Promise<T>,
  ): Promise<T> {
    const { actor, route, key, status } = request
    if (key === undefined) return act()
    if (!KEY.test(key)) throw invalid({ 'headers.idempotency-key': 'must be 1 to 128 visible ASCII characters' })
    const hash = createHash('sha256')
      .update(JSON.stringify(request.body ?? null))
      .digest('hex')

    const slot = JSON.stringify([actor, route, key])
    const other = await running.get(slot)?.catch(() => null)
    if (other) return same(other.hash, hash, () => other.reply as T)
    const kept = store.get(actor, route, key)
    if (kept !== null) return same(kept.bodyHash, hash, () => JSON.parse(kept.body) as T)

    const work = act().then((reply) => {
      store.put(actor, route, key, { bodyHash: hash, status, body: JSON.stringify(reply) })
      return { hash, reply }
    })
    running.set(slot, work)
    try {
      return (await work).reply as T
    } finally {
      running.delete(slot)
    }
  }
}

function same<T>(first: string, second: string, answer: () => T): T {
  if (first === second) return answer()
  throw new Fault('idempotency_mismatch', 'This Idempotency-Key was used for something else. Take a new one.')
}
