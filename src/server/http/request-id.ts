import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The proxy's id when a trusted peer sent a UUID, else a new one; so that one id follows a request everywhere. */
export function requestIdOf(request: IncomingMessage, isTrusted: boolean): string {
  const given = request.headers['x-request-id']
  return isTrusted && typeof given === 'string' && UUID.test(given) ? given.toLowerCase() : randomUUID()
}
