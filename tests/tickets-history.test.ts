import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TransitionOption, WorkItem, WorkItemEvent } from '../src/contracts/tickets.ts'
import { categoryOf, itemTypes } from '../src/contracts/workflows.ts'
import { openTickets, type PersonName, type TestTickets } from './support/tickets.ts'

let t: TestTickets
beforeAll(async () => {
  t = await openTickets({ RATE_LIMIT_CREATE: '10000', RATE_LIMIT_WRITE: '100000' })
})
afterAll(() => t.p.close())

const who = fc.constantFrom<PersonName>('ann', 'ben', 'tri', 'own', 'far', 'root')
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), who, n: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      who,
      changes: fc.record(
        {
          title: fc.constantFrom('The orders are late', 'Orders: "late"', 'Ördërs'),
          description: fc.constantFrom('', 'Some **text**', "it's\nlate"),
          severity: fc.constantFrom('HIGH' as const, null),
          priority: fc.constantFrom('P1' as const, 'P4' as const),
          tags: fc.uniqueArray(fc.constantFrom('a', 'b'), { maxLength: 2 }),
          assigned_to: fc.constantFrom('tri@x.example', null),
          due_at: fc.constantFrom('2027-01-01T00:00:00.000Z', null),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('vote' as const, 'unvote' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('comment' as const, 'reword' as const, 'retract' as const), who }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 0, max: 6 }) }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const request = {
  template: 'access' as const,
  answers: {
    resource: 'main.sales.orders',
    level: 'Read',
    principal: 'analysts',
    personal_data: false,
    justification: 'Weekly report',
  },
}

/** Whatever of it is refused is no part of the history. */
async function take(id: string, step: Step, originalId: string): Promise<void> {
  const params = { id }
  if (step.do === 'wait') {
    t.p.tick(step.days * 86_400_000 + 1)
    await t.p.portal.timers.tick(t.p.now)
    return
  }
  const as = t.as(step.who)
  const item = await t.read(step.who, id)
  const expected_version = item.version
  if (step.do === 'edit' && Object.keys(step.changes).length > 0)
    await as.workItemEdit({ params, body: { expected_version, ...step.changes } })
  if (step.do === 'vote') await as.workItemVote({ params })
  if (step.do === 'unvote') await as.workItemUnvote({ params })
  if (step.do === 'comment') await as.workItemComment({ params, body: { body: `Words of ${step.who}` } })
  if (step.do === 'reword' || step.do === 'retract') {
    const comment = (await as.workItemCommentList({ params })).body.items[0]
    if (comment === undefined) return
    const which = { id, comment_id: comment.id }
    if (step.do === 'reword')
      await as.workItemCommentEdit({
        params: which,
        body: { expected_version: comment.version, body: `${comment.body} again` },
      })
    else await as.workItemCommentDelete({ params: which, query: { expected_version: comment.version } })
  }
  if (step.do === 'move') {
    const open = item.allowed_transitions.filter(({ blocked_reason }) => blocked_reason === null)
    const option = open[step.n % Math.max(open.length, 1)]
    if (option === undefined) return
    const answer = await as.workItemTransition({
      params,
      body: { to_state: option.to_state, expected_version, ...answering(option, originalId) },
    })
    expect(answer.status).toBe(200)
  }
}

const answering = (option: TransitionOption, originalId: string) => ({
  ...(option.note !== null && { note: 'Because.' }),
  ...(option.assignee === 'required' && { assigned_to: 'tri@x.example' }),
  ...(option.waiting_on[0] !== undefined && { waiting_on: option.waiting_on[0] }),
  ...(option.resolutions[0] !== undefined && { resolution: option.resolutions[0] }),
  ...(option.duplicate_of && { duplicate_of: originalId }),
})

/** The ticket that this history tells of, from the one that was filed. */
function fold(filed: WorkItem, events: readonly WorkItemEvent[]) {
  let item: WorkItem = filed
  const voters = new Set<string>()
  const comments = new Set<string>()
  for (const { type, at, by, note, comment_id, changes } of events) {
    if (type === 'VOTE') voters.add(by)
    else if (type === 'UNVOTE') voters.delete(by)
    else if (type === 'COMMENT') comments.add(comment_id ?? '')
    else if (type === 'COMMENT_DELETE') comments.delete(comment_id ?? '')
    else if (type !== 'COMMENT_EDIT' && type !== 'CREATE') {
      const fields = Object.fromEntries(changes.map(({ field, to }) => [field, to])) as Partial<WorkItem> // As the contract says.
      item = { ...item, ...fields, version: item.version + 1, updated_at: at, updated_by: by }
      if (type === 'STATE_CHANGE') item = { ...item, category: categoryOf[item.state], state_at: at, state_note: note }
    }
  }
  return { ...item, votes: voters.size, comment_count: comments.size }
}

test.each(itemTypes)('%s: folding the history gives the ticket, whatever was done to it', async (item_type) => {
  const more = item_type === 'PLATFORM_REQUEST' ? request : {}
  const original = await t.file('ben', { item_type, ...more })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (walk) => {
      const filed = await t.file('ann', { item_type, ...more })
      for (const next of walk) {
        t.p.tick(1)
        await take(filed.id, next, original.id)
      }
      const { items, next_cursor } = (
        await t.as('root').workItemEvents({ params: { id: filed.id }, query: { limit: 200 } })
      ).body
      expect(next_cursor).toBeNull()
      const now = await t.read('root', filed.id)
      expect(now).toMatchObject(fold(filed, items))
      for (const { changes } of items)
        for (const { from, to } of changes) expect(JSON.stringify(from)).not.toBe(JSON.stringify(to))
    }),
    { numRuns: 40 },
  )
})
