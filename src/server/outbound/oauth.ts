import { field, textField } from './answer.ts'
import type { Transport } from './exchange.ts'
import { ask } from './outbound.ts'
import { OutboundError, stopped } from './outbound-error.ts'

/** A token is renewed this long before it ends, so that it does not end on the way. */
const EARLY_MS = 60_000
/** How long a token is believed whose answer does not say. */
const LIFETIME_SECONDS = 300

/** Bearer tokens of one client for one audience. */
export interface Tokens {
  /** @throws OutboundError, source-wide, when none can be had */
  get(signal: AbortSignal): Promise<string>
  /** The token was refused: the next `get` asks for another. Forgetting one that is already replaced does nothing. */
  forget(token: string): void
}

interface Grant {
  system: string
  url: string
  headers: Record<string, string>
  form: Record<string, string>
}

export const databricksTokens = (
  { host, clientId, clientSecret }: { host: string; clientId: string; clientSecret: string },
  transport: Transport,
  triesMax?: number,
): Tokens =>
  clientCredentials(
    {
      system: 'The Databricks token endpoint',
      url: `${host}/oidc/v1/token`,
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      form: { grant_type: 'client_credentials', scope: 'all-apis' },
    },
    transport,
    triesMax,
  )

export const entraTokens = (
  entra: { loginUrl: string; tenantId: string; clientId: string; clientSecret: string; scope: string },
  transport: Transport,
): Tokens =>
  clientCredentials(
    {
      system: 'The Entra token endpoint',
      url: `${entra.loginUrl}/${encodeURIComponent(entra.tenantId)}/oauth2/v2.0/token`,
      headers: {},
      form: {
        grant_type: 'client_credentials',
        client_id: entra.clientId,
        client_secret: entra.clientSecret,
        scope: entra.scope,
      },
    },
    transport,
  )

function clientCredentials(grant: Grant, transport: Transport, triesMax?: number): Tokens {
  let kept: { token: string; endsAt: number } | null = null
  let inFlight: Promise<string> | null = null

  const renew = async () => {
    const askedAt = transport.now()
    const { token, seconds } = await requestToken(grant, transport, triesMax)
    kept = { token, endsAt: askedAt + seconds * 1000 }
    return token
  }

  return {
    get(signal) {
      if (kept !== null && transport.now() < kept.endsAt - EARLY_MS) return Promise.resolve(kept.token)
      inFlight ??= renew().finally(() => {
        inFlight = null
      })
      return unlessStopped(inFlight, signal)
    },
    forget(token) {
      if (kept?.token === token) kept = null
    },
  }
}

/** Shared by all who wait for it, so no single caller's signal may end it; its own time-out does. */
async function requestToken(
  grant: Grant,
  transport: Transport,
  triesMax?: number,
): Promise<{ token: string; seconds: number }> {
  const answer = await ask(
    {
      system: grant.system,
      url: grant.url,
      method: 'POST',
      headers: { ...grant.headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(grant.form).toString(),
      signal: new AbortController().signal,
    },
    transport,
    triesMax,
  ).catch((error: unknown) => {
    throw error instanceof OutboundError ? sourceWide(error) : error
  })
  const token = textField(answer, 'access_token')
  // Anything else could not travel in a header.
  if (token === null || !/^[\x21-\x7e]+$/.test(token))
    throw new OutboundError('bad_answer', `${grant.system} answered without a token.`, { isSourceWide: true })
  const seconds = Number(field(answer, 'expires_in'))
  return { token, seconds: seconds > 0 && seconds < 1e7 ? seconds : LIFETIME_SECONDS }
}

/** A token endpoint says 400 for a wrong client or secret as well. */
function sourceWide(error: OutboundError): OutboundError {
  const isRefused = error.status === 400 || error.status === 401 || error.status === 403
  const status = error.status === null ? {} : { status: error.status }
  return new OutboundError(isRefused ? 'auth_failed' : error.kind, error.message, {
    ...status,
    isSourceWide: true,
    isUnsent: error.isUnsent,
    cause: error,
  })
}

async function unlessStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    promise.catch(() => undefined) // Others may wait for it; we no longer do.
    throw stopped()
  }
  const { promise: stop, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(stopped())
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([promise, stop])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
