import { randomBytes } from 'node:crypto'
import type { Asked, Reply } from './exchange.ts'

/** The one client that the sample workspace knows. It opens nothing but invented data on loopback. */
export const SAMPLE_CLIENT = { id: 'sample', secret: 'sample' } as const
const LIFETIME_SECONDS = 3600

export type Audience = 'databricks' | 'powerbi' | 'fabric'

/** Both token endpoints, and who may do what with what they gave out. */
export function createTokens(ownUrl: () => string) {
  const issued = new Map<string, { audience: Audience; endsAt: number }>()

  const issue = (audience: Audience, at: number): Reply => {
    for (const [token, { endsAt }] of issued) if (endsAt <= at) issued.delete(token)
    const access_token = `sample.${randomBytes(24).toString('base64url')}`
    issued.set(access_token, { audience, endsAt: at + LIFETIME_SECONDS * 1000 })
    return {
      status: 200,
      headers: { 'cache-control': 'no-store' },
      json: { access_token, token_type: 'Bearer', expires_in: LIFETIME_SECONDS },
    }
  }

  return {
    /** `POST /oidc/v1/token` of Databricks. */
    databricks({ headers, body, at }: Asked): Reply {
      const form = new URLSearchParams(body)
      const [id, secret] = basicOf(headers.authorization) ?? [form.get('client_id'), form.get('client_secret')]
      if (id !== SAMPLE_CLIENT.id || secret !== SAMPLE_CLIENT.secret)
        return refusal(401, 'invalid_client', 'Client authentication failed')
      if (form.get('grant_type') !== 'client_credentials')
        return refusal(400, 'unsupported_grant_type', 'Only client_credentials is supported')
      if (form.get('scope') !== 'all-apis') return refusal(400, 'invalid_scope', 'The scope must be all-apis')
      return issue('databricks', at)
    },
    /** `POST /{tenant}/oauth2/v2.0/token` of Entra. */
    entra({ body, at }: Asked): Reply {
      const form = new URLSearchParams(body)
      if (form.get('grant_type') !== 'client_credentials')
        return refusal(400, 'unsupported_grant_type', 'AADSTS70003: The app requested an unsupported grant type.')
      if (form.get('client_id') !== SAMPLE_CLIENT.id)
        return refusal(400, 'unauthorized_client', 'AADSTS700016: The application was not found in the directory.')
      if (form.get('client_secret') !== SAMPLE_CLIENT.secret)
        return refusal(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.')
      const audience = audienceOf(form.get('scope') ?? '', ownUrl())
      if (audience === null)
        return refusal(400, 'invalid_scope', 'AADSTS70011: The provided value for scope is not valid.')
      return issue(audience, at)
    },
    isGood({ headers, at }: Asked, audience: Audience): boolean {
      const token = issued.get(/^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '')
      return token !== undefined && token.audience === audience && at < token.endsAt
    },
  }
}

/** Whoever runs against the sample workspace calls it Fabric's own address. */
function audienceOf(scope: string, ownUrl: string): Audience | null {
  if (scope === 'https://analysis.windows.net/powerbi/api/.default') return 'powerbi'
  return scope === 'https://api.fabric.microsoft.com/.default' || scope === `${ownUrl}/.default` ? 'fabric' : null
}

function basicOf(authorization: string | undefined): [string, string] | null {
  const encoded = /^Basic (\S+)$/.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return null
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':')
  return [id, secret.join(':')]
}

const refusal = (status: number, error: string, error_description: string): Reply => ({
  status,
  json: { error, error_description },
})
