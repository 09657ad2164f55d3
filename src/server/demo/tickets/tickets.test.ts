import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WorkItemCommentCreate, WorkItemCreate, WorkItemEdit, WorkItemTransition } from '../../../contracts/tickets.ts'
import { compileCheck } from '../../http/validate.ts'
import { DAY_MS } from '../../time.ts'
import { sampleEstate } from '../estate.ts'
import { samplePeople, sampleTickets, type TicketStep } from './tickets.ts'

const NOW = Date.UTC(2026, 10, 23, 9, 17)
const stories = sampleTickets(NOW)
const steps = stories.flatMap((story) => story.steps)

/** Weekends, nights, turns of the year: the portal may be started at any time. */
const anyNow = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 11, 31) })
const everyNow = (holds: (now: number) => void) => fc.assert(fc.property(anyNow, holds), { numRuns: 60 })

describe('the people of the sample company', () => {
  it('are about two dozen with an address of their own', () => {
    expect(samplePeople.length).toBeGreaterThanOrEqual(20)
    expect(new Set(samplePeople.map(({ email }) => email)).size).toBe(samplePeople.length)
    for (const { email } of samplePeople) expect(email).toMatch(/^[a-z]+(\.[a-z]+)+@example\.com$/)
  })

  it('own every platform, and only service owners own one', () => {
    const owned = samplePeople.flatMap(({ platformIds }) => platformIds)
    expect([...owned].sort()).toEqual(
      sampleEstate('http://sample')
        .platforms.map(({ id }) => id)
        .sort(),
    )
    for (const { role, platformIds } of samplePeople) expect(platformIds.length > 0).toBe(role === 'service_owner')
  })
})

describe('the sample tickets', () => {
  it('are written as the contract wants it', () => {
    const checks = {
      create: compileCheck(WorkItemCreate),
      comment: compileCheck(WorkItemCommentCreate),
      edit: compileCheck(WorkItemEdit),
      move: compileCheck(WorkItemTransition),
    }
    const check = (step: TicketStep) => {
      if (step.do === 'comment') checks.comment({ body: step.body }, 'body')
      if (step.do === 'edit') checks.edit({ ...step.changes, expected_version: 1 }, 'body')
      if (step.do === 'move') {
        // Its id takes the place of the key when it is played.
        const { duplicate_of, ...request } = step.request
        checks.move({ ...request, expected_version: 1 }, 'body')
      }
    }
    for (const { create } of stories) checks.create(create, 'body')
    steps.forEach(check)
  })

  it('have a key each, and are known by nothing else than people of the company', () => {
    expect(new Set(stories.map(({ key }) => key)).size).toBe(stories.length)
    const known = new Set(samplePeople.map(({ email }) => email))
    const named = [
      ...stories.map(({ by }) => by),
      ...steps.map(({ by }) => by),
      ...steps.flatMap((step) => (step.do === 'move' ? [step.request.assigned_to] : [])),
      ...steps.flatMap((step) => (step.do === 'edit' ? [step.changes.assigned_to] : [])),
    ]
    expect(named.filter((email) => typeof email === 'string' && !known.has(email))).toEqual([])
  })

  it('take no more steps than a start has patience for, and no ticket is talked to death', () => {
    expect(steps.length).toBeLessThanOrEqual(430)
    for (const { key, steps } of stories)
      expect(steps.filter((step) => step.do === 'comment').length, key).toBeLessThanOrEqual(8)
  })

  it('are the same when told twice', () => {
    expect(sampleTickets(NOW)).toEqual(stories)
  })
})

describe('whenever the portal starts', () => {
  it('the tickets lie in the past, within 80 days, in their order', () => {
    everyNow((now) => {
      const told = sampleTickets(now)
      expect(told.map(({ at }) => at)).toEqual(told.map(({ at }) => at).sort((a, b) => a - b))
      expect(told.filter(({ at }) => at > now - 2 * DAY_MS).length).toBeGreaterThanOrEqual(5)
      for (const { key, at, steps } of told) {
        expect(at, key).toBeGreaterThan(now - 80 * DAY_MS)
        const times = [at, ...steps.map((step) => step.at), now]
        for (const [index, time] of times.slice(1).entries()) expect(time, key).toBeGreaterThan(times[index] ?? now)
      }
    })
  })
})
