import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TransitionOption, WorkItemTransition } from '../src/contracts/tickets.ts'
import { itemStates, itemTypes, workflows } from '../src/contracts/workflows.ts'
import { emailOf, openTickets, type PersonName, type TestTickets } from './support/tickets.ts'

let t: TestTickets
beforeAll(async () => {
  t = await openTickets()
})
afterAll(() => t.p.close())

const everyone: readonly PersonName[] = ['ann', 'ben', 'tri', 'own', 'far', 'root']

/** What the option asks for, and nothing else. */
const answering = (option: TransitionOption, originalId: string): Partial<WorkItemTransition> => ({
  ...(option.note !== null && { note: 'Because.' }),
  ...(option.assignee === 'required' && { assigned_to: 'tri@x.example' }),
  ...(option.waiting_on[0] !== undefined && { waiting_on: option.waiting_on[0] }),
  ...(option.resolutions[0] !== undefined && { resolution: option.resolutions[0] }),
  ...(option.duplicate_of && { duplicate_of: originalId }),
})

describe('every type, from every state, by everybody', () => {
  test.each(itemTypes)(
    '%s: what is offered is what is accepted, and a refusal leaves nothing behind',
    async (type) => {
      const original = await t.put(type, workflows[type].initial)
      for (const from of workflows[type].states) {
        const template = type === 'PLATFORM_REQUEST' ? ('change' as const) : null
        const make = () => t.put(type, from, { template, waiting_from: from === 'WAITING' ? 'IN_PROGRESS' : null })
        for (const name of everyone) {
          let id = await make()
          const { allowed_transitions: options } = await t.read(name, id)
          for (const to_state of itemStates) {
            const offered = options.filter((option) => option.to_state === to_state)
            const open = offered.filter(({ blocked_reason }) => blocked_reason === null)
            const tries = offered.length > 0 ? offered : [null]
            for (const option of tries) {
              const body = { to_state, expected_version: 1, ...(option && answering(option, original)) }
              const answer = await t.as(name).workItemTransition({ params: { id }, body })
              const what = { type, from, to_state, name, label: option?.label, status: answer.status }
              if (option?.blocked_reason === null) {
                expect(what).toEqual({ ...what, status: 200 })
                expect(answer.body).toMatchObject({ version: 2, state: to_state, updated_by: emailOf(name) })
                id = await make()
              } else {
                // Somebody else's rule that shares the states of one of ours is refused for what it asks, not for its states.
                // What only the portal itself takes is in the table, and for nobody who asks.
                const isInTable = workflows[type].transitions.some(
                  (rule) => rule.from.includes(from) && rule.to === to_state,
                )
                const refused = option === null ? [isInTable ? 403 : 400] : open.length > 0 ? [403, 422] : [403]
                expect(refused, JSON.stringify(what)).toContain(answer.status)
                expect((await t.read('root', id)).version).toBe(1)
              }
            }
          }
        }
      }
    },
    120_000,
  )

  test('a transition that is not in the table, is not for the caller, is stale or lacks a field: 400, 403, 409, 422', async () => {
    const { id } = await t.file('ann')
    const go = async (name: PersonName, body: WorkItemTransition) => {
      const { status, error } = await t.as(name).workItemTransition({ params: { id }, body })
      return [status, error?.code, Object.keys(error?.details?.fields ?? {})]
    }
    expect(await go('tri', { to_state: 'SHIPPED', expected_version: 1 })).toEqual([400, 'invalid_transition', []])
    expect(await go('ben', { to_state: 'IN_PROGRESS', expected_version: 1 })).toEqual([403, 'forbidden', []])
    expect(await go('far', { to_state: 'IN_PROGRESS', expected_version: 1 })).toEqual([403, 'forbidden', []])
    expect(await go('tri', { to_state: 'IN_PROGRESS', expected_version: 7 })).toEqual([409, 'version_conflict', []])
    expect(await go('tri', { to_state: 'WAITING', expected_version: 1, note: 'x' })).toEqual([
      422,
      'validation_error',
      ['body.waiting_on'],
    ])
    expect(await go('tri', { to_state: 'RESOLVED', expected_version: 1, resolution: 'FIXED' })).toEqual([
      422,
      'validation_error',
      ['body.note'],
    ])
    expect((await t.read('tri', id)).version).toBe(1)
  })

  test('a stale change is answered with the record as it now is', async () => {
    const item = await t.file('ann')
    await t.as('tri').workItemEdit({ params: { id: item.id }, body: { expected_version: 1, priority: 'P1' } })
    const { error } = await t
      .as('own')
      .workItemTransition({ params: { id: item.id }, body: { to_state: 'IN_PROGRESS', expected_version: 1 } })
    expect(error).toMatchObject({
      code: 'version_conflict',
      details: {
        current_version: 2,
        current: { id: item.id, version: 2, priority: 'P1', updated_by: 'tri@x.example' },
      },
    })
  })

  test('of fifty transitions at once with one version exactly one wins', async () => {
    const { id } = await t.file('ann')
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        t.as(i % 2 === 0 ? 'tri' : 'own').workItemTransition({
          params: { id },
          body: { to_state: 'IN_PROGRESS', expected_version: 1, assigned_to: `p${i}@x.example` },
        }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 49 }, () => 409)])
    const winner = answers.find(({ status }) => status === 200)
    expect(await t.read('tri', id)).toMatchObject({ version: 2, assigned_to: winner?.body.assigned_to })
  })
})

describe('duplicates', () => {
  test('both sides show it, a duplicate of a duplicate is refused, and it can be undone', async () => {
    const first = await t.file('ann', { title: 'First report' })
    const second = await t.file('ben', { title: 'Second report' })
    const improvement = await t.file('ben', { item_type: 'IMPROVEMENT', title: 'Another type' })
    const close = (id: string, duplicate_of: string, expected_version = 1) =>
      t.as('tri').workItemTransition({
        params: { id },
        body: { to_state: 'CLOSED', resolution: 'DUPLICATE', duplicate_of, expected_version },
      })
    for (const wrong of [second.id, improvement.id, crypto.randomUUID()]) {
      expect((await close(second.id, wrong)).error?.details?.fields).toHaveProperty(['body.duplicate_of'])
    }
    expect((await close(second.id, first.id)).status).toBe(200)
    expect(await t.read('ann', second.id)).toMatchObject({
      duplicate_of_item: { id: first.id, title: 'First report' },
      category: 'done',
    })
    expect((await t.read('ann', first.id)).duplicates.map(({ id }) => id)).toEqual([second.id])
    const third = await t.file('ben')
    expect((await close(third.id, second.id)).error?.details?.fields).toHaveProperty(['body.duplicate_of'])

    const undo = { to_state: 'IN_PROGRESS' as const, expected_version: 2, note: 'It is another one' }
    expect((await t.as('tri').workItemTransition({ params: { id: second.id }, body: undo })).status).toBe(200)
    expect(await t.read('ann', second.id)).toMatchObject({ duplicate_of: null, resolution: null })
    expect((await t.read('ann', first.id)).duplicates).toEqual([])
  })
})

describe('requests', () => {
  const access = {
    item_type: 'PLATFORM_REQUEST' as const,
    title: 'Read the orders',
    template: 'access' as const,
    answers: {
      resource: 'main.sales.orders',
      level: 'Read',
      principal: 'analysts',
      personal_data: false,
      justification: 'Weekly report',
    },
  }

  test('a template that asks for approval begins with it; nobody approves their own; an edit voids it', async () => {
    const item = await t.file('own', access)
    expect(item.state).toBe('PENDING_APPROVAL')
    const approve = (name: PersonName, expected_version: number) =>
      t.as(name).workItemTransition({ params: { id: item.id }, body: { to_state: 'APPROVED', expected_version } })
    expect((await approve('own', 1)).status).toBe(403)
    expect((await approve('tri', 1)).status).toBe(403)
    expect((await approve('root', 1)).body).toMatchObject({ state: 'APPROVED', approved_by: 'root@x.example' })

    const edit = (expected_version: number, answers: Record<string, string | boolean>) =>
      t.as('own').workItemEdit({ params: { id: item.id }, body: { expected_version, answers } })
    expect((await edit(2, access.answers)).body).toMatchObject({ version: 2, state: 'APPROVED' })
    expect((await edit(2, { ...access.answers, level: 'Own' })).body).toMatchObject({
      version: 3,
      state: 'PENDING_APPROVAL',
      approved_by: null,
      answers: { level: 'Own' },
    })
    const { items } = (await t.as('ann').workItemEvents({ params: { id: item.id } })).body
    expect(items.map(({ type }) => type)).toEqual(['CREATE', 'STATE_CHANGE', 'STATE_CHANGE'])
    expect(items[1]?.changes).toContainEqual({ field: 'approved_by', from: null, to: 'root@x.example' })
  })

  test('what is wrong with an answer is named by its field, at creation and in an edit', async () => {
    const create = await t.as('ann').workItemCreate({
      body: { ...access, platform_id: t.here.id, answers: { ...access.answers, level: 'All of it', colour: 'red' } },
    })
    expect(create.error?.details?.fields).toEqual({
      'body.answers.level': expect.stringContaining('must be one of'),
      'body.answers.colour': expect.any(String),
    })
    const item = await t.file('ann', access)
    const edit = await t.as('ann').workItemEdit({ params: { id: item.id }, body: { expected_version: 1, answers: {} } })
    expect(Object.keys(edit.error?.details?.fields ?? {})).toContain('body.answers.resource')
    for (const wrong of [{ template: undefined }, { item_type: 'INCIDENT' as const }]) {
      const { template, ...rest } = { ...access, ...wrong }
      const body = { ...rest, ...(template !== undefined && { template }) }
      expect((await t.as('ann').workItemCreate({ body })).status).toBe(422)
    }
  })
})

describe('the portal acts on its own', () => {
  const day = 86_400_000

  test('what is resolved and not touched for five days is closed, recorded as the portal', async () => {
    const touched = await t.put('INCIDENT', 'RESOLVED')
    const left = await t.put('INCIDENT', 'RESOLVED')
    const fulfilled = await t.put('PLATFORM_REQUEST', 'FULFILLED')
    t.p.tick(5 * day - 1)
    await t.p.portal.timers.tick(t.p.now)
    expect((await t.read('ann', left)).state).toBe('RESOLVED')
    await t.as('ben').workItemComment({ params: { id: touched }, body: { body: 'It came back for a moment' } })
    t.p.tick(1)
    // Two at once, as two instances would: each item moves once.
    await Promise.all([t.p.portal.timers.tick(t.p.now), t.p.portal.timers.tick(t.p.now)])
    expect(await t.read('ann', left)).toMatchObject({ state: 'CLOSED', version: 2, updated_by: 'system:workflow' })
    expect((await t.read('ann', fulfilled)).state).toBe('CLOSED')
    expect((await t.read('ann', touched)).state).toBe('RESOLVED')
    const { items } = (await t.as('ann').workItemEvents({ params: { id: left } })).body
    expect(items.at(-1)).toMatchObject({ type: 'STATE_CHANGE', by: 'system:workflow' })
  })

  test('what waits for the requester goes on when they comment, and only then', async () => {
    const incident = await t.put('INCIDENT', 'WAITING', { waiting_on: 'REQUESTER' })
    const vendor = await t.put('INCIDENT', 'WAITING', { waiting_on: 'VENDOR' })
    const request = await t.put('PLATFORM_REQUEST', 'WAITING', {
      waiting_on: 'VENDOR',
      waiting_from: 'PENDING_APPROVAL',
    })
    t.p.tick(1000)
    const say = (name: PersonName, id: string) =>
      t.as(name).workItemComment({ params: { id }, body: { body: 'Here it is' } })
    await say('ben', incident)
    expect((await t.read('ann', incident)).state).toBe('WAITING')
    for (const id of [incident, vendor, request]) await say('ann', id)
    expect(await t.read('ann', incident)).toMatchObject({
      state: 'IN_PROGRESS',
      waiting_on: null,
      updated_by: 'system:workflow',
    })
    expect((await t.read('ann', vendor)).state).toBe('WAITING')
    expect(await t.read('ann', request)).toMatchObject({ state: 'PENDING_APPROVAL', waiting_from: null })
  })

  test('a crash between the comment and going on is made up for at the next tick', async () => {
    const id = await t.put('INCIDENT', 'WAITING', { waiting_on: 'REQUESTER' })
    t.p.tick(1000)
    const fields = { work_item_id: id, body: 'Here it is', by_staff: false }
    await t.p.portal.journal.commit(
      [{ table: 'work_item_comments', id: crypto.randomUUID(), expectedVersion: 0, fields }],
      { by: 'ann@x.example', actor: null, at: t.p.now, action: 'work_item.comment', requestId: crypto.randomUUID() },
    )
    expect((await t.read('ann', id)).state).toBe('WAITING')
    await t.p.portal.timers.tick(t.p.now)
    expect((await t.read('ann', id)).state).toBe('IN_PROGRESS')
  })
})
