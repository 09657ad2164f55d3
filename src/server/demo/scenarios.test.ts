import { afterEach, describe, expect, it } from 'vitest'
import type { StatusCheck } from '../../contracts/status.ts'
import { ruleOf } from '../features/status/rules/check.ts'
import { evaluateCheck } from '../features/status/rules/evaluate.ts'
import { observed } from '../features/status/rules/observed.ts'
import { emptyPast, foldAll } from '../features/status/rules/past.ts'
import { platformState } from '../features/status/rules/platform.ts'
import { platformTimeline } from '../features/status/rules/platform-timeline.ts'
import { rollupDays, sumDays } from '../features/status/rules/rollup.ts'
import { checkTimeline } from '../features/status/rules/timeline.ts'
import { uptimeOf } from '../features/status/rules/uptime.ts'
import type { CheckToPoll, Connector, Reading } from '../ingest/connector.ts'
import { createConnectors } from '../ingest/registry.ts'
import type { Observation } from '../storage/journal.ts'
import { observationsFor } from './backfill.ts'
import { type SampleCheck, sampleEstate, WAREHOUSE_ID } from './estate.ts'
import { type Scenario, scenarios } from './scenarios.ts'
import { createStory, type Story } from './story.ts'
import { type SampleWorkspace, startSampleWorkspace } from './workspace.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const SINCE = Date.UTC(2026, 10, 23, 9)
const STEP_MS = 5 * MINUTE_MS

/** What each scenario promises; platforms that are not named are green. */
const promised: Record<Scenario, Record<'red' | 'yellow' | 'unknown', string[]>> = {
  healthy: { red: [], yellow: [], unknown: [] },
  degraded: {
    red: ['Demand forecasting', 'Finance reporting'],
    yellow: ['Analytics warehouses', 'Customer 360', 'Sales lakehouse', 'Supply chain control tower'],
    unknown: [],
  },
  outage: {
    red: ['Analytics warehouses', 'Demand forecasting', 'Pricing engine', 'Sales lakehouse', 'Sales reporting'],
    yellow: ['Customer 360'],
    unknown: [],
  },
  unknown: {
    red: [],
    yellow: [],
    unknown: [
      'Customer 360',
      'Finance reporting',
      'Group consolidation',
      'Logistics tracking',
      'Marketing analytics',
      'Sales lakehouse',
      'Sales reporting',
      'Supply chain control tower',
      'Treasury desk',
    ],
  },
}

const { checks, platforms } = sampleEstate('http://127.0.0.1:1')

function ruleFor({ watches: _, ...check }: SampleCheck, createdAt: number) {
  const at = new Date(createdAt).toISOString()
  const recorded: StatusCheck = {
    ...check,
    version: 1,
    created_at: at,
    created_by: 'a',
    updated_at: at,
    updated_by: 'a',
  }
  return ruleOf(recorded, [])
}

/** The platforms as the portal shows them, by state. */
function shown(observations: (check: SampleCheck) => Observation[], at: number) {
  const byState: Record<string, string[]> = { red: [], yellow: [], unknown: [], green: [] }
  for (const platform of platforms) {
    const evaluated = checks
      .filter((check) => check.platform_id === platform.id)
      .map((check) => {
        const rule = ruleFor(check, at - DAY_MS)
        return { rule, evaluation: evaluateCheck(rule, foldAll(rule, observations(check).map(observed)), at) }
      })
    const { state } = platformState(evaluated, { hasCriticalMessage: false, isInMaintenance: false })
    byState[state]?.push(platform.name)
  }
  const { green = [], ...rest } = byState
  return {
    ...Object.fromEntries(Object.entries(rest).map(([state, names]) => [state, names.sort()])),
    greens: green.length,
  }
}

const expected = (scenario: Scenario) => {
  const { red, yellow, unknown } = promised[scenario]
  return { ...promised[scenario], greens: platforms.length - red.length - yellow.length - unknown.length }
}

/** The last four hours as polls would have filled them, up to and with `at`. */
const past = (story: Story, check: SampleCheck, at: number) => [
  ...observationsFor(story, check, at - 4 * HOUR_MS, at + 1, STEP_MS),
]

describe.each(scenarios)('the scenario %s', (scenario) => {
  it.each([0, 3, 7, 13, 18, 22])('shows what it promises when it begins at %i o’clock, and six hours on', (hour) => {
    const since = Date.UTC(2027, 1, 3, hour)
    const story = createStory({ scenario, since })
    for (const minutes of [0, 41, 133, 360]) {
      const at = since + minutes * MINUTE_MS
      expect(
        shown((check) => past(story, check, at), at),
        `${minutes} minutes on`,
      ).toEqual(expected(scenario))
    }
  })
})

describe('the degraded scenario', () => {
  it('moves on by itself: the gateway is slow now and then, and data ages', () => {
    const story = createStory({ scenario: 'degraded', since: SINCE })
    const gateway = checks.filter(({ name }) => name === 'SQL gateway answer time')
    const readings = gateway.flatMap((check) => [...observationsFor(story, check, SINCE, SINCE + HOUR_MS, MINUTE_MS)])
    expect(new Set(readings.map(({ reading }) => reading))).toEqual(new Set(['green', 'yellow']))
  })
})

describe('ninety days of history', () => {
  const from = SINCE - 90 * DAY_MS
  const story = createStory({ scenario: 'healthy', since: SINCE })
  const histories = platforms.map((platform) => {
    const timelines = checks
      .filter((check) => check.platform_id === platform.id)
      .map((check) => {
        const rule = ruleFor(check, from)
        const observations = [...observationsFor(story, check, from, SINCE, STEP_MS)].map(observed)
        return checkTimeline(rule, emptyPast(rule), observations, from, SINCE)
      })
    return { name: platform.name, days: rollupDays(platformTimeline(timelines, from, SINCE), from, SINCE) }
  })

  it('look lived-in: most days are fine on every platform, and no platform is spotless or hopeless', () => {
    for (const { name, days } of histories) {
      const { uptime, coverage } = uptimeOf(sumDays(days))
      expect(uptime, name).toBeGreaterThan(0.97)
      expect(coverage, name).toBeGreaterThan(0.99)
      const marred = days.filter(({ red_ms, yellow_ms }) => red_ms + yellow_ms > 0).length
      expect(marred, name).toBeGreaterThanOrEqual(1)
      expect(marred, name).toBeLessThanOrEqual(15)
    }
  })

  it('have bad days on most platforms and less than perfect uptime in the end', () => {
    const broken = histories.filter(({ days }) => days.some(({ red_ms }) => red_ms > 0))
    expect(broken.length).toBeGreaterThanOrEqual(9)
    const all = uptimeOf(sumDays(histories.flatMap(({ days }) => days)))
    expect(all.uptime).toBeGreaterThan(0.98)
    expect(all.uptime).toBeLessThan(1)
  })

  it('are the same whether they are made at once or day by day', () => {
    const check = checks.find(({ name }) => name === 'Sales medallion')
    if (check === undefined) throw new Error('There is a pipeline.')
    const whole = [...observationsFor(story, check, from, from + 10 * DAY_MS, STEP_MS)]
    const daily = Array.from({ length: 10 }, (_, day) => [
      ...observationsFor(story, check, from + day * DAY_MS, from + (day + 1) * DAY_MS, STEP_MS),
    ])
    expect(daily.flat()).toEqual(whole)
    expect(whole).toHaveLength(10 * 288)
  })
})

describe('the real connectors', () => {
  let workspace: SampleWorkspace | null = null
  afterEach(() => workspace?.close())

  async function pollAll(url: string, at: number): Promise<Map<string, Reading>> {
    const client = { clientId: 'sample', clientSecret: 'sample' }
    const connectors = createConnectors(
      {
        databricks: { host: url, ...client, warehouseId: WAREHOUSE_ID },
        entra: { loginUrl: url, tenantId: 'sample', ...client, powerbiUrl: url, fabricUrl: url },
        dbtArtifactsDir: null,
        http: { allowPrivate: true },
      },
      { now: () => at, sleep: () => Promise.resolve(), random: () => 0, timeoutMs: 1500 },
    )
    const readings = new Map<string, Reading>()
    const own = sampleEstate(url).checks
    for (const [name, group] of Map.groupBy(own, ({ source }) => source.connector)) {
      if (name === 'push') continue
      const connector = connectors[name] as Connector | undefined // Named alike, so it polls checks of that source.
      if (connector === undefined) throw new Error(`${name} is not configured.`)
      const context = { now: at, signal: new AbortController().signal }
      const polled = await connector.poll(group as unknown as CheckToPoll[], context).catch(lostAll(group))
      for (const [id, reading] of polled) readings.set(id, reading)
    }
    return readings
  }

  /** What a run writes when its source cannot be asked at all. */
  const lostAll = (group: readonly SampleCheck[]) => (error: Error) =>
    new Map<string, Reading>(
      group.map(({ id }) => [
        id,
        { data_time: null, outcome: 'error', reading: null, observed_value: null, message: error.message },
      ]),
    )

  it.each(scenarios)(
    'see in %s what the history before it says, and the portal shows what was promised',
    async (scenario) => {
      const at = SINCE + 23 * MINUTE_MS
      workspace = await startSampleWorkspace({ scenario, now: () => at, since: SINCE })
      const readings = await pollAll(workspace.url, at)
      const story = createStory({ scenario, since: SINCE })

      for (const check of checks) {
        if (check.source.connector === 'push') continue
        const [{ check_id: _, measured_at, run_id, ...filled } = never()] = observationsFor(story, check, at, at + 1, 1)
        const polled = readings.get(check.id) ?? never()
        expect(ageless(polled, check), check.name).toEqual(ageless(filled, check))
      }
      const observations = (check: SampleCheck): Observation[] => {
        const reading = readings.get(check.id)
        const before = past(story, check, at - 1)
        const measured_at = new Date(at).toISOString()
        return reading === undefined
          ? before
          : [...before, { check_id: check.id, measured_at, run_id: null, ...reading }]
      }
      expect(shown(observations, at)).toEqual(expected(scenario))
    },
  )

  it('see another scenario as soon as it is switched', async () => {
    const at = SINCE + 23 * MINUTE_MS
    workspace = await startSampleWorkspace({ scenario: 'healthy', now: () => at })
    const outcomes = async () => {
      const readings = await pollAll(workspace?.url ?? '', at)
      return [...readings.values()].filter(({ outcome }) => outcome !== 'ok').length
    }
    expect(await outcomes()).toBe(0)
    workspace.setScenario('outage')
    expect(await outcomes()).toBeGreaterThanOrEqual(7)
  })

  /** How long an answer really took is the one thing that history cannot know to the millisecond. */
  const ageless = (reading: Reading, check: SampleCheck): Reading =>
    check.kind === 'latency'
      ? {
          ...reading,
          observed_value: reading.observed_value?.replace(/^\d+ ms/, '# ms') ?? null,
          message: reading.message?.replace(/^It took \d+ ms/, 'It took # ms') ?? null,
        }
      : reading
})

function never(): never {
  throw new Error('Every check has a reading.')
}
