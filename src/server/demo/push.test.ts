import { describe, expect, it } from 'vitest'
import { observationsFor } from './backfill.ts'
import { sampleEstate } from './estate.ts'
import { createPusher } from './push.ts'
import { createStory } from './story.ts'
import { MINUTE_MS } from './things.ts'

const SINCE = Date.UTC(2026, 10, 23, 9)
const story = createStory({ scenario: 'degraded', since: SINCE })
const { checks } = sampleEstate('http://sample')
const pushed = checks.filter(({ source }) => source.connector === 'push')

describe('the jobs that report in', () => {
  it('report first what they last did, then each end of a run once', () => {
    const pusher = createPusher({ story, checks })
    expect(
      pusher
        .pushDue(SINCE)
        .map(({ check_id }) => check_id)
        .sort(),
    ).toEqual(pushed.map(({ id }) => id).sort())
    expect(pusher.pushDue(SINCE)).toEqual([])
    const later = Array.from({ length: 24 * 60 }, (_, minute) =>
      pusher.pushDue(SINCE + (minute + 1) * MINUTE_MS),
    ).flat()
    expect(new Set(later.map(({ check_id, measured_at }) => `${check_id} ${measured_at}`)).size).toBe(later.length)
    expect(later.length).toBeGreaterThanOrEqual(24 + 7)
    for (const { measured_at } of later) expect(Date.parse(measured_at)).toBeGreaterThan(SINCE)
  })

  it('report the same whether they are asked every minute or once for the day', () => {
    const until = SINCE + 86_400_000
    const once = createPusher({ story, checks, reportedUntil: SINCE }).pushDue(until)
    const filled = pushed.flatMap((check) => [...observationsFor(story, check, SINCE + 1, until + 1, 5 * MINUTE_MS)])
    expect(once).toEqual(filled)
    expect(once.length).toBeGreaterThan(20)
  })

  it('have failed some time in ninety days, but seldom', () => {
    const seeds = ['a', 'b', 'c'].map((seed) => createStory({ scenario: 'healthy', since: SINCE, seed }))
    const reports = seeds.flatMap((each) =>
      pushed.flatMap((check) => [...observationsFor(each, check, SINCE - 90 * 86_400_000, SINCE, MINUTE_MS)]),
    )
    expect(reports.filter(({ outcome }) => outcome === 'fail').length).toBeGreaterThan(0)
    expect(reports.filter(({ outcome }) => outcome === 'fail').length).toBeLessThan(reports.length * 0.05)
  })
})
