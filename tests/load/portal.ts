import { check } from 'k6'
import http, { type RefinedResponse, type ResponseType } from 'k6/http'

/** Where the portal is; `npm run load` sets it. */
export const origin = __ENV.PORTAL_URL ?? 'http://localhost:8000'
/** Shorter or longer runs: 1 is as written. */
const scale = Number(__ENV.LOAD_SCALE ?? '1')
export const seconds = (count: number) => `${Math.max(1, Math.round(count * scale))}s`

interface Page {
  items: { id: string; version: number }[]
}

/** What a load may meet: ids of platforms, of tickets, and of checks that are pushed to. */
export interface Estate {
  platforms: string[]
  tickets: string[]
  pushed: string[]
}

const TICKETS = 50

/** Reads what there is, once, before the load begins; where there are no tickets, some are filed. */
export function readEstate(): Estate {
  const ids = (path: string) => (http.get(`${origin}${path}`).json() as unknown as Page).items.map(({ id }) => id)
  const checks = (
    http.get(`${origin}/api/v1/status-checks?limit=200`).json() as unknown as {
      items: { id: string; source: { connector: string } }[]
    }
  ).items
  const platforms = ids('/api/v1/platforms?limit=50')
  const tickets = () => ids(`/api/v1/work-items?limit=${TICKETS}`)
  if (tickets().length === 0) for (let i = 0; i < TICKETS; i++) file(platforms)
  return {
    platforms,
    tickets: tickets(),
    pushed: checks.filter(({ source }) => source.connector === 'push').map(({ id }) => id),
  }
}

const etags: Record<string, string> = {}

/** Reads as a browser does: with the tag of what it read before. `name` groups addresses that differ in ids only. */
export function read(path: string, name: string): RefinedResponse<ResponseType | undefined> {
  const tag = etags[path]
  const answer = http.get(`${origin}${path}`, {
    headers: tag === undefined ? {} : { 'if-none-match': tag },
    tags: { name },
    responseCallback: http.expectedStatuses(200, 304),
  })
  check(answer, { 'is answered': ({ status }) => status === 200 || status === 304 })
  const next = answer.headers.Etag
  if (next !== undefined) etags[path] = next
  return answer
}

export function post(
  path: string,
  body: unknown,
  name: string,
  expected = 201,
): RefinedResponse<ResponseType | undefined> {
  const answer = http.post(`${origin}${path}`, JSON.stringify(body), {
    headers: { 'content-type': 'application/json' },
    tags: { name },
    responseCallback: http.expectedStatuses(expected),
  })
  check(answer, { 'is accepted': ({ status }) => status === expected })
  return answer
}

export const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(Math.random() * list.length)]

/** What people do when they look: mostly the status, then a platform, then tickets and words. */
export function browse({ platforms, tickets }: Estate): void {
  read('/api/v1/me', 'me')
  read('/api/v1/status/summary', 'summary')
  const dice = Math.random()
  if (dice < 0.4) {
    const id = pick(platforms)
    if (id !== undefined) {
      read(`/api/v1/platforms/${id}`, 'platform')
      read(`/api/v1/platforms/${id}/history?days=90`, 'history')
    }
  } else if (dice < 0.75) {
    read('/api/v1/work-items?limit=25', 'tickets')
    const id = pick(tickets)
    if (id !== undefined) read(`/api/v1/work-items/${id}`, 'ticket')
  } else if (dice < 0.9) read('/api/v1/roadmap?limit=200', 'roadmap')
  else read(`/api/v1/search?q=${pick(['orders', 'sales', 'late', 'refresh'])}`, 'search')
}

/** A ticket is filed, sometimes commented, often voted for. */
export function write({ platforms, tickets }: Estate): void {
  const dice = Math.random()
  const ticket = pick(tickets)
  if (dice < 0.3 || ticket === undefined) file(platforms)
  else if (dice < 0.7) post(`/api/v1/work-items/${ticket}/comments`, { body: 'Still so.' }, 'comment')
  else {
    const answer = http.put(`${origin}/api/v1/work-items/${ticket}/vote`, null, { tags: { name: 'vote' } })
    check(answer, { 'is counted': ({ status }) => status === 200 })
  }
}

function file(platforms: string[]): void {
  const body = {
    item_type: 'INCIDENT',
    title: `Load: orders of user ${__VU} are late`,
    description: 'Written by a load test.',
    severity: 'LOW',
    platform_id: pick(platforms) ?? null,
  }
  post('/api/v1/work-items', body, 'file')
}
