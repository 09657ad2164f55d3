import { describe, expect, test } from 'vitest'
import { createPlaces, WAITING_MAX } from './places.ts'
import { WarehouseError } from './warehouse.ts'

/** Waits that end when told, or when nobody waits any more. */
function heldSleep() {
  const held: { ms: number; end(): void; signal: AbortSignal }[] = []
  const sleep = (ms: number, signal: AbortSignal) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => reject(signal.reason))
    held.push({ ms, end: resolve, signal })
    return promise
  }
  return { held, sleep }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

/** Notes who entered, and keeps how each leaves. */
function crowd(total: number) {
  const { held, sleep } = heldSleep()
  const places = createPlaces(total, sleep)
  const inside = new Map<string, () => void>()
  const refused = new Map<string, unknown>()
  const come = (name: string, isBackground = false) => {
    places.enter(isBackground, 1000).then(
      (leave) => inside.set(name, leave),
      (error) => refused.set(name, error),
    )
  }
  const leave = (name: string) => {
    inside.get(name)?.()
    inside.delete(name)
  }
  return { places, held, inside, refused, come, leave, names: () => [...inside.keys()] }
}

describe('places for statements', () => {
  test('are never more than there are, and the oldest goes first', async () => {
    const { come, leave, names, places } = crowd(2)
    for (const name of ['a', 'b', 'c', 'd']) come(name)
    await settled()
    expect(names()).toEqual(['a', 'b'])
    expect(places.load).toEqual({ running: 2, waiting: 2 })
    leave('b')
    await settled()
    expect(names()).toEqual(['a', 'c'])
    leave('a')
    await settled()
    expect(names()).toEqual(['c', 'd'])
  })

  test('in the background leave a quarter free, so that a write does not wait behind a synchronisation', async () => {
    const { come, names } = crowd(4)
    for (const name of ['sync1', 'sync2', 'sync3', 'sync4']) come(name, true)
    come('write')
    await settled()
    expect(names()).toEqual(['sync1', 'sync2', 'sync3', 'write'])
  })

  test('in the background are given in turn too: many writes do not starve them', async () => {
    const { come, leave, names } = crowd(4)
    for (const name of ['w1', 'w2', 'w3', 'w4']) come(name)
    come('sync', true)
    come('w5')
    await settled()
    leave('w1')
    await settled()
    expect(names()).toContain('sync')
    expect(names()).not.toContain('w5')
  })

  test('serve the background as well when there is only one', async () => {
    const { come, names } = crowd(1)
    come('sync', true)
    await settled()
    expect(names()).toEqual(['sync'])
  })

  test('are waited for only so long', async () => {
    const { come, leave, names, held, refused } = crowd(1)
    come('a')
    come('b')
    come('c')
    await settled()
    held[0]?.end()
    await settled()
    expect(refused.get('b')).toMatchObject({
      kind: 'unavailable',
      isOutcomeUnknown: false,
      details: { retryAfterSeconds: 1 },
    })
    leave('a')
    await settled()
    expect(names()).toEqual(['c'])
  })

  test('leave no wait behind once they are given', async () => {
    const { come, leave, held } = crowd(1)
    come('a')
    come('b')
    await settled()
    leave('a')
    await settled()
    expect(held.map(({ signal }) => signal.aborted)).toEqual([true])
  })

  test('are waited for by so many at most', async () => {
    const { come, refused, places } = crowd(1)
    for (let i = 0; i <= WAITING_MAX; i++) come(`${i}`)
    await settled()
    expect(refused.size).toBe(0)
    come('one too many')
    await settled()
    expect(refused.get('one too many')).toBeInstanceOf(WarehouseError)
    expect(places.load.waiting).toBe(WAITING_MAX)
  })

  test('that are left twice are given once', async () => {
    const { come, names, inside } = crowd(1)
    come('a')
    for (const name of ['b', 'c']) come(name)
    await settled()
    const leave = inside.get('a')
    leave?.()
    leave?.()
    await settled()
    expect(names()).toEqual(['a', 'b'])
  })

  test('that are closed let nobody in, and nobody waits on', async () => {
    const { come, places, refused } = crowd(1)
    for (const name of ['a', 'b']) come(name)
    await settled()
    places.close()
    come('c')
    await settled()
    expect([...refused.keys()].sort()).toEqual(['b', 'c'])
  })
})
