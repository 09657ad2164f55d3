import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GlossaryCreate } from '../../../contracts/glossary.ts'
import { compileCheck } from '../../http/validate.ts'
import { samplePeople } from '../tickets/tickets.ts'
import { sampleTerms } from './terms.ts'

const NOW = Date.UTC(2026, 10, 23, 9, 17)
const stories = sampleTerms(NOW)
const nameOf = ({ create }: (typeof stories)[number]) => `${create.domain}: ${create.term}`

test('are about sixty in five domains, in all states, as the contract wants them', () => {
  expect(stories.length).toBeGreaterThanOrEqual(58)
  expect(new Set(stories.map(({ create }) => create.domain)).size).toBe(5)
  expect(new Set(stories.map(({ key }) => key)).size).toBe(stories.length)
  const check = compileCheck(GlossaryCreate)
  for (const { create } of stories) check(create, 'body')
  expect(stories.filter(({ steps }) => steps.length === 0).length).toBeGreaterThanOrEqual(4)
  expect(stories.filter(({ steps }) => steps.some(({ successor }) => successor !== undefined)).length).toBe(5)
})

test('no word means two things: no term or synonym is another one in its domain', () => {
  for (const [domain, ours] of Map.groupBy(stories, ({ create }) => create.domain)) {
    const words = ours
      .flatMap(({ create }) => [create.term, ...(create.synonyms ?? [])])
      .map((word) => word.toLowerCase())
    expect(words.length, domain).toBe(new Set(words).size)
  }
})

test('are written and kept by people of the company who may', () => {
  const writers = new Set(samplePeople.filter(({ role }) => role !== 'contributor').map(({ email }) => email))
  for (const { by, create, steps } of stories)
    for (const email of [by, create.steward ?? '', ...steps.map((step) => step.by)]) expect(writers).toContain(email)
})

test('whenever the portal starts, everything lies in the past, and a successor is there before it is named', () => {
  const anyNow = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 11, 31) })
  fc.assert(
    fc.property(anyNow, (now) => {
      const told = sampleTerms(now)
      const began = new Map(told.map((story) => [nameOf(story), story.at]))
      for (const { key, at, steps } of told) {
        const times = [at, ...steps.map((step) => step.at), now]
        expect(times, key).toEqual(times.toSorted((a, b) => a - b))
        for (const { at: named, successor } of steps)
          if (successor !== undefined) expect(began.get(successor), key).toBeLessThan(named)
      }
    }),
    { numRuns: 60 },
  )
})
