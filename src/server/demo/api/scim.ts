import { type ScimResource, scimGroups, scimUsers } from '../wire/scim.ts'
import type { Asked, Reply } from './exchange.ts'

/** Fewer than anybody asks for, as a service may answer: so the sample has pages. */
const PAGE_SIZE_MAX = 8

const lists: Readonly<Record<string, () => ScimResource[]>> = {
  '/api/2.0/preview/scim/v2/Users': scimUsers,
  '/api/2.0/preview/scim/v2/Groups': scimGroups,
}

/** Users and groups, as a workspace admin sees them. Null: none of its paths. */
export function answerScim({ method, path, query }: Asked): Reply | null {
  const list = method === 'GET' ? lists[path] : undefined
  if (list === undefined) return null
  const startIndex = wholeFrom(query.get('startIndex'), 1)
  const count = wholeFrom(query.get('count'), PAGE_SIZE_MAX)
  if (startIndex === null || startIndex < 1 || count === null) return scimError(400, 'Invalid paging parameters.')
  const all = list()
  const page = all.slice(startIndex - 1, startIndex - 1 + Math.min(count, PAGE_SIZE_MAX))
  const names = query.get('attributes')?.split(',')
  return {
    status: 200,
    headers: { 'content-type': 'application/scim+json' },
    json: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: all.length,
      startIndex,
      itemsPerPage: page.length,
      ...(page.length === 0 ? {} : { Resources: names === undefined ? page : page.map((one) => only(one, names)) }),
    },
  }
}

const wholeFrom = (text: string | null, standard: number) =>
  text === null ? standard : /^\d{1,6}$/.test(text) ? Number(text) : null

/** `id` and `schemas` come whatever was asked for. */
const only = (resource: ScimResource, names: readonly string[]) =>
  Object.fromEntries(Object.entries(resource).filter(([name]) => ['id', 'schemas', ...names].includes(name)))

const scimError = (status: number, detail: string): Reply => ({
  status,
  json: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail, status: String(status) },
})
