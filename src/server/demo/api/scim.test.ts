import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, connect, type Json, list } from '../fixtures/client.ts'

const PATH = '/api/2.0/preview/scim/v2'

let client: Client
beforeAll(async () => {
  client = await connect()
})
afterAll(() => client[Symbol.asyncDispose]())

async function readAll(what: string): Promise<{ entries: Json[]; pages: number }> {
  const entries: Json[] = []
  for (let pages = 1; ; pages++) {
    const { json } = await client.get(`${PATH}/${what}?startIndex=${entries.length + 1}&count=500`)
    entries.push(...list(json, 'Resources'))
    if (entries.length >= Number(json.totalResults) || json.itemsPerPage === 0) return { entries, pages }
  }
}

describe('users and groups of the sample workspace', () => {
  it('come in pages that are shorter than asked for, each entry once', async () => {
    const users = await readAll('Users')
    expect(users.pages).toBeGreaterThan(2)
    expect(new Set(users.entries.map(({ id }) => id)).size).toBe(26)
    expect(users.entries.filter(({ active }) => active === false)).toMatchObject([
      { userName: 'victor.lang@example.com' },
    ])
  })

  it('name members of every kind, all of which there are', async () => {
    const ids = new Set([...(await readAll('Users')).entries, ...(await readAll('Groups')).entries].map(({ id }) => id))
    const members = (await readAll('Groups')).entries.flatMap((group) => list(group, 'members'))
    const kinds = Map.groupBy(members, ({ $ref }) => String($ref).split('/')[0])
    expect([...kinds.keys()].sort()).toEqual(['Groups', 'ServicePrincipals', 'Users'])
    for (const { value } of [...(kinds.get('Users') ?? []), ...(kinds.get('Groups') ?? [])])
      expect(ids).toContain(value)
  })

  it('are told with the attributes that were asked for, past the end as an empty page, and to nobody without a token', async () => {
    const one = await client.get(`${PATH}/Users?count=1&attributes=userName`)
    expect(Object.keys(list(one.json, 'Resources')[0] ?? {}).sort()).toEqual(['id', 'schemas', 'userName'])
    const past = await client.get(`${PATH}/Users?startIndex=1000`)
    expect(past.json).toMatchObject({ totalResults: 26, itemsPerPage: 0 })
    expect(past.json.Resources).toBeUndefined()
    expect((await client.get(`${PATH}/Users?startIndex=0`)).status).toBe(400)
    expect((await client.ask(`${PATH}/Groups`)).status).toBe(401)
  })
})
