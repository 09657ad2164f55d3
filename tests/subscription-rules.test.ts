import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { componentStatuses, impacts, indicators } from '../src/contracts/subscriptions.ts'
import {
  type Announcement,
  incidentSeverities,
  overAt,
} from '../src/server/features/subscriptions/rules/announcement.ts'
import { atomFeed } from '../src/server/features/subscriptions/rules/atom.ts'
import { type BadgeState, badge } from '../src/server/features/subscriptions/rules/badge.ts'
import { componentOf, pageStatus } from '../src/server/features/subscriptions/rules/components.ts'
import { incidentOf, maintenanceOf } from '../src/server/features/subscriptions/rules/news.ts'
import { incidentSteps, maintenanceSteps } from '../src/server/features/subscriptions/rules/progress.ts'
import { formats, parts } from './support/status-page-schema.ts'
import { announcement, anyText, now, platform } from './support/subscription-samples.ts'

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, formats })
const validators = Object.fromEntries(Object.entries(parts).map(([name, schema]) => [name, ajv.compile(schema)]))
const expectShape = (name: keyof typeof parts, value: unknown) => {
  const isShape = validators[name]?.(JSON.parse(JSON.stringify(value)))
  expect(isShape, JSON.stringify(validators[name]?.errors)).toBe(true)
}

const scene = fc
  .array(platform, { maxLength: 4 })
  .chain((platforms) =>
    fc.record({ platforms: fc.constant(platforms), message: announcement(platforms.map(({ id }) => id)), now }),
  )
const origin = 'https://portal.example.com'
const isIncident = ({ severity }: Announcement) => incidentSeverities.some((one) => one === severity)
/** As it was then: what had not been written yet is not there. */
const asOf = (message: Announcement, at: string): Announcement => ({
  ...message,
  updates: message.updates.filter((note) => note.at <= at),
})

describe('whatever was written and measured', () => {
  test('every component, incident and maintenance is one that clients of status pages read', () => {
    fc.assert(
      fc.property(scene, ({ platforms, message, now: at }) => {
        const components = platforms.map((one, i) => componentOf(one, i + 1))
        for (const component of components) expectShape('component', component)
        if (isIncident(message)) expectShape('incident', incidentOf(message, at, { origin, components }))
        if (message.severity === 'maintenance')
          expectShape('maintenance', maintenanceOf(message, at, { origin, components }))
      }),
    )
  })

  test('an incident is resolved, with a time, once its message is over; updates are newest first and join up', () => {
    fc.assert(
      fc.property(scene, ({ platforms, message, now: at }) => {
        const components = platforms.map((one, i) => componentOf(one, i + 1))
        const incident = incidentOf(message, at, { origin, components })
        if (overAt(message, at) !== null) expect(incident.status).toBe('resolved')
        expect(incident.resolved_at === null).toBe(incident.status !== 'resolved')
        const { incident_updates: updates } = incident
        expect(updates[0]?.status).toBe(incident.status)
        expect(new Set(updates.map(({ id }) => id)).size).toBe(updates.length)
        expect(updates.map(({ created_at }) => created_at)).toEqual(
          updates
            .map(({ created_at }) => created_at)
            .toSorted()
            .toReversed(),
        )
        for (const [i, update] of updates.entries())
          for (const [n, affected] of (update.affected_components ?? []).entries())
            expect(affected.old_status).toBe(updates[i + 1]?.affected_components?.[n]?.new_status ?? 'operational')
      }),
    )
  })

  test('time only adds: what was told keeps its id, its words and its time, and `updated` never goes back', () => {
    fc.assert(
      fc.property(scene, now, ({ message, now: a }, b) => {
        const [first = a, then = b] = [a, b].sort()
        fc.pre(message.published_at <= first)
        for (const stepsOf of [incidentSteps, maintenanceSteps]) {
          const [before, after] = [first, then].map((at) => stepsOf(asOf(message, at), at))
          expect(after?.slice(0, before?.length)).toEqual(before)
        }
        const [before = '', after = ''] = [first, then].map(
          (at) =>
            /<entry>[\s\S]*<updated>(.*)<\/updated>/.exec(feedOf([{ ...asOf(message, at), updated_at: '' }], at))?.[1],
        )
        expect(after >= before).toBe(true)
      }),
    )
  })

  test('a maintenance to come claims nothing of any component', () => {
    fc.assert(
      fc.property(scene, ({ platforms, message, now: at }) => {
        fc.pre(message.published_at <= at && at < message.start_at && message.archived_at === null)
        const components = platforms.map((one, i) => componentOf(one, i + 1))
        const told = maintenanceOf(asOf(message, at), at, { origin, components })
        expect(told.status).toBe('scheduled')
        const claims = told.incident_updates.flatMap((update) => update.affected_components ?? [])
        expect(claims.filter(({ new_status }) => new_status !== 'operational')).toEqual([])
      }),
    )
  })
})

describe('the overall state', () => {
  const statuses = fc.array(fc.constantFrom(...componentStatuses), { maxLength: 6 })
  const unplaced = fc.array(fc.constantFrom(...impacts), { maxLength: 3 })
  const rank = (...given: Parameters<typeof pageStatus>) => indicators.indexOf(pageStatus(...given).indicator)

  test('is one of four indicators, and none exactly when every component works or is under maintenance', () => {
    fc.assert(
      fc.property(statuses, (given) => {
        expectShape('status', pageStatus(given, []))
        const isCalm = given.every((status) => status === 'operational' || status === 'under_maintenance')
        expect(pageStatus(given, []).indicator === 'none').toBe(isCalm)
      }),
    )
  })

  test('never gets better because something gets worse', () => {
    fc.assert(
      fc.property(statuses, unplaced, fc.nat(), fc.constantFrom(...componentStatuses), (given, impact, i, worse) => {
        const at = given.length === 0 ? 0 : i % given.length
        fc.pre(given.length > 0 && componentStatuses.indexOf(worse) >= componentStatuses.indexOf(given[at] ?? worse))
        expect(rank(given.with(at, worse), impact)).toBeGreaterThanOrEqual(rank(given, impact))
        expect(rank(given, [...impact, 'critical'])).toBe(indicators.indexOf('critical'))
      }),
    )
  })

  test.each([
    [[], 'none', 'All Systems Operational'],
    [['operational', 'under_maintenance'], 'none', 'Service Under Maintenance'],
    [['under_maintenance', 'degraded_performance'], 'minor', 'Partially Degraded Service'],
    [['operational', 'partial_outage'], 'major', 'Partial System Outage'],
    [['operational', 'major_outage'], 'major', 'Partial System Outage'],
    [['major_outage', 'major_outage'], 'critical', 'Major System Outage'],
  ] as const)('of %j is %s', (given, indicator, description) => {
    expect(pageStatus(given, [])).toEqual({ indicator, description })
  })

  test('an unknown platform is not operational', () => {
    fc.assert(
      fc.property(platform, (one) => {
        const { status } = componentOf({ ...one, state: 'unknown', in_maintenance: false }, 1)
        expect(status).toBe('degraded_performance')
      }),
    )
  })
})

const feedOf = (messages: readonly Announcement[], at: string) =>
  atomFeed({ origin, path: '/history.atom', page: '/', title: 'Lakeport: messages' }, messages, at)
const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" }
const unescaped = (text: string) => text.replace(/&([a-z]+|#39);/g, (_, name: string) => entities[name] ?? '')

describe('the feed', () => {
  const messages = fc.uniqueArray(announcement([]), { maxLength: 4, selector: ({ id }) => id })

  test('holds nothing that XML has no place for, and no mark but those of its own elements', () => {
    fc.assert(
      fc.property(messages, now, (given, at) => {
        const xml = feedOf(given, at)
        expect(xml.isWellFormed()).toBe(true)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
        expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
        const outside = xml.replace(/<\/?[a-z]+(?: [a-z:]+="[^"<>]*")*\/?>|<\?xml [^<>]*\?>/g, '')
        expect(outside).not.toMatch(/[<>"']|&(?!(?:lt|gt|amp|quot|#39);)/)
      }),
    )
  })

  test('has an entry per message under an id that lasts, what changed last first, and reads back its title', () => {
    fc.assert(
      fc.property(messages, now, (given, at) => {
        const entries = feedOf(given, at).split('<entry>').slice(1)
        const idsOf = (entry: string) => /<id>tag:portal\.example\.com,2026:message\/(.*)<\/id>/.exec(entry)?.[1]
        expect(entries.map(idsOf).sort()).toEqual(given.map(({ id }) => id).sort())
        const updated = entries.map((entry) => /<updated>(.*)<\/updated>/.exec(entry)?.[1] ?? '')
        expect(updated).toEqual(updated.toSorted().toReversed())
        for (const entry of entries) {
          const title = given.find(({ id }) => id === idsOf(entry))?.title.toWellFormed() ?? ''
          // biome-ignore lint/suspicious/noControlCharactersInRegex: these are shown as unreadable.
          const readable = title.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
          expect(unescaped(/<title>([\s\S]*)<\/title>/.exec(entry)?.[1] ?? '')).toBe(readable)
        }
      }),
    )
  })

  test('an empty one is a feed too', () => {
    expect(feedOf([], '2026-11-22T12:00:00.000Z')).toContain('<updated>2026-01-01T00:00:00.000Z</updated>')
  })
})

describe('the badge', () => {
  const all = ['green', 'yellow', 'red', 'unknown', 'maintenance'] as const satisfies readonly BadgeState[]

  test('is as wide whatever the state, and says it in words', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const drawn = all.map((state) => badge(name, state))
        expect(new Set(drawn.map((svg) => /^<svg [^>]* width="(\d+)"/.exec(svg)?.[1])).size).toBe(1)
        expect(new Set(drawn.map((svg) => /<title>[^<]*: (\w+)<\/title>/.exec(svg)?.[1])).size).toBe(all.length)
        for (const svg of drawn) {
          expect(svg).not.toMatch(/<(?!\/?(?:svg|title|rect|path|g|text)\b)/)
          expect(svg).not.toMatch(/\s(?:style|on\w+|href|class)\s*=(?=[^<>]*>)/)
        }
      }),
    )
  })
})
