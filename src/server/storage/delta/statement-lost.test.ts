import { describe, expect, test } from 'vitest'
import type { Act } from '../../outbound/fixtures/server.ts'
import {
  conflict,
  failed,
  failing,
  failureOf,
  polls,
  running,
  type Script,
  scripted,
  sessionWith,
  statement,
  succeeded,
  taken,
} from './fixtures/scripted.ts'
import { TURNED_AWAY_MAX } from './statement-hand-over.ts'

const HTTP_TIMEOUT_MS = 5000

describe('a warehouse that turns a statement away', () => {
  test.each([429, 503])('(%i) gets it again, also one that may run only once', async (status) => {
    const { asked, sent, slept } = await running(
      { submit: (count) => (count === 1 ? { status, headers: { 'retry-after': '2' } } : taken) },
      { isIdempotent: false },
    )
    expect((await asked).rows).toEqual([])
    expect([sent, slept[0]]).toEqual([2, 2000])
  })

  test('and asks for more patience than people have is told of as unavailable, with its wish', async () => {
    const { error, sent } = await failing({ submit: () => ({ status: 429, headers: { 'retry-after': '6' } }) })
    expect(error).toMatchObject({
      kind: 'unavailable',
      isOutcomeUnknown: false,
      details: { status: 429, retryAfterSeconds: 6 },
    })
    expect(sent).toBe(1)
  })

  test('again and again is left alone; the statement did not run', async () => {
    const submit = (): Act => ({ status: 503, json: { error_code: 'TEMPORARILY_UNAVAILABLE', message: 'x' } })
    const { error, sent } = await failing({ submit }, { isIdempotent: false })
    expect(error).toMatchObject({ kind: 'unavailable', isOutcomeUnknown: false })
    expect(error.details.errorCode).toBe('TEMPORARILY_UNAVAILABLE')
    expect(sent).toBe(TURNED_AWAY_MAX)
  })

  test('for longer than the statement has is not waited for', async () => {
    const submit = (): Act => ({ status: 429, headers: { 'retry-after': '4' } })
    const { error, slept } = await failing({ submit }, { timeoutMs: 3000 })
    expect([error.kind, slept]).toEqual(['unavailable', []])
  })
})

const lost: [string, Act][] = [
  ['the connection broke', 'cut'],
  ['nothing came', 'hang'],
  ['the server broke', { status: 500 }],
  ['a gateway gave up', { status: 504 }],
  ['the answer is no JSON', { text: '<html>' }],
  ['the answer names no statement', { json: {} }],
]
describe.each(lost)('a statement that was sent, but %s,', (_what, act) => {
  const script: Script = { submit: (count) => (count === 1 ? act : taken) }

  test('is sent again when it may run twice', async () => {
    const { asked, sent } = await running(script, {}, { httpTimeoutMs: 200 })
    await asked
    expect(sent).toBe(2)
  })

  test('is not sent again when it may not, and nobody knows', async () => {
    const { error, sent } = await failing(script, { isIdempotent: false }, { httpTimeoutMs: 100 })
    expect(error).toMatchObject({ kind: 'unavailable', isOutcomeUnknown: true })
    expect(sent).toBe(1)
  })

  test('is not sent a third time', async () => {
    const { error, sent } = await failing({ submit: () => act }, {}, { httpTimeoutMs: 100 })
    expect([error.kind, error.isOutcomeUnknown, sent]).toEqual(['unavailable', true, 2])
  })
})

test.each([
  ['refused', { status: 403 }, {}],
  ['failed', taken, { poll: () => failed('BAD_REQUEST', '[A_CLASS] x') }],
  ['conflict', taken, { poll: () => conflict }],
  ['unavailable', { status: 429 }, {}],
] as [string, Act, Script][])(
  'a first sending that was lost makes a later end (%s) no certain one',
  async (kind, act, more) => {
    const { error } = await failing({ submit: (count) => (count === 1 ? 'cut' : act), ...more })
    expect([error.kind, error.isOutcomeUnknown]).toEqual([kind, true])
  },
)

describe('a statement that is under way', () => {
  test.each([
    ['the connection breaks', 'cut'],
    ['nothing comes', 'hang'],
    ['the server breaks', { status: 502 }],
    ['it is asked too often', { status: 429 }],
  ] as [string, Act][])('is asked for again when %s', async (_what, act) => {
    const { asked, sent } = await running(
      { poll: (count) => (count <= 2 ? act : succeeded()) },
      { isIdempotent: false },
      { httpTimeoutMs: 200 },
    )
    await asked
    expect(sent).toBe(1)
  })

  test('is asked for no sooner than the warehouse wants', async () => {
    const plea = (seconds: string): Act => ({ status: 429, headers: { 'retry-after': seconds } })
    const { asked, slept } = await running({ poll: (count) => [plea('3'), plea('60')][count - 1] ?? succeeded() })
    await asked
    expect(slept).toEqual([50, 3000, 5000])
  })

  test('is given up after a silence of two exchanges; nobody knows its outcome', async () => {
    const { error, slept, server } = await failing({ poll: () => 'cut' })
    expect(error).toMatchObject({ kind: 'unavailable', isOutcomeUnknown: true })
    const silenceMs = slept.slice(1).reduce((a, b) => a + b)
    expect(silenceMs).toBeGreaterThanOrEqual(2 * HTTP_TIMEOUT_MS)
    expect(silenceMs).toBeLessThan(2 * HTTP_TIMEOUT_MS + 1000)
    expect(polls(server).length).toBeLessThan(20)
  })

  test('and whose warehouse pleads for ever ends at its time, and is cancelled', async () => {
    const { promise: cancelled, resolve } = Promise.withResolvers<void>()
    await using server = await scripted({
      poll: () => ({ status: 429 }),
      cancel: () => {
        resolve()
        return {}
      },
    })
    using session = sessionWith(server.url)
    const error = await failureOf(session.client.execute(statement({ timeoutMs: 20_000 })))
    await cancelled
    const { slept } = session
    expect(error).toMatchObject({ kind: 'unavailable', isOutcomeUnknown: true })
    expect(slept.reduce((a, b) => a + b)).toBe(20_000)
  })

  test('and that the warehouse forgot is sent once more when it may run twice', async () => {
    const { asked, sent } = await running({ poll: (count) => (count === 1 ? { status: 404 } : succeeded()) })
    await asked
    expect(sent).toBe(2)
    expect(await failing({ poll: () => ({ status: 404 }) })).toMatchObject({
      sent: 2,
      error: { isOutcomeUnknown: true },
    })
  })

  test('and that the warehouse forgot has an unknown outcome when it may not', async () => {
    const { error, sent } = await failing({ poll: () => ({ status: 404 }) }, { isIdempotent: false })
    expect(error).toMatchObject({ kind: 'unavailable', isOutcomeUnknown: true })
    expect(sent).toBe(1)
  })
})
