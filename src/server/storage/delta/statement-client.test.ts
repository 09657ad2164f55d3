import { describe, expect, test } from 'vitest'
import {
  conflict,
  failed,
  failing,
  failureOf,
  fixedTokens,
  inState,
  once,
  polls,
  running,
  type Script,
  scripted,
  sessionWith,
  statement,
  submissions,
  succeeded,
  taken,
} from './fixtures/scripted.ts'
import { CONFLICT_REPEATS_MAX } from './statement-run.ts'

const answerOf = async (script: Script) => (await running(script)).asked

describe('a statement', () => {
  test('is sent as the wire wants it', async () => {
    const { server } = await running(
      {},
      {
        name: 'write_versions',
        sql: 'SELECT :a, :b',
        params: { a: { type: 'BIGINT', value: '12' }, b: { type: 'STRING', value: null } },
        requestId: 'req-1',
        bytesMax: 1000,
      },
    )
    const [sent] = submissions(server)
    expect(sent).toMatchObject({ method: 'POST', headers: { authorization: 'Bearer t0ken' } })
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      statement: 'SELECT :a, :b',
      warehouse_id: 'w-1',
      catalog: 'main',
      schema: 'lakeport',
      wait_timeout: '0s',
      format: 'JSON_ARRAY',
      disposition: 'INLINE',
      parameters: [
        { name: 'a', type: 'BIGINT', value: '12' },
        { name: 'b', type: 'STRING', value: null },
      ],
      query_tags: [
        { key: 'app', value: 'lakeport' },
        { key: 'statement', value: 'write_versions' },
        { key: 'request_id', value: 'req-1' },
      ],
      byte_limit: 1000,
    })
    expect(polls(server)[0]?.path).toBe('/api/2.0/sql/statements/s-1')
  })

  test('is looked at again and again, less and less often, until it has ended', async () => {
    const { slept, ends } = await running({ poll: (count) => (count < 12 ? inState('RUNNING') : succeeded()) })
    expect(slept.slice(0, 4)).toEqual([50, 75, 113, 169])
    expect(slept).toEqual([...slept].sort((a, b) => a - b))
    expect(slept.at(-1)).toBe(1000)
    expect(ends).toEqual([{ name: 'test', outcome: 'ok', durationMs: slept.reduce((a, b) => a + b), tries: 1 }])
  })

  test('is not looked at when it has ended at once', async () => {
    const { server, asked } = await running({ submit: () => succeeded({ n: 'INT' }, [['1']]) })
    expect((await asked).rows).toEqual([{ n: 1 }])
    expect(polls(server)).toEqual([])
  })

  test('of a warehouse that has to wake up takes as long as that takes', async () => {
    const answer = await answerOf({
      poll: (count) => (count < 40 ? inState('PENDING') : succeeded({ n: 'INT' }, [['1']])),
    })
    expect(answer.rows).toEqual([{ n: 1 }])
  })

  test('in a state that nobody knows yet counts as running', async () => {
    const answer = await answerOf({ poll: (count) => (count < 3 ? inState('REHYDRATING') : succeeded()) })
    expect(answer.rows).toEqual([])
  })
})

describe('a statement that fails over HTTP 200', () => {
  test.each([
    ['BAD_REQUEST', '[TABLE_OR_VIEW_NOT_FOUND] The table `x`. SQLSTATE: 42P01', undefined, 'failed', '42P01'],
    ['BAD_REQUEST', '[PARSE_SYNTAX_ERROR] near', '42601', 'failed', '42601'],
    ['INTERNAL_ERROR', 'it broke', undefined, 'failed', undefined],
    ['ABORTED', 'it was', undefined, 'failed', undefined],
    ['UNKNOWN', '', undefined, 'failed', undefined],
    ['RESOURCE_EXHAUSTED', 'busy', undefined, 'unavailable', undefined],
    ['TEMPORARILY_UNAVAILABLE', 'busy', undefined, 'unavailable', undefined],
    ['WORKSPACE_TEMPORARILY_UNAVAILABLE', 'busy', undefined, 'unavailable', undefined],
    ['SERVICE_UNDER_MAINTENANCE', 'busy', undefined, 'unavailable', undefined],
    ['UNAUTHENTICATED', 'who', undefined, 'refused', undefined],
    ['BAD_REQUEST', '[INSUFFICIENT_PERMISSIONS] no', '42501', 'refused', '42501'],
  ])('%s %s is what it is, and did not run', async (code, message, state, kind, sqlState) => {
    const { error, ends, server } = await failing(once(failed(code, message, state)), { isIdempotent: false })
    expect(error).toMatchObject({ kind, isOutcomeUnknown: false, details: { errorCode: code } })
    expect(error.details.sqlState).toBe(sqlState)
    expect(ends).toMatchObject([{ outcome: kind, tries: 1 }])
    expect(submissions(server)).toHaveLength(1)
  })

  test('says the class of its error, and nothing of what the server wrote', async () => {
    const { error } = await failing(once(failed('BAD_REQUEST', '[A_CLASS.SUB_CLASS] near s3cret. SQLSTATE: 42601')))
    expect(error.details).toEqual({ sqlState: '42601', errorCode: 'BAD_REQUEST', errorClass: 'A_CLASS.SUB_CLASS' })
    expect(error.message).toBe('The warehouse refused the statement (A_CLASS.SUB_CLASS, 42601, BAD_REQUEST).')
  })

  test.each(['CANCELED', 'CLOSED'])('or was ended by somebody else (%s) has an unknown outcome', async (state) => {
    const { error, server } = await failing(once(inState(state)))
    expect(error).toMatchObject({ kind: 'unavailable', isOutcomeUnknown: true })
    expect(submissions(server)).toHaveLength(1)
  })
})

describe('a statement that another writer was faster than', () => {
  test.each([
    ['its SQL state', conflict],
    ['the class of its error', failed('UNKNOWN', 'x [DELTA_CONCURRENT_WRITE.ROW_LEVEL] y')],
  ])('is told by %s and runs again, also when it may run only once', async (_by, act) => {
    const { asked, slept, ends } = await running(
      { poll: (count) => (count <= 2 ? act : succeeded({ num_affected_rows: 'LONG' }, [['1']])) },
      { isIdempotent: false },
    )
    expect((await asked).affected).toBe(1)
    expect(ends).toMatchObject([{ outcome: 'ok', tries: 3 }])
    expect(slept.filter((ms) => ms >= 100)).toEqual([100, 100])
  })

  test('runs again only so often', async () => {
    const { error, server } = await failing(once(conflict), { isIdempotent: false })
    expect(error).toMatchObject({ kind: 'conflict', isOutcomeUnknown: false, details: { sqlState: '2D521' } })
    expect(submissions(server)).toHaveLength(1 + CONFLICT_REPEATS_MAX)
  })

  test('does not run again past its time', async () => {
    const { error, server } = await failing(once(conflict), { timeoutMs: 250 })
    expect(error.kind).toBe('conflict')
    expect(submissions(server)).toHaveLength(2)
  })

  test('waits between 100 and 800 ms, by lot', async () => {
    await using server = await scripted(once(conflict))
    using session = sessionWith(server.url, { transport: { random: () => 0.999999 } })
    await failureOf(session.client.execute(statement()))
    expect(session.slept.filter((ms) => ms > 50)).toEqual(Array(CONFLICT_REPEATS_MAX).fill(800))
  })
})

describe('a statement past its time', () => {
  test('is cancelled, and nobody knows whether it still ran', async () => {
    const { promise: cancelled, resolve } = Promise.withResolvers<void>()
    await using server = await scripted({
      poll: () => inState('RUNNING'),
      cancel: () => {
        resolve()
        return { json: {} }
      },
    })
    using session = sessionWith(server.url)
    const error = await failureOf(session.client.execute(statement({ timeoutMs: 3000 })))
    expect(error).toMatchObject({ kind: 'unavailable', isOutcomeUnknown: true })
    expect(session.slept.reduce((a, b) => a + b)).toBe(3000)
    await cancelled
    expect(server.seen.at(-1)?.path).toBe('/api/2.0/sql/statements/s-1/cancel')
  })

  test('ends as it should even when cancelling runs into a bug', async () => {
    let asked = 0
    const tokens = {
      ...fixedTokens,
      get: () => (++asked > 2 ? Promise.reject(new Error('bug')) : fixedTokens.get(stop)),
    }
    const stop = new AbortController().signal
    await using server = await scripted(once(inState('RUNNING')))
    using session = sessionWith(server.url, { tokens })
    expect((await failureOf(session.client.execute(statement({ timeoutMs: 50 })))).isOutcomeUnknown).toBe(true)
    expect(asked).toBe(3)
  })

  test('has the time that the settings say when it says none', async () => {
    const { slept } = await failing(once(inState('RUNNING')))
    expect(slept.reduce((a, b) => a + b)).toBe(45_000)
  })

  test('does not wait for a cancelling that hangs', async () => {
    const { error } = await failing({ poll: () => inState('PENDING'), cancel: () => 'hang' }, { timeoutMs: 3000 })
    expect(error.isOutcomeUnknown).toBe(true)
  })
})

test('a ping is a real statement', async () => {
  await using server = await scripted({ submit: () => taken })
  using session = sessionWith(server.url)
  await session.client.ping()
  expect(JSON.parse(submissions(server)[0]?.body ?? '')).toMatchObject({ statement: 'SELECT 1 AS one' })
  expect(session.ends).toMatchObject([{ name: 'ping', outcome: 'ok' }])
})
