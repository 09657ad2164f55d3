import { describe, expect, test } from 'vitest'
import { type Act, transport } from '../../outbound/fixtures/server.ts'
import { FAILURES_MAX, PAUSE_MS } from './breaker.ts'
import {
  conflict,
  deadAddress,
  failed,
  failureOf,
  inState,
  polls,
  type Script,
  type Session,
  scripted,
  sessionWith,
  statement,
  succeeded,
  taken,
} from './fixtures/scripted.ts'
import type { Statement } from './warehouse.ts'

describe('a dead warehouse', () => {
  const outcome = async (session: Session, more: Partial<Statement> = {}) =>
    failureOf(session.client.execute(statement(more)))

  test('at which nobody listens is known at once, and what was sent did not run', async () => {
    using session = sessionWith(await deadAddress())
    expect(await outcome(session, { isIdempotent: false })).toMatchObject({
      kind: 'unavailable',
      isOutcomeUnknown: false,
    })
    expect(session.ends).toMatchObject([{ outcome: 'unavailable', tries: 1 }])
    const since = transport().now()
    expect(session.client.interrupted).toEqual({ since, until: since + PAUSE_MS })
  })

  test('costs nothing for a while: nothing is sent, and callers are told when to come back', async () => {
    using session = sessionWith(await deadAddress())
    await outcome(session)
    expect(await outcome(session)).toMatchObject({
      kind: 'unavailable',
      isOutcomeUnknown: false,
      details: { retryAfterSeconds: 3 },
    })
    expect(session.ends[1]).toEqual({ name: 'test', outcome: 'unavailable', durationMs: 0, tries: 0 })
  })

  test('that hangs is left alone after so many failures in a row', async () => {
    await using server = await scripted({ submit: () => 'hang' })
    using session = sessionWith(server.url, { settings: { httpTimeoutMs: 30 } })
    for (let i = 0; i < FAILURES_MAX; i++) {
      const { message } = await outcome(session, { isIdempotent: false })
      expect(message).toBe('The warehouse did not answer in time.')
    }
    expect(session.client.interrupted).not.toBeNull()
    await outcome(session)
    expect(server.seen).toHaveLength(FAILURES_MAX)
  })

  test('costs those nothing either who waited for a place while it died', async () => {
    using session = sessionWith(await deadAddress(), { settings: { concurrency: 1 } })
    await Promise.all([outcome(session), outcome(session)])
    expect(session.ends.map(({ tries }) => tries)).toEqual([1, 0])
  })

  test('is told of at once, though all places are taken', async () => {
    const order: string[] = []
    let late: Promise<unknown> | null = null
    await using server = await scripted({
      poll: (count) => {
        if (session.client.interrupted !== null) late ??= outcome(session).then(() => order.push('late'))
        return count <= FAILURES_MAX + 1 ? 'cut' : succeeded()
      },
    })
    using session = sessionWith(server.url, { settings: { concurrency: 1 } })
    await session.client.execute(statement())
    order.push('first')
    await late
    expect(order).toEqual(['late', 'first'])
  })

  test('at which nobody listens any more is known by the first look at a statement under way', async () => {
    await using server = await scripted()
    const seen: boolean[] = []
    const refused = () => {
      seen.push(session.client.interrupted !== null)
      return Promise.reject(new TypeError('x', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }))
    }
    const fetch: typeof globalThis.fetch = (url, init) =>
      init?.method === 'GET' && seen.length < 2 ? refused() : globalThis.fetch(url, init)
    using session = sessionWith(server.url, { transport: { fetch } })
    await session.client.execute(statement())
    expect(seen).toEqual([false, true])
  })

  test('is not given up by failures that lie between answers', async () => {
    const acts: Act[] = [{ status: 500 }, { status: 500 }, { status: 400 }, { status: 500 }, { status: 500 }]
    await using server = await scripted({ submit: (count) => acts[count - 1] ?? taken })
    using session = sessionWith(server.url)
    for (const _ of acts) await outcome(session, { isIdempotent: false })
    expect(session.client.interrupted).toBeNull()
  })

  test('that is back is known by the next statement after the pause', async () => {
    let isBack = false
    await using server = await scripted({ submit: () => (isBack ? taken : { status: 500 }) })
    using session = sessionWith(server.url)
    for (let i = 0; i < FAILURES_MAX; i++) await outcome(session)
    isBack = true
    session.pass(PAUSE_MS)
    expect(session.client.interrupted).toBeNull()
    await session.client.execute(statement())
    await session.client.execute(statement())
    expect(session.client.interrupted).toBeNull()
    expect(session.ends.at(-1)?.outcome).toBe('ok')
  })

  test('is tried by one statement at a time, and since when it is dead does not change', async () => {
    const { promise: hanging, resolve } = Promise.withResolvers<void>()
    await using server = await scripted({
      submit: (count) => {
        if (count <= FAILURES_MAX) return { status: 500 }
        resolve()
        return 'hang'
      },
    })
    using session = sessionWith(server.url)
    for (let i = 0; i < FAILURES_MAX; i++) await outcome(session, { isIdempotent: false })
    const since = session.client.interrupted?.since
    session.pass(PAUSE_MS)
    const probe = outcome(session)
    await hanging
    expect(await outcome(session)).toMatchObject({ kind: 'unavailable' })
    expect(session.ends.at(-1)?.tries).toBe(0)
    expect(session.client.interrupted?.since).toBe(since)
    session.client.close()
    await probe
  })

  test('that wakes up takes other statements while the first one is still under way', async () => {
    let isBack = false
    let isAwake = false
    await using server = await scripted({
      submit: (count) =>
        isBack ? { json: { statement_id: `s-${count}`, status: { state: 'PENDING' } } } : { status: 500 },
      poll: (count) => {
        isAwake ||= count > 3
        return isAwake ? succeeded() : inState('PENDING')
      },
    })
    using session = sessionWith(server.url)
    for (let i = 0; i < FAILURES_MAX; i++) await outcome(session, { isIdempotent: false })
    isBack = true
    session.pass(PAUSE_MS)
    const probe = session.client.execute(statement())
    while (polls(server).length === 0) await new Promise((resolve) => setImmediate(resolve))
    await Promise.all([probe, session.client.execute(statement())])
    expect(session.ends.slice(-2).map(({ outcome }) => outcome)).toEqual(['ok', 'ok'])
  })

  test('is noticed by a statement that is under way as well', async () => {
    const interruptions: unknown[] = []
    await using server = await scripted({
      poll: (count) => {
        interruptions.push(session.client.interrupted)
        return count <= FAILURES_MAX ? 'cut' : succeeded()
      },
    })
    using session = sessionWith(server.url)
    await session.client.execute(statement())
    expect(interruptions.map((interrupted) => interrupted !== null)).toEqual([false, false, false, true])
    expect(session.client.interrupted).toBeNull()
  })
})

describe('what is no sign of a dead warehouse', () => {
  test.each([
    ['a statement that is wrong', { poll: () => failed('BAD_REQUEST', '[A_CLASS] x') }],
    ['another writer', { poll: () => conflict }],
    ['a request that is wrong', { submit: () => ({ status: 400 }) }],
    ['missing rights', { submit: () => ({ status: 403 }) }],
    ['a slow statement', { poll: () => inState('RUNNING') }],
    ['a statement that somebody ended', { poll: () => inState('CANCELED') }],
  ] as [string, Script][])('%s', async (_what, script) => {
    await using server = await scripted(script)
    using session = sessionWith(server.url)
    for (let i = 0; i <= FAILURES_MAX; i++) await failureOf(session.client.execute(statement()))
    expect(session.client.interrupted).toBeNull()
  })

  test.each([
    ['a warehouse that does not wake up', { poll: () => inState('PENDING') }],
    ['an overloaded one', { poll: () => failed('RESOURCE_EXHAUSTED', 'x') }],
    ['one that turns us away', { submit: () => ({ status: 429 }) }],
  ] as [string, Script][])('other than %s', async (_what, script) => {
    await using server = await scripted(script)
    using session = sessionWith(server.url)
    for (let i = 0; i < FAILURES_MAX; i++) await failureOf(session.client.execute(statement()))
    expect(session.client.interrupted).not.toBeNull()
  })
})

test('a warehouse that asks for more patience than the statements have is left alone', async () => {
  await using server = await scripted({ submit: () => ({ status: 429, headers: { 'retry-after': '4' } }) })
  using session = sessionWith(server.url)
  for (let i = 0; i < FAILURES_MAX; i++) await failureOf(session.client.execute(statement({ timeoutMs: 3000 })))
  expect(session.client.interrupted).not.toBeNull()
})
