import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { serve, transport } from '../../outbound/fixtures/server.ts'
import { databricksTokens } from '../../outbound/oauth.ts'
import {
  deadAddress,
  failed,
  failing,
  failureOf,
  fixedTokens,
  inState,
  type Script,
  scripted,
  sessionWith,
  statement,
  succeeded,
  taken,
} from './fixtures/scripted.ts'

describe('a warehouse that does not let us in', () => {
  test.each([
    [400, 'failed'],
    [403, 'refused'],
    [404, 'failed'],
    [307, 'unavailable'],
  ])('(%i) is told as %s, and the statement did not run', async (status, kind) => {
    const { error, sent } = await failing({ submit: () => ({ status, json: { error_code: 'SOME_CODE' } }) })
    expect(error).toMatchObject({ kind, isOutcomeUnknown: false, details: { status, errorCode: 'SOME_CODE' } })
    expect(sent).toBe(1)
  })

  test('while a statement is under way leaves its outcome unknown', async () => {
    expect((await failing({ poll: () => ({ status: 403 }) })).error).toMatchObject({
      kind: 'refused',
      isOutcomeUnknown: true,
    })
  })

  test('with one token gets a new one, once', async () => {
    const forgotten: string[] = []
    const tokens = {
      get: () => Promise.resolve(`token-${forgotten.length + 1}`),
      forget: (token: string) => forgotten.push(token),
    }
    const isOld = (authorization: string | undefined) => authorization === 'Bearer token-1'
    await using server = await serve(({ headers, path }) =>
      isOld(headers.authorization) || path.endsWith('/never')
        ? { status: 401 }
        : path.endsWith('statements')
          ? taken
          : succeeded(),
    )
    using session = sessionWith(server.url, { tokens })
    await session.client.execute(statement({ isIdempotent: false }))
    expect(forgotten).toEqual(['token-1'])
    expect(session.ends).toMatchObject([{ outcome: 'ok', tries: 1 }])
  })

  test('with a new token either is told as refused', async () => {
    const { error, sent } = await failing({ submit: () => ({ status: 401 }) })
    expect(error).toMatchObject({ kind: 'refused', isOutcomeUnknown: false })
    expect(sent).toBe(2)
  })

  test.each([
    ['refuses us', 400, 'refused'],
    ['is broken', 500, 'unavailable'],
    ['is overloaded', 503, 'unavailable'],
  ])('because the token endpoint %s is told as that, at once, and nothing was sent', async (_what, status, kind) => {
    await using server = await serve(() => ({ status }))
    const tokens = databricksTokens({ host: server.url, clientId: 'c', clientSecret: 's' }, transport(), 1)
    using session = sessionWith(server.url, { tokens })
    const error = await failureOf(session.client.execute(statement({ isIdempotent: false })))
    expect(error).toMatchObject({ kind, isOutcomeUnknown: false })
    expect(server.seen.map(({ path }) => path)).toEqual(['/oidc/v1/token'])
  })
})

test('a token endpoint that hangs costs no more time than a warehouse that does', async () => {
  await using server = await serve(() => 'hang')
  const tokens = databricksTokens({ host: server.url, clientId: 'c', clientSecret: 's' }, transport(), 1)
  using session = sessionWith(server.url, { tokens, settings: { httpTimeoutMs: 30 } })
  const error = await failureOf(session.client.execute(statement({ isIdempotent: false })))
  expect(error).toMatchObject({ kind: 'unavailable', isOutcomeUnknown: false })
  expect(error.message).toBe('The warehouse did not answer in time.')
})

test('a token endpoint at which nobody listens is known as soon as such a warehouse', async () => {
  const tokens = databricksTokens({ host: await deadAddress(), clientId: 'c', clientSecret: 's' }, transport(), 1)
  using session = sessionWith('http://unused', { tokens })
  expect((await failureOf(session.client.execute(statement()))).isOutcomeUnknown).toBe(false)
  expect(session.client.interrupted).not.toBeNull()
})

describe('no failure shows a secret', () => {
  const secrets = ['s3cret-sql', 's3cret-value', 's3cret-token', 's3cret-client']
  const quoted = `[A_CLASS] near ${secrets.join(' ')} SQLSTATE: 42601`
  const json = { error_code: `BAD ${secrets.join(' ')}`, message: quoted }
  test.each([
    ['FAILED', { poll: () => failed(`BAD ${secrets.join(' ')}`, quoted, secrets[1]) }],
    ['a conflict', { poll: () => failed('UNKNOWN', `DELTA_CONCURRENT_APPEND ${quoted}`) }],
    ['overload', { poll: () => failed('RESOURCE_EXHAUSTED', quoted) }],
    ...[400, 401, 403, 404, 429, 500, 503].map((status) => [`${status}`, { submit: () => ({ status, json }) }]),
    ['a broken connection', { submit: () => 'cut' }],
    ['something else than JSON', { submit: () => ({ text: quoted }) }],
    ['an unreadable result', { poll: () => succeeded({ n: 'INT' }, [[quoted]], { total_row_count: 2 }) }],
    ['a lost statement', { poll: () => ({ status: 404, json }) }],
    ['a slow statement', { poll: () => inState('RUNNING') }],
  ] as [string, Script][])('of %s', async (_what, script) => {
    await using server = await scripted(script)
    using session = sessionWith(server.url, { tokens: { ...fixedTokens, get: () => Promise.resolve('s3cret-token') } })
    const params = { value: { type: 'STRING', value: 's3cret-value' } } as const
    const error = await failureOf(session.client.execute(statement({ sql: 'SELECT s3cret-sql', params })))
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('s3cret')
  })

  test('of a token endpoint that quotes the client secret', async () => {
    await using server = await serve(() => ({ status: 401, json: { error: 'x', error_description: quoted } }))
    const client = { host: server.url, clientId: 'c', clientSecret: 's3cret-client' }
    using session = sessionWith(server.url, { tokens: databricksTokens(client, transport(), 1) })
    const error = await failureOf(session.client.execute(statement()))
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('s3cret')
  })
})
