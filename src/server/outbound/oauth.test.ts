import { describe, expect, it } from 'vitest'
import { NOON, serve, transport } from './fixtures/server.ts'
import { databricksTokens, entraTokens } from './oauth.ts'

const signal = () => new AbortController().signal
const client = { clientId: 'client', clientSecret: 's3cret:+/' }
const entra = { tenantId: 'tenant', scope: 'https://api.fabric.microsoft.com/.default', ...client }

/** Counts the tokens it hands out. */
const tokenServer = (seconds: unknown = 3600) =>
  serve((_seen, count) => ({ json: { access_token: `token-${count}`, token_type: 'Bearer', expires_in: seconds } }))

describe('tokens by client credentials', () => {
  it('asks Databricks as the wire wants it', async () => {
    await using server = await tokenServer()
    const tokens = databricksTokens({ host: server.url, ...client }, transport())
    expect(await tokens.get(signal())).toBe('token-1')
    const [seen] = server.seen
    expect(seen).toMatchObject({ method: 'POST', path: '/oidc/v1/token' })
    expect(seen?.headers.authorization).toBe(`Basic ${Buffer.from('client:s3cret:+/').toString('base64')}`)
    expect(seen?.body).toBe('grant_type=client_credentials&scope=all-apis')
  })

  it('asks Entra as the wire wants it', async () => {
    await using server = await tokenServer()
    await entraTokens({ loginUrl: server.url, ...entra }, transport()).get(signal())
    const [seen] = server.seen
    expect(seen?.path).toBe('/tenant/oauth2/v2.0/token')
    expect(Object.fromEntries(new URLSearchParams(seen?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
      client_secret: 's3cret:+/',
      scope: 'https://api.fabric.microsoft.com/.default',
    })
  })

  it('keeps a token until a minute before it ends', async () => {
    await using server = await tokenServer(3600)
    let now = NOON
    const tokens = databricksTokens({ host: server.url, ...client }, transport({ now: () => now }))
    await tokens.get(signal())
    now = NOON + 3540_000 - 1
    expect(await tokens.get(signal())).toBe('token-1')
    now = NOON + 3540_000
    expect(await tokens.get(signal())).toBe('token-2')
  })

  it('asks once for everybody who waits', async () => {
    await using server = await tokenServer()
    const tokens = databricksTokens({ host: server.url, ...client }, transport())
    expect(await Promise.all([1, 2, 3].map(() => tokens.get(signal())))).toEqual(['token-1', 'token-1', 'token-1'])
    expect(server.seen).toHaveLength(1)
  })

  it('replaces a refused token once, however many saw it refused', async () => {
    await using server = await tokenServer()
    const tokens = databricksTokens({ host: server.url, ...client }, transport())
    const refused = await tokens.get(signal())
    tokens.forget(refused)
    expect(await tokens.get(signal())).toBe('token-2')
    tokens.forget(refused)
    expect(await tokens.get(signal())).toBe('token-2')
  })

  it('believes a token for five minutes whose answer gives no time', async () => {
    await using server = await tokenServer('soon')
    let now = NOON
    const tokens = databricksTokens({ host: server.url, ...client }, transport({ now: () => now }))
    await tokens.get(signal())
    now = NOON + 240_000
    expect(await tokens.get(signal())).toBe('token-2')
  })

  it('fails the whole source when the client is refused, without telling the secret', async () => {
    const answer = {
      error: 'invalid_client',
      error_description: 'AADSTS7000215: Invalid client secret provided: s3cret:+/',
    }
    await using server = await serve(() => ({ status: 401, json: answer }))
    const error = await entraTokens({ loginUrl: server.url, ...entra }, transport())
      .get(signal())
      .catch((thrown) => thrown)
    expect([error.kind, error.isSourceWide]).toEqual(['auth_failed', true])
    expect(error.message).toBe('The Entra token endpoint refused our credentials (401 AADSTS7000215).')
  })

  it('fails the whole source on an answer without a token that could travel in a header', async () => {
    for (const json of [{}, { access_token: 'two words' }, { access_token: 'a\r\nb' }, { access_token: 7 }, []]) {
      await using server = await serve(() => ({ json }))
      const error = await databricksTokens({ host: server.url, ...client }, transport())
        .get(signal())
        .catch((thrown) => thrown)
      expect([error.kind, error.isSourceWide]).toEqual(['bad_answer', true])
    }
  })

  it('lets a stopped run go without ending the wait of the others', async () => {
    await using server = await tokenServer()
    const tokens = databricksTokens({ host: server.url, ...client }, transport())
    const run = new AbortController()
    const left = tokens.get(run.signal)
    const waiting = tokens.get(signal())
    run.abort()
    await expect(left).rejects.toThrow('stopped')
    expect(await waiting).toBe('token-1')
  })

  it('asks again after a failure', async () => {
    await using server = await serve((_seen, count) =>
      count === 1 ? { status: 500 } : { json: { access_token: 'late', expires_in: 3600 } },
    )
    const tokens = databricksTokens({ host: server.url, ...client }, transport())
    await expect(tokens.get(signal())).rejects.toThrow('failed to answer')
    expect(await tokens.get(signal())).toBe('late')
  })
})
