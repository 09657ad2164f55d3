import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RoadmapItem } from '../src/contracts/roadmap.ts'
import { openTickets, type PersonName, type TestTickets } from './support/tickets.ts'

let t: TestTickets
beforeAll(async () => {
  t = await openTickets()
})
afterAll(() => t.p.close())

let names = 0
async function plan(more: Partial<RoadmapItem> = {}, name: PersonName = 'root'): Promise<RoadmapItem> {
  const body = { title: `Plan ${++names}`, theme: 'Trust', phase: 'next' as const, platform_id: t.here.id, ...more }
  const answer = await t.as(name).roadmapCreate({ body })
  if (answer.error !== null) throw new Error(JSON.stringify(answer.error))
  return answer.body
}
const order = async (phase: 'now' | 'next' | 'later' | 'done', theme: string) =>
  (await t.as('ann').roadmapList({ query: { phase, theme, limit: 200 } })).body.items.map(({ title }) => title)
const move = (name: PersonName, item: RoadmapItem, body: Record<string, unknown>) =>
  t.as(name).roadmapMove({
    params: { id: item.id },
    body: { phase: item.phase, after_id: null, expected_version: item.version, ...body },
  })

describe('roadmap items', () => {
  test('are listed by phase and rank, narrowed by each filter, and carry what every record carries', async () => {
    const theme = 'Filters'
    const made = []
    for (const phase of ['later', 'now', 'done', 'next'] as const)
      made.push(await plan({ phase, theme, target_quarter: phase === 'now' ? '2026-Q4' : null }))
    const list = async (query: Record<string, unknown>) =>
      (await t.as('ann').roadmapList({ query: { theme, ...query } })).body.items.map(({ phase }) => phase)
    expect(await list({})).toEqual(['now', 'next', 'later', 'done'])
    expect(await list({ phase: 'later' })).toEqual(['later'])
    expect(await list({ quarter: '2026-Q4' })).toEqual(['now'])
    expect(await list({ platform_id: t.there.id })).toEqual([])
    expect(await list({ q: `"${made[3]?.title}"` })).toEqual(['next'])
    expect(made[0]).toMatchObject({
      version: 1,
      created_by: 'root@x.example',
      demand: 0,
      progress: { done: 0, total: 0 },
    })
  })

  test('name the themes that they have, and none that has gone', async () => {
    const first = await plan({ theme: 'Theme B' })
    await plan({ theme: 'Theme B', phase: 'done' })
    await plan({ theme: 'theme a' })
    await plan({ theme: 'Theme C', platform_id: null }, 'root')
    const [a, b, c] = ['theme a', 'Theme B', 'Theme C']
    const all = async () => (await t.as('ann').roadmapThemes()).body.items.filter(({ theme }) => /^theme/i.test(theme))
    expect(await all()).toEqual([
      { theme: a, cards: 1 },
      { theme: b, cards: 2 },
      { theme: c, cards: 1 },
    ])
    await t.as('root').roadmapDelete({ params: { id: first.id }, query: { expected_version: 1 } })
    expect((await all())[1]).toEqual({ theme: b, cards: 1 })
  })

  test('count distinct voters and what is done over their tickets, and are named by them', async () => {
    const first = await t.file('ann', { item_type: 'IMPROVEMENT' })
    const second = await t.file('ben')
    for (const [name, id] of [
      ['ann', first.id],
      ['ben', first.id],
      ['ben', second.id],
      ['tri', second.id],
    ] as const)
      await t.as(name).workItemVote({ params: { id } })
    const item = await plan({ work_item_ids: [first.id, second.id] })
    expect(item).toMatchObject({ demand: 3, progress: { done: 0, total: 2 } })
    const body = { to_state: 'RESOLVED' as const, expected_version: 1, note: 'Done', resolution: 'FIXED' as const }
    await t.as('tri').workItemTransition({ params: { id: second.id }, body })
    const read = (await t.as('ann').roadmapRead({ params: { id: item.id } })).body
    expect(read.progress).toEqual({ done: 1, total: 2 })
    expect(read.work_items.map(({ id }) => id)).toEqual([first.id, second.id])
    expect((await t.read('ann', first.id)).roadmap_items).toEqual([
      { id: item.id, title: item.title, phase: 'next', target_quarter: null },
    ])
    await t.as('root').workItemDelete({ params: { id: second.id }, query: { expected_version: 2 } })
    expect((await t.as('ann').roadmapRead({ params: { id: item.id } })).body).toMatchObject({
      demand: 2,
      progress: { done: 0, total: 1 },
    })
  })

  test('are written by admins and by owners of their platform', async () => {
    const theirs = await plan({}, 'own')
    const codes = []
    const body = { title: 'Mine', theme: 'Trust', phase: 'now' as const }
    codes.push((await t.as('own').roadmapCreate({ body: { ...body, platform_id: t.there.id } })).status)
    codes.push((await t.as('own').roadmapCreate({ body })).status)
    codes.push((await t.as('tri').roadmapCreate({ body: { ...body, platform_id: t.here.id } })).status)
    const edit = (name: PersonName, changes: Record<string, unknown>) =>
      t.as(name).roadmapEdit({ params: { id: theirs.id }, body: { expected_version: 1, ...changes } })
    codes.push((await edit('far', { title: 'x' })).status)
    codes.push((await edit('own', { platform_id: t.there.id })).status)
    codes.push((await move('far', theirs, {})).status)
    codes.push((await t.as('ann').roadmapDelete({ params: { id: theirs.id }, query: { expected_version: 1 } })).status)
    expect(codes).toEqual([403, 403, 403, 403, 403, 403, 403])
    expect((await edit('own', { title: 'Better' })).body).toMatchObject({ title: 'Better', version: 2 })
    expect((await edit('own', { title: 'Stale' })).status).toBe(409)
    expect(
      (await t.as('own').roadmapDelete({ params: { id: theirs.id }, query: { expected_version: 2 } })).status,
    ).toBe(200)
    expect((await t.as('own').roadmapRead({ params: { id: theirs.id } })).status).toBe(404)
  })

  test('name only what is there', async () => {
    const body = { title: 'Plan', theme: 'Trust', phase: 'now' as const }
    const fields = async (more: Record<string, unknown>) =>
      Object.keys((await t.as('root').roadmapCreate({ body: { ...body, ...more } })).error?.details?.fields ?? {})
    expect(await fields({ platform_id: crypto.randomUUID() })).toEqual(['body.platform_id'])
    expect(await fields({ work_item_ids: [crypto.randomUUID()] })).toEqual(['body.work_item_ids.0'])
    expect(await fields({ target_quarter: '2026-Q5' })).toEqual(['body.target_quarter'])
    expect(await fields({ phase: 'soon' })).toEqual(['body.phase'])
  })
})

describe('moving', () => {
  test('puts a card after another, on top, or in another phase, and says what is wrong', async () => {
    const theme = 'Moves'
    const [a, b, c] = [await plan({ theme }), await plan({ theme }), await plan({ theme })]
    expect((await move('own', c, { after_id: a.id })).status).toBe(200)
    expect(await order('next', theme)).toEqual([a.title, c.title, b.title])
    expect((await move('own', b, {})).status).toBe(200)
    expect(await order('next', theme)).toEqual([b.title, a.title, c.title])
    expect((await move('own', a, { phase: 'now' })).status).toBe(200)
    expect([await order('now', theme), await order('next', theme)]).toEqual([[a.title], [b.title, c.title]])
    expect((await move('own', c, { after_id: a.id })).status).toBe(409)
    const current = (await t.as('ann').roadmapRead({ params: { id: c.id } })).body
    expect((await move('own', current, { after_id: a.id })).error?.details?.fields).toHaveProperty(['body.after_id'])
    expect((await move('own', current, { after_id: c.id })).status).toBe(422)
  })

  test('a card that stays where it is makes no version', async () => {
    const theme = 'Still'
    const first = await plan({ theme })
    const second = await plan({ theme })
    const answer = await move('own', second, { after_id: first.id })
    expect([answer.status, answer.body.version]).toEqual([200, 1])
  })

  test('putting off asks why, and the card says what it was; bringing forward does not', async () => {
    const item = await plan({ theme: 'Late', phase: 'now', target_quarter: '2026-Q3' })
    expect((await move('own', item, { phase: 'later' })).error?.details?.fields).toHaveProperty(['body.reason'])
    const put = (await move('own', item, { phase: 'later', reason: 'The vendor is late' })).body
    expect(put.slips).toMatchObject([{ phase: 'now', target_quarter: '2026-Q3', reason: 'The vendor is late' }])
    const edit = (expected_version: number, changes: Record<string, unknown>) =>
      t.as('own').roadmapEdit({ params: { id: item.id }, body: { expected_version, ...changes } })
    expect((await edit(2, { target_quarter: '2027-Q1' })).status).toBe(422)
    expect((await edit(2, { target_quarter: '2027-Q1', reason: 'After the freeze' })).body.slips).toHaveLength(2)
    expect((await edit(3, { target_quarter: '2026-Q4' })).body.slips).toHaveLength(2)
    expect((await move('own', { ...item, version: 4 }, { phase: 'now' })).body.slips).toHaveLength(2)
    expect((await move('own', { ...item, version: 5 }, { phase: 'done' })).status).toBe(200)
  })

  test('two people moving at once end with one order, and ranks stay short over many moves to one place', async () => {
    const theme = 'Race'
    const cards = []
    for (let i = 0; i < 6; i += 1) cards.push(await plan({ theme }))
    const [a, b, c] = cards as [RoadmapItem, RoadmapItem, RoadmapItem]
    const both = await Promise.all([move('own', b, { after_id: a.id }), move('root', c, { after_id: a.id })])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    const seen = await order('next', theme)
    expect(new Set(seen).size).toBe(6)
    expect(await order('next', theme)).toEqual(seen)
    // The last two swap under the first for ever, which halves one gap each time until the ranks are made anew.
    let lasts = (await t.as('ann').roadmapList({ query: { theme, phase: 'next' } })).body.items
    for (let i = 0; i < 300; i += 1) {
      const last = lasts[2]
      if (last === undefined || lasts[0] === undefined) throw new Error('There are six')
      expect((await move('own', last, { after_id: lasts[0].id })).status).toBe(200)
      lasts = (await t.as('ann').roadmapList({ query: { theme, phase: 'next' } })).body.items
    }
    expect(Math.max(...lasts.map(({ rank }) => rank.length))).toBeLessThanOrEqual(40)
    expect(lasts).toHaveLength(6)
  })
})
