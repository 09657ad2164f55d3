import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WorkItem } from '../../../../contracts/tickets.ts'
import {
  categoryOf,
  type ItemState,
  type ItemType,
  itemStates,
  itemTypes,
  type resolutions,
  type Who,
  workflows,
} from '../../../../contracts/workflows.ts'
import { newItem } from './open.ts'
import { type Facts, takeTransition, transitionOptions } from './transition.ts'

/**
 * The tables of the design, row by row as they are written there: from -> to | who | condition | what it needs.
 * Read by this test only, so that the table in the contracts is held against a second reading.
 */
const written: Record<ItemType, string> = {
  INCIDENT: `
    NEW -> IN_PROGRESS | T S X | | assignee?
    NEW, IN_PROGRESS -> WAITING | T S X | | waiting_on note
    WAITING -> IN_PROGRESS | T S X | |
    WAITING -> IN_PROGRESS | SYS | requester |
    NEW, IN_PROGRESS, WAITING -> RESOLVED | T S X | | note resolution:FIXED/WORKAROUND/SELF_RECOVERED/EXTERNAL_FIX/CANNOT_REPRODUCE
    NEW, IN_PROGRESS, WAITING -> CLOSED | T S X | | duplicate_of resolution:DUPLICATE
    NEW, IN_PROGRESS, WAITING -> CLOSED | T S X | | note resolution:NOT_AN_INCIDENT
    NEW -> CLOSED | A | no staff | note resolution:WITHDRAWN
    RESOLVED -> CLOSED | A T S X SYS | |
    RESOLVED -> IN_PROGRESS | A T S X | | note
    CLOSED -> IN_PROGRESS | X | | note
    CLOSED -> IN_PROGRESS | T S | was duplicate | note`,
  IMPROVEMENT: `
    NEW -> UNDER_REVIEW | T S X | |
    UNDER_REVIEW -> NEW | T S X | | note
    NEW, UNDER_REVIEW -> PLANNED | S X | | note
    PLANNED -> IN_PROGRESS | S X | | assignee
    PLANNED -> UNDER_REVIEW | S X | | note
    IN_PROGRESS -> PLANNED | S X | | note
    UNDER_REVIEW, PLANNED, IN_PROGRESS -> SHIPPED | S X | | note
    NEW, UNDER_REVIEW -> DECLINED | S X | | note resolution:OUT_OF_SCOPE/ALREADY_EXISTS/NOT_FEASIBLE/LOW_VALUE/CONFLICTS
    NEW, UNDER_REVIEW -> DECLINED | T | | note resolution:OUT_OF_SCOPE/ALREADY_EXISTS
    PLANNED, IN_PROGRESS -> DECLINED | S X | | note resolution:OUT_OF_SCOPE/ALREADY_EXISTS/NOT_FEASIBLE/LOW_VALUE/CONFLICTS/PLANS_CHANGED
    NEW, UNDER_REVIEW, PLANNED, IN_PROGRESS -> DUPLICATE | T S X | | duplicate_of
    DUPLICATE -> UNDER_REVIEW | T S X | | note
    NEW -> WITHDRAWN | A | alone | note
    DECLINED -> UNDER_REVIEW | T S X | | note
    SHIPPED -> IN_PROGRESS | S X | | note`,
  PLATFORM_REQUEST: `
    SUBMITTED -> PENDING_APPROVAL | T S X SYS | |
    SUBMITTED -> IN_PROGRESS | T S X | no approval | assignee
    PENDING_APPROVAL -> APPROVED | S X | not author |
    SUBMITTED, PENDING_APPROVAL -> REJECTED | S X | | note
    SUBMITTED -> REJECTED | T | | note
    SUBMITTED, PENDING_APPROVAL, IN_PROGRESS -> WAITING | T S X | | waiting_on note
    WAITING -> ORIGIN | T S X SYS | |
    APPROVED -> IN_PROGRESS | T S X | | assignee
    APPROVED, IN_PROGRESS -> PENDING_APPROVAL | SYS | |
    IN_PROGRESS -> FULFILLED | T S X | | note
    IN_PROGRESS -> REJECTED | S X | | note
    FULFILLED -> CLOSED | A SYS | |
    FULFILLED -> IN_PROGRESS | A T S X | | note
    SUBMITTED, PENDING_APPROVAL, APPROVED -> CANCELLED | A | |
    SUBMITTED, PENDING_APPROVAL, APPROVED -> CANCELLED | T S X | | note
    CLOSED -> IN_PROGRESS | X | | note`,
}

interface Line {
  from: string[]
  to: string
  who: string[]
  condition: string
  needs: string[]
}
const linesOf = (type: ItemType): Line[] =>
  written[type]
    .trim()
    .split('\n')
    .map((text) => {
      const [path = '', who = '', condition = '', needs = ''] = text.split('|').map((part) => part.trim())
      const [from = '', to = ''] = path.split(' -> ')
      return { from: from.split(', '), to, who: who.split(' '), condition, needs: needs.split(' ').filter(Boolean) }
    })

const NOW = Date.parse('2026-11-22T12:00:00.000Z')
const OTHER = '0193a000-0000-7000-8000-0000000000ff'

function itemIn(type: ItemType, state: ItemState, more: Partial<WorkItem> = {}): WorkItem {
  const made = newItem({ item_type: type === 'PLATFORM_REQUEST' ? 'INCIDENT' : type, title: 'x' }, NOW - 1000)
  if (!('fields' in made)) throw new Error('It is well formed')
  const record = { id: '0193a000-0000-7000-8000-000000000001', version: 1, created_by: 'ann', updated_by: 'ann' }
  const at = new Date(NOW - 1000).toISOString()
  return {
    ...record,
    ...made.fields,
    created_at: at,
    updated_at: at,
    item_type: type,
    state,
    category: categoryOf[state],
    ...more,
  }
}

const holdsIn = (condition: string, facts: Facts): boolean =>
  ({
    '': true,
    requester: facts.item.waiting_on === 'REQUESTER',
    'no staff': !facts.staffHasActed,
    'was duplicate': facts.item.resolution === 'DUPLICATE',
    alone: !facts.othersTookPart,
    'no approval': facts.item.template !== 'access',
    'not author': facts.item.created_by !== facts.callerId,
  })[condition] ?? false

/** A request that gives what the line needs, with this resolution. */
const answering = (line: Line, to_state: ItemState, resolution: string | undefined) => ({
  to_state,
  ...(line.needs.includes('note') && { note: 'Because' }),
  ...(line.needs.includes('waiting_on') && { waiting_on: 'VENDOR' as const }),
  ...(line.needs.includes('assignee') && { assigned_to: 'tri' }),
  ...(line.needs.includes('duplicate_of') && { duplicate_of: OTHER }),
  ...(resolution !== undefined && { resolution: resolution as (typeof resolutions)[number] }),
})
const resolutionsOf = (line: Line): (string | undefined)[] =>
  line.needs
    .find((need) => need.startsWith('resolution:'))
    ?.slice('resolution:'.length)
    .split('/') ?? [undefined]

/** Everybody that there can be: each role alone, with and without being the author, and the portal. */
const callers: Who[][] = [
  [],
  ...(['T', 'S', 'X'] as const).flatMap((who): Who[][] => [[who], ['A', who]]),
  ['A'],
  ['SYS'],
]
const yesNo = [false, true]

function* situations(type: ItemType): Generator<Facts> {
  for (const state of workflows[type].states)
    for (const who of callers)
      for (const staffHasActed of yesNo)
        for (const othersTookPart of yesNo)
          for (const isMarked of yesNo) {
            const item = itemIn(type, state, {
              ...(type === 'PLATFORM_REQUEST' && { template: isMarked ? 'access' : 'change' }),
              ...(state === 'WAITING' && {
                waiting_on: isMarked ? 'REQUESTER' : 'VENDOR',
                waiting_from: type === 'PLATFORM_REQUEST' ? 'PENDING_APPROVAL' : null,
              }),
              ...(categoryOf[state] === 'done' &&
                type === 'INCIDENT' && { resolution: isMarked ? 'DUPLICATE' : 'FIXED' }),
            })
            const callerId = who.includes('A') ? 'ann' : who.includes('SYS') ? 'system:workflow' : 'tri'
            yield { item, who, because: 'You may not', callerId, staffHasActed, othersTookPart }
          }
}

describe.each(itemTypes)('%s', (type) => {
  const lines = linesOf(type)

  test('every transition, for everybody, is what the design says', () => {
    let taken = 0
    for (const facts of situations(type)) {
      for (const to of itemStates) {
        const here = lines.filter(
          (line) =>
            line.from.includes(facts.item.state) && (line.to === 'ORIGIN' ? facts.item.waiting_from : line.to) === to,
        )
        if (here.length === 0) {
          expect(takeTransition(facts, { to_state: to, note: 'Because' }, NOW).kind).toBe('unknown')
          continue
        }
        const open = here.filter(
          (line) => line.who.some((who) => facts.who.includes(who as Who)) && holdsIn(line.condition, facts),
        )
        for (const line of here) {
          for (const resolution of resolutionsOf(line)) {
            const outcome = takeTransition(facts, answering(line, to, resolution), NOW)
            const isOpen = open.some(
              (one) =>
                resolutionsOf(one).includes(resolution) &&
                one.needs.every(
                  (need) => line.needs.includes(need) || need.endsWith('?') || need.startsWith('resolution'),
                ),
            )
            const what = `${facts.item.state} -> ${to} by ${facts.who.join('+')} ${resolution ?? ''} ${JSON.stringify(line)}`
            if (isOpen) {
              expect(outcome, what).toMatchObject({ kind: 'taken', changes: { state: to, category: categoryOf[to] } })
              taken += 1
            } else expect(['forbidden', 'invalid'], what).toContain(outcome.kind)
            if (open.length === 0) expect(outcome.kind, what).toBe('forbidden')
          }
        }
      }
    }
    expect(taken).toBeGreaterThan(100)
  })

  test('what is offered is what is taken, and what is not says why', () => {
    for (const facts of situations(type)) {
      const options = transitionOptions(facts)
      for (const option of options) {
        const request = {
          to_state: option.to_state,
          ...(option.note !== null && { note: 'Because' }),
          ...(option.assignee === 'required' && { assigned_to: 'tri' }),
          ...(option.waiting_on[0] !== undefined && { waiting_on: option.waiting_on[0] }),
          ...(option.duplicate_of && { duplicate_of: OTHER }),
        }
        for (const resolution of option.resolutions.length === 0 ? [undefined] : option.resolutions) {
          const outcome = takeTransition(facts, { ...request, ...(resolution !== undefined && { resolution }) }, NOW)
          if (option.blocked_reason === null)
            expect(outcome.kind, JSON.stringify({ option, who: facts.who })).toBe('taken')
          else expect(option.blocked_reason).not.toBe('')
        }
      }
      const open = options.filter(({ blocked_reason }) => blocked_reason === null).map(({ to_state }) => to_state)
      const wanted = lines
        .filter((line) => line.from.includes(facts.item.state) && holdsIn(line.condition, facts))
        .filter((line) => line.who.some((who) => who !== 'SYS' && facts.who.includes(who as Who)))
        .map((line) => (line.to === 'ORIGIN' ? facts.item.waiting_from : line.to))
      if (!facts.who.includes('SYS')) expect(new Set(open)).toEqual(new Set(wanted))
    }
  })
})

describe('what is missing or does not belong is named', () => {
  const facts = (item: WorkItem, who: Who[]): Facts => ({
    item,
    who,
    because: '',
    callerId: 'tri',
    staffHasActed: false,
    othersTookPart: false,
  })
  const wrong = (item: WorkItem, request: Parameters<typeof takeTransition>[1]) => {
    const outcome = takeTransition(facts(item, ['X']), request, NOW)
    return outcome.kind === 'invalid' ? Object.keys(outcome.fields).sort() : outcome.kind
  }
  const incident = itemIn('INCIDENT', 'NEW')

  test.each([
    [{ to_state: 'WAITING' as const }, ['note', 'waiting_on']],
    [{ to_state: 'RESOLVED' as const }, ['note', 'resolution']],
    [{ to_state: 'RESOLVED' as const, note: 'x', resolution: 'LOW_VALUE' as const }, ['resolution']],
    [{ to_state: 'CLOSED' as const, resolution: 'DUPLICATE' as const }, ['duplicate_of']],
    [{ to_state: 'CLOSED' as const, resolution: 'DUPLICATE' as const, duplicate_of: incident.id }, ['duplicate_of']],
    [{ to_state: 'IN_PROGRESS' as const, waiting_on: 'VENDOR' as const }, ['waiting_on']],
    [{ to_state: 'IN_PROGRESS' as const, resolution: 'FIXED' as const }, ['resolution']],
    [{ to_state: 'WAITING' as const, note: 'x', waiting_on: 'VENDOR' as const, assigned_to: 'ben' }, ['assigned_to']],
  ])('%j', (request, fields) => {
    expect(wrong(incident, request)).toEqual(fields)
  })

  test('an assignee who is needed may be there already', () => {
    expect(wrong(itemIn('IMPROVEMENT', 'PLANNED'), { to_state: 'IN_PROGRESS' })).toEqual(['assigned_to'])
    expect(wrong(itemIn('IMPROVEMENT', 'PLANNED', { assigned_to: 'ben' }), { to_state: 'IN_PROGRESS' })).toBe('taken')
    const outcome = takeTransition(facts(incident, ['T']), { to_state: 'IN_PROGRESS' }, NOW)
    expect(outcome).toMatchObject({ kind: 'taken', changes: { assigned_to: 'tri' } })
  })
})

test('over any life what waits, resolves, repeats and is approved is said only where it makes sense', () => {
  const walk = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom<Who>('A', 'T', 'S', 'X')), { maxLength: 30 })
  fc.assert(
    fc.property(fc.constantFrom(...itemTypes), walk, (type, steps) => {
      let item = itemIn(type, workflows[type].initial, type === 'PLATFORM_REQUEST' ? { template: 'access' } : {})
      let reopened = 0
      for (const [pick, which, who] of steps) {
        const facts: Facts = {
          item,
          who: [who],
          because: '',
          callerId: who === 'A' ? 'ann' : 'tri',
          staffHasActed: false,
          othersTookPart: false,
        }
        const open = transitionOptions(facts).filter(({ blocked_reason }) => blocked_reason === null)
        const option = open[pick % Math.max(1, open.length)]
        if (option === undefined) continue
        const resolution = option.resolutions[which % Math.max(1, option.resolutions.length)]
        const outcome = takeTransition(
          facts,
          {
            to_state: option.to_state,
            note: 'Because',
            ...(option.assignee !== null && { assigned_to: 'ben' }),
            ...(option.waiting_on[0] !== undefined && { waiting_on: option.waiting_on[0] }),
            ...(option.duplicate_of && { duplicate_of: OTHER }),
            ...(resolution !== undefined && { resolution }),
          },
          NOW,
        )
        if (outcome.kind !== 'taken') throw new Error(`${option.label} was offered and is ${outcome.kind}`)
        if (type === 'INCIDENT' && item.state === 'RESOLVED' && option.to_state === 'IN_PROGRESS') reopened += 1
        item = { ...item, ...outcome.changes }
        expect(item.category).toBe(categoryOf[item.state])
        expect(item.waiting_on !== null).toBe(item.state === 'WAITING')
        expect(item.waiting_from !== null).toBe(item.state === 'WAITING' && type === 'PLATFORM_REQUEST')
        if (item.category !== 'done') expect([item.resolution, item.duplicate_of]).toEqual([null, null])
        expect(item.duplicate_of !== null).toBe(item.resolution === 'DUPLICATE')
        if (item.state === 'APPROVED') expect(item.approved_by).toBe('tri')
        if (item.state === 'PENDING_APPROVAL') expect(item.approved_by).toBeNull()
        expect(item.reopen_count).toBe(reopened)
      }
    }),
    { numRuns: 300 },
  )
})
