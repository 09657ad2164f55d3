import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WorkItem } from '../../../contracts/tickets.ts'
import { itemTypes, type Who, workflows } from '../../../contracts/workflows.ts'
import type { Actor } from '../../access/actor.ts'
import { makeActor } from '../../access/bindings.ts'
import { decide, holds } from '../../access/decide.ts'
import { needsFor, voidApproval, voidsApproval } from '../../features/tickets/rules/edit.ts'
import { newItem } from '../../features/tickets/rules/open.ts'
import { autoMove } from '../../features/tickets/rules/timers.ts'
import { takeTransition } from '../../features/tickets/rules/transition.ts'
import { idOf } from '../../storage/ids.ts'
import { DAY_MS, toInstant } from '../../time.ts'
import { samplePeople, sampleTickets, type TicketStep, type TicketStory } from './tickets.ts'

const NOW = Date.UTC(2026, 10, 23, 9, 17)
/** Weekends, nights, turns of the year: the portal may be started at any time. */
const anyNow = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 11, 31) })
const everyNow = (holds: (now: number) => void) => fc.assert(fc.property(anyNow, holds), { numRuns: 60 })

describe('the sample tickets, played by the rules of the portal', () => {
  it('show every state of every type', () => {
    for (const type of itemTypes) {
      const ends = replay(sampleTickets(NOW), NOW)
        .filter(({ item }) => item.item_type === type)
        .map(({ item }) => item.state)
      expect([...new Set(ends)].sort()).toEqual([...workflows[type].states].sort())
    }
  })

  it('are voted on by different numbers of different people', () => {
    const counts = replay(sampleTickets(NOW), NOW)
      .filter(({ item }) => item.item_type === 'IMPROVEMENT')
      .map(({ voters }) => voters.length)
    for (const { key, voters } of replay(sampleTickets(NOW), NOW)) expect(new Set(voters).size, key).toBe(voters.length)
    expect(Math.max(...counts)).toBeGreaterThan(20)
    expect(Math.min(...counts)).toBe(0)
  })

  it('every step is one that its person may take, at a time when the portal itself has nothing to do', () => {
    everyNow((now) => {
      const refused = replay(sampleTickets(now), now).flatMap(({ key, refusals }) =>
        refusals.map((refusal) => `${key}: ${refusal}`),
      )
      expect(refused).toEqual([])
    })
  })

  it('what is resolved or fulfilled is recent enough to stay so for some time', () => {
    everyNow((now) => {
      const lately = now - 4 * DAY_MS
      for (const { key, item, lastAt } of replay(sampleTickets(now), now))
        if (item.state === 'RESOLVED' || item.state === 'FULFILLED') expect(lastAt, key).toBeGreaterThan(lately)
    })
  })
})

interface Replayed {
  key: string
  item: WorkItem
  voters: string[]
  /** When somebody last did something to it. */
  lastAt: number
  /** What a person did who may not, or what was not possible then. */
  refusals: string[]
}

interface Life extends Replayed {
  commented: { by: string; at: number; byStaff: boolean }[]
  changedBy: string[]
}

/** Plays tickets by the portal's own rules, without a portal, in the order of time over all of them. */
function replay(stories: readonly TicketStory[], now: number): Replayed[] {
  const lives = new Map<string, Life>()
  const acts = stories.flatMap((story) => [
    { at: story.at, act: () => void lives.set(story.key, begin(story)) },
    ...story.steps.map((step) => ({ at: step.at, act: () => play(lives, story.key, step) })),
  ])
  for (const { act } of acts.toSorted((a, b) => a.at - b.at)) act()
  for (const life of lives.values()) refuseTimer(life, now)
  return [...lives.values()]
}

function begin({ key, by, at, create }: TicketStory): Life {
  const made = newItem(create, at)
  if ('invalid' in made) throw new Error(`${key}: ${JSON.stringify(made.invalid)}`)
  const by_ = { created_at: toInstant(at), created_by: by, updated_at: toInstant(at), updated_by: by }
  const item = { id: idOf('replayed', key), version: 1, ...by_, ...made.fields }
  const refusals = decide(actorOf(by), 'work_item.create', targetOf(item)).allowed ? [] : [`${by} may not file it`]
  return { key, item, voters: [], lastAt: at, refusals, commented: [], changedBy: [] }
}

function play(lives: ReadonlyMap<string, Life>, key: string, step: TicketStep): void {
  const life = lives.get(key)
  if (life === undefined) throw new Error(`${key} is not there yet`)
  refuseTimer(life, step.at)
  const because = take(lives, life, step, actorOf(step.by))
  if (because !== null) life.refusals.push(`${step.do} by ${step.by} at ${toInstant(step.at)}: ${because}`)
  life.lastAt = step.at
}

/** Null, or why not. */
function take(lives: ReadonlyMap<string, Life>, life: Life, step: TicketStep, actor: Actor): string | null {
  const { item } = life
  const may = (permission: Parameters<typeof decide>[1]) => decide(actor, permission, targetOf(item)).allowed
  switch (step.do) {
    case 'watch':
      return may('work_item.read') ? null : 'may not'
    case 'vote':
      if (item.category === 'done') return 'voting is closed'
      life.voters.push(step.by)
      return may('work_item.vote') ? null : 'may not'
    case 'comment':
      life.commented.push({ by: step.by, at: step.at, byStaff: may('work_item.triage') })
      resume(life, step.at)
      return may('work_item.comment') ? null : 'may not'
    case 'edit': {
      const refused = needsFor(step.changes).filter((permission) => !may(permission))
      change(life, step, {
        ...step.changes,
        ...(voidsApproval(item, step.changes) ? voidApproval(item, step.at) : {}),
      })
      return refused.length === 0 ? null : refused.join(', ')
    }
    case 'move': {
      const { duplicate_of, ...request } = step.request
      const original = duplicate_of === undefined ? undefined : lives.get(duplicate_of.replace(/^ticket:/, ''))
      if (duplicate_of !== undefined && (original === undefined || original.item.item_type !== item.item_type))
        return `${duplicate_of} is no ticket of this type at that time`
      if (original !== undefined && original.item.duplicate_of !== null) return `${duplicate_of} is itself a duplicate`
      const outcome = takeTransition(
        factsOf(life, actor),
        { ...request, ...(original !== undefined && { duplicate_of: original.item.id }) },
        step.at,
      )
      if (outcome.kind !== 'taken') return `${item.state} to ${request.to_state}: ${JSON.stringify(outcome)}`
      change(life, step, outcome.changes)
      return null
    }
  }
}

function change(life: Life, { by, at }: { by: string; at: number }, changes: Partial<WorkItem>): void {
  life.changedBy.push(by)
  life.item = { ...life.item, ...changes, updated_at: toInstant(at), updated_by: by, version: life.item.version + 1 }
}

/** The portal goes on by itself when the author has answered. */
function resume(life: Life, at: number): void {
  const outcome = autoMove(timerFactsOf(life), at)
  if (outcome !== null) change(life, { by: 'system:workflow', at }, outcome.changes)
}

function refuseTimer(life: Life, at: number): void {
  const outcome = autoMove(timerFactsOf(life), at)
  if (outcome !== null) life.refusals.push(`by ${toInstant(at)} the portal itself has made it ${outcome.changes.state}`)
}

function timerFactsOf({ item, commented }: Life) {
  const newest = (of: Life['commented']) => (of.length === 0 ? null : toInstant(Math.max(...of.map(({ at }) => at))))
  return {
    item,
    lastCommentAt: newest(commented),
    lastAuthorCommentAt: newest(commented.filter(({ by }) => by === item.created_by)),
  }
}

function factsOf({ item, commented, voters, changedBy }: Life, actor: Actor) {
  const isOther = (by: string) => by !== item.created_by
  const decision = decide(actor, 'work_item.transition', targetOf(item))
  return {
    item,
    who: decision.allowed ? whoIs(actor, item) : [],
    because: decision.because,
    callerId: actor.id,
    staffHasActed: changedBy.some(isOther) || commented.some(({ by, byStaff }) => byStaff && isOther(by)),
    othersTookPart: [...voters, ...commented.map(({ by }) => by)].some(isOther),
  }
}

function whoIs(actor: Actor, { created_by, platform_id }: WorkItem): Who[] {
  const roles = { T: 'triager', S: 'service_owner', X: 'admin' } as const
  const held = (['T', 'S', 'X'] as const).filter((who) => holds(actor, roles[who], platform_id))
  return created_by === actor.id ? ['A', ...held] : held
}

const targetOf = (item: Pick<WorkItem, 'platform_id' | 'created_by' | 'category'>) => ({
  platformIds: item.platform_id === null ? [] : [item.platform_id],
  owner: item.created_by,
  isOpen: item.category !== 'done',
})

const actors = new Map(
  samplePeople.map(({ email, name, role, platformIds }) => {
    const everywhere = { role: role === 'service_owner' ? ('contributor' as const) : role, platform_id: null }
    const grants = [everywhere, ...platformIds.map((platform_id) => ({ role, platform_id }))]
    return [email, makeActor('user', email, { user: null, email, name, groups: [] }, grants)]
  }),
)

function actorOf(email: string): Actor {
  const actor = actors.get(email)
  if (actor === undefined) throw new Error(`${email} is nobody in the sample company`)
  return actor
}
