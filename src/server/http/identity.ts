import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type PersonRole, personRoles } from '../../contracts/roles.ts'
import type { Actor, Grant } from '../access/actor.ts'
import { type Identity, makeActor } from '../access/bindings.ts'
import type { Config } from '../config.ts'
import { Fault } from '../fault.ts'
import { isWithin } from '../setting.ts'

export interface IdentitySources {
  config: Pick<Config, 'isLocal' | 'TRUSTED_PROXIES' | 'DATABRICKS_APP_NAME' | 'GROUPS_HEADER' | 'devIdentity'>
  actorOf(identity: Identity, now: number): Actor
  /** The token's actor, or null when unknown, expired or revoked. */
  actorOfToken(secretHash: string, now: number): Actor | null
  /** Every platform, for the service-owner persona of local mode. */
  platformIds(): readonly string[]
}

export const TOKEN_PREFIX = 'lkp_'
export const hashSecret = (secret: string) => createHash('sha256').update(secret).digest('hex')

/**
 * Who sends this request; null is nobody. Identity headers count only from a trusted peer and are otherwise as if
 * absent; one that arrives twice is refused, never picked from.
 * @throws Fault `bad_request` for doubled or malformed headers, `unauthenticated` for a token that does not hold
 */
export function identify(request: IncomingMessage, now: number, sources: IdentitySources): Actor | null {
  const token = bearerToken(request)
  if (token !== null) return tokenActor(token, now, sources)
  const identity = forwardedIdentity(request, sources.config)
  if (sources.config.isLocal) return localActor(request, now, sources)
  if (request.headers['x-dev-persona'] !== undefined) {
    throw new Fault('bad_request', 'X-Dev-Persona works in local mode only.')
  }
  return identity === null ? null : sources.actorOf(identity, now)
}

export function isTrustedPeer(request: IncomingMessage, config: IdentitySources['config']): boolean {
  if (config.TRUSTED_PROXIES.length > 0) return isWithin(request.socket.remoteAddress, config.TRUSTED_PROXIES)
  return config.DATABRICKS_APP_NAME !== ''
}

function forwardedIdentity(request: IncomingMessage, config: IdentitySources['config']): Identity | null {
  if (!isTrustedPeer(request, config)) return null
  const user = single(request, 'x-forwarded-user')
  const email = single(request, 'x-forwarded-email')?.toLowerCase() ?? null
  const name = single(request, 'x-forwarded-preferred-username')
  if (user === null && email === null) return null
  return { user, email, name, groups: groupsOf(request, config.GROUPS_HEADER) }
}

const IDENTITY_LENGTH_MAX = 320

function single(request: IncomingMessage, name: string): string | null {
  // Distinct values: two arrivals are joined by Node with a comma, so counting and looking for commas are one test.
  const values = request.headersDistinct[name] ?? []
  if (values.length === 0) return null
  const value = (values[0] ?? '').normalize('NFC').trim()
  if (values.length > 1 || value.includes(',') || hasControl(value) || value.length > IDENTITY_LENGTH_MAX) {
    throw new Fault('bad_request', `The header ${name} must arrive once, with one plain value.`)
  }
  return value === '' ? null : value
}

const hasControl = (value: string) => [...value].some((character) => character < ' ' || character === '\u007f')

function groupsOf(request: IncomingMessage, header: string): string[] {
  if (header === '') return []
  const values = request.headersDistinct[header.toLowerCase()] ?? []
  if (values.length > 1) throw new Fault('bad_request', `The header ${header} must arrive once.`)
  return (values[0] ?? '')
    .split(',')
    .map((group) => group.trim())
    .filter((group) => group !== '')
}

function bearerToken(request: IncomingMessage): string | null {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' && token?.startsWith(TOKEN_PREFIX) ? token : null
}

function tokenActor(token: string, now: number, sources: IdentitySources): Actor {
  const actor = sources.actorOfToken(hashSecret(token), now)
  if (actor === null) throw new Fault('unauthenticated', 'This token is unknown, expired or revoked.')
  return actor
}

const personas = new Map<string, Actor>()

function localActor(request: IncomingMessage, now: number, sources: IdentitySources): Actor {
  refuseForeignHost(request)
  const dev = sources.config.devIdentity
  if (dev === null) throw new Error('Local mode always has an identity.')
  const persona = request.headers['x-dev-persona']
  if (persona === undefined) return sources.actorOf({ ...dev, name: null, groups: [] }, now)
  const role = personRoles.find((candidate) => candidate === persona)
  if (role === undefined) throw new Fault('bad_request', `X-Dev-Persona is one of ${personRoles.join(', ')}.`)
  return personaActor(role, role === 'service_owner' ? sources.platformIds() : [])
}

/** Another person with exactly that role; a service owner owns every platform there is. */
function personaActor(role: PersonRole, platformIds: readonly string[]): Actor {
  const key = `${role}:${platformIds.join(',')}`
  const known = personas.get(key)
  if (known !== undefined) return known
  const grants: Grant[] =
    role === 'service_owner'
      ? [{ role: 'viewer', platform_id: null }, ...platformIds.map((id) => ({ role, platform_id: id }))]
      : [{ role, platform_id: null }]
  const email = `${role}@localhost`
  const actor = makeActor('user', email, { user: role, email, name: `${role} (persona)`, groups: [] }, grants)
  if (personas.size > 100) personas.clear()
  personas.set(key, actor)
  return actor
}

/** In local mode everybody is admin, so a web page that rebinds its name to loopback must not get in. */
function refuseForeignHost(request: IncomingMessage): void {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase()
  if (!['localhost', '127.0.0.1', '[::1]'].includes(host)) {
    throw new Fault('bad_request', 'In local mode the portal answers to localhost only.')
  }
}
