import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { orders, sorts, type WorkItemSummary } from '../src/contracts/tickets.ts'
import { emailOf, openTickets, type TestTickets } from './support/tickets.ts'

let t: TestTickets
const priorities = ['P1', 'P2', 'P3', 'P4'] as const
const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', null] as const

beforeAll(async () => {
  t = await openTickets()
  for (let i = 0; i < 40; i += 1) {
    t.p.tick(60_000)
    const isIncident = i % 3 !== 0
    const id = await t.put(isIncident ? 'INCIDENT' : 'IMPROVEMENT', i % 5 === 0 ? 'IN_PROGRESS' : 'NEW', {
      by: i % 4 === 0 ? 'ben' : 'ann',
      title: i % 7 === 0 ? `Cafés report ${i}` : `Orders job ${i} is slow`,
      description: i % 6 === 0 ? 'The café dashboard times out' : 'Nothing to add',
      severity: isIncident ? (severities[i % 5] ?? null) : null,
      priority: priorities[i % 4] ?? 'P3',
      platform_id: i % 8 === 0 ? null : i % 2 === 0 ? t.there.id : t.here.id,
      tags: i % 9 === 0 ? ['dbt', 'orders'] : [],
      assigned_to: i % 10 === 0 ? 'tri@x.example' : null,
      due_at: i % 4 === 1 ? new Date(t.p.now + ((i * 7) % 13) * 86_400_000).toISOString() : null,
    })
    if (i % 5 === 1) await t.as('ben').workItemVote({ params: { id } })
    if (i % 10 === 1) await t.as('tri').workItemVote({ params: { id } })
  }
})
afterAll(() => t.p.close())

async function everything(query: Record<string, unknown> = {}, limit = 7): Promise<WorkItemSummary[]> {
  const items: WorkItemSummary[] = []
  let cursor: string | undefined
  do {
    const { body, error } = await t.as('ben').workItemList({
      query: { ...query, limit, ...(cursor !== undefined && { cursor }) },
    })
    if (error !== null) throw new Error(JSON.stringify(error))
    items.push(...body.items)
    cursor = body.next_cursor ?? undefined
    if (cursor === undefined) expect(items).toHaveLength(body.total)
  } while (cursor !== undefined)
  return items
}

describe('a list', () => {
  test.each<[string, Record<string, unknown>, (item: WorkItemSummary) => boolean]>([
    ['a type', { item_type: 'IMPROVEMENT' }, (item) => item.item_type === 'IMPROVEMENT'],
    ['a state', { state: 'IN_PROGRESS' }, (item) => item.state === 'IN_PROGRESS'],
    ['a category', { category: 'open' }, (item) => item.category === 'open'],
    [
      'what is not done',
      { done: false, q: 'orders' },
      (item) => item.category !== 'done' && (item.title.startsWith('Orders') || item.tags.includes('orders')),
    ],
    ['a severity', { severity: 'HIGH' }, (item) => item.severity === 'HIGH'],
    ['an assignee', { assigned_to: 'tri@x.example' }, (item) => item.assigned_to === 'tri@x.example'],
    ['nobody assigned', { assigned_to: 'none' }, (item) => item.assigned_to === null],
    ['an author', { created_by: emailOf('ben') }, (item) => item.created_by === emailOf('ben')],
    ['a tag', { tag: 'dbt' }, (item) => item.tags.includes('dbt')],
    ['what I voted for', { voted: true }, (item) => item.voted],
    ['what I did not vote for', { voted: false }, (item) => !item.voted],
    ['what I follow', { watching: true }, (item) => item.watching],
    ['a word', { q: 'orders' }, (item) => item.title.startsWith('Orders') || item.tags.includes('orders')],
    [
      'several at once',
      { state: 'NEW', severity: 'MEDIUM', voted: false, q: 'slow' },
      (item) => item.state === 'NEW' && item.severity === 'MEDIUM' && !item.voted && item.title.includes('slow'),
    ],
  ])('narrowed to %s shows exactly that, whole and counted', async (_what, query, fits) => {
    const all = await everything()
    const expected = all.filter(fits).map(({ id }) => id)
    expect(expected.length).toBeGreaterThan(0)
    expect(expected.length).toBeLessThan(all.length)
    expect((await everything({ sort: 'created_at', ...query })).map(({ id }) => id)).toEqual(expected)
  })

  test('narrowed to a platform shows its own', async () => {
    const items = await everything({ platform_id: t.here.id })
    expect(items.length).toBeGreaterThan(5)
    expect(new Set(items.map(({ platform_id }) => platform_id))).toEqual(new Set([t.here.id]))
  })

  test.each(sorts.flatMap((sort) => orders.map((order) => [sort, order] as const)))(
    'sorted by %s %s, is whole at every page size, and nothing known comes last',
    async (sort, order) => {
      const whole = await everything({ sort, order }, 200)
      expect((await everything({ sort, order }, 3)).map(({ id }) => id)).toEqual(whole.map(({ id }) => id))
      const values = whole.map((item) => item[sort])
      const known = values.filter((value) => value !== null)
      expect(values.slice(0, known.length)).toEqual(known)
      const sorted = known.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      expect(known).toEqual(order === 'asc' ? sorted : sorted.reverse())
    },
  )

  test('by default the newest first, the most votes first, the most urgent first', async () => {
    const first = async (query: Record<string, unknown>) => (await everything(query, 200))[0]
    expect((await first({}))?.title).toBe('Orders job 39 is slow')
    expect((await first({ sort: 'votes' }))?.votes).toBe(2)
    expect((await first({ sort: 'priority' }))?.priority).toBe('P1')
    const due = (await everything({ sort: 'due_at' }, 200)).flatMap(({ due_at }) => (due_at === null ? [] : [due_at]))
    expect(due[0]).toBe(due.toSorted()[0])
  })

  test('neither skips nor repeats while others file and vote', async () => {
    const seen: string[] = []
    const before = new Set((await everything({}, 200)).map(({ id }) => id))
    let cursor: string | undefined
    do {
      const { body } = await t.as('ben').workItemList({ query: { limit: 5, ...(cursor !== undefined && { cursor }) } })
      seen.push(...body.items.map(({ id }) => id))
      await t.put('INCIDENT', 'NEW', { title: 'Filed meanwhile' })
      cursor = body.next_cursor ?? undefined
    } while (cursor !== undefined)
    expect(new Set(seen).size).toBe(seen.length)
    expect([...before].filter((id) => !seen.includes(id))).toEqual([])
  })

  test.each([
    ['limit=0', { limit: 0 }],
    ['limit=201', { limit: 201 }],
    ['an unknown sort', { sort: 'title' }],
    ['a cursor of another order', { sort: 'votes', cursor: 'x' }],
    ['a filter that is not known', { colour: 'red' }],
  ])('%s is refused', async (_what, query) => {
    expect((await t.as('ann').workItemList({ query: query as never })).status).toBe(422)
  })
})

describe('search', () => {
  test('folds accents, takes the last word for a beginning, keeps phrases, and ranks titles first', async () => {
    const titles = async (q: string) => (await everything({ q }, 200)).map(({ title }) => title)
    const found = await titles('cafe')
    const inTitle = found.filter((title) => title.startsWith('Cafés'))
    expect(inTitle.length).toBeGreaterThan(2)
    expect(found.slice(0, inTitle.length)).toEqual(inTitle)
    expect(found.length).toBeGreaterThan(inTitle.length)
    expect((await titles('orders slo')).length).toBeGreaterThan(5)
    expect(await titles('"job slow"')).toEqual([])
    expect(await titles('"is slow"')).not.toEqual([])
    expect(await titles('" OR 1=1 --')).toEqual([])
    expect(await titles('!!!')).toEqual([])
  })
})

describe('export', () => {
  const download = (query: string, headers = { 'x-forwarded-email': emailOf('ben') }) =>
    fetch(`${t.p.origin}/api/v1/work-items/export?${query}`, { headers })

  test('holds what the filter shows, as CSV and as JSON', async () => {
    await t.put('INCIDENT', 'NEW', { title: '=HYPERLINK("x")', tags: ['formula'], description: 'a "b",\n;c' })
    const csv = await download('format=csv&tag=formula')
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="tickets-2026-11-\d\d\.csv"$/)
    const text = await csv.text()
    expect(text).toContain("'=HYPERLINK")
    expect(text).toContain('"a ""b"",\n;c"')
    const json = (await (await download('format=json&category=open')).json()) as { category: string }[]
    expect(json).toHaveLength((await everything({ category: 'open' })).length)
    expect(json.every(({ category }) => category === 'open')).toBe(true)
    expect(await (await download('format=json&q=nothinglikethis')).json()).toEqual([])
  })

  test('refuses what a list refuses, and nobody gets one unsigned', async () => {
    expect((await download('format=xlsx')).status).toBe(422)
    expect((await download('format=csv&colour=red')).status).toBe(422)
    expect((await download('')).status).toBe(422)
    expect((await fetch(`${t.p.origin}/api/v1/work-items/export?format=csv`)).status).toBe(401)
  })
})

describe('similar tickets', () => {
  test('come while a title is typed, open ones first, with what the caller voted', async () => {
    const done = await t.put('INCIDENT', 'CLOSED', { title: 'Revenue dashboard shows no numbers since this morning' })
    const open = await t.put('INCIDENT', 'NEW', { title: 'Revenue dashboard is empty this morning' })
    await t.as('ann').workItemVote({ params: { id: open } })
    const { items } = (await t.as('ann').workItemSimilar({ query: { title: 'no numbers on the revenue dashbord' } }))
      .body
    expect(items.slice(0, 2).map(({ id, voted, category }) => ({ id, voted, category }))).toEqual([
      { id: open, voted: true, category: 'open' },
      { id: done, voted: false, category: 'done' },
    ])
    const none = await t
      .as('ann')
      .workItemSimilar({ query: { title: 'Revenue dashboard', item_type: 'PLATFORM_REQUEST' } })
    expect(none.body.items).toEqual([])
    expect((await t.as('ann').workItemSimilar({ query: {} as never })).status).toBe(422)
  })
})

describe('the templates', () => {
  test('say what a request asks for', async () => {
    const { items } = (await t.as('ann').requestTemplates()).body
    expect(items.map(({ key, requires_approval }) => [key, requires_approval])).toEqual([
      ['access', true],
      ['onboarding', true],
      ['change', false],
    ])
    expect(items[0]?.fields.find(({ key }) => key === 'level')).toMatchObject({
      type: 'choice',
      options: ['Read', 'Write', 'Own'],
      is_required: true,
    })
  })
})
