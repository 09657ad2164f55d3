import { DAY_MS } from '../time.ts'
import { chance } from './chance.ts'
import { company } from './company/company.ts'
import { incidentSpan } from './incidents.ts'
import { type Blindness, plots, type Scenario, type Trouble } from './scenarios.ts'
import { MINUTE_MS, nameOf, type Thing, type ThingKind } from './things.ts'

const HOUR_MS = 60 * MINUTE_MS

/** `[from, to)` */
export interface Span {
  from: number
  to: number
  trouble: Trouble
  /** Many things break for this one reason; absent, each has its own. */
  isStorageOutage?: boolean
}

export interface StoryOptions {
  scenario: Scenario
  /** When the scenario began; what it says of now holds from here on, what came before is ordinary life. */
  since: number
  seed?: string
}

/**
 * What goes wrong in the sample company, and when. Pure: the same options give the same answers for every instant, in
 * any order, in any process.
 */
export interface Story extends Required<StoryOptions> {
  /** The trouble that a thing is in at an instant. */
  spanAt(thing: Thing, at: number): Span | null
  /** First instant after `at` at which `spanAt` may answer differently. */
  spanTurn(thing: Thing, at: number): number
  /** Why the workspace tells nothing of things of this kind at an instant. */
  blindAt(kind: ThingKind, at: number): Blindness | null
  /** First instant after `at` at which `blindAt` may answer differently. */
  blindTurn(kind: ThingKind, at: number): number
  /** When a dataset was published that was never refreshed since; null for everything else. */
  neverRefreshedSince(thing: Thing): number | null
}

/**
 * The beginning to give a story that is told from now on. Two processes that start within the same hour agree on it
 * without talking to each other.
 */
export const beginningAt = (now: number): number => Math.floor(now / HOUR_MS) * HOUR_MS

/** Ordinary life has ended its incidents this long before the scenario begins, so that only the scenario shows. */
const QUIET_MS = 36 * HOUR_MS

export function createStory({ scenario, since, seed = 'lakeport' }: StoryOptions): Story {
  const plot = plots[scenario]
  const acts = Map.groupBy(plot.acts, (act) => act.thing)
  const quietFrom = since - QUIET_MS
  const incidents = createIncidents(seed, quietFrom)
  const blindSince = since + plot.blindFrom * MINUTE_MS

  const actSpans = (thing: Thing, at: number): Span[] =>
    (acts.get(nameOf(thing)) ?? []).map(({ trouble, from, to, every }) => {
      const first = since + from * MINUTE_MS
      const times = every === undefined ? 0 : Math.max(0, Math.floor((at - first) / (every * MINUTE_MS)))
      const begin = first + times * (every ?? 0) * MINUTE_MS
      const end = to === undefined ? Number.POSITIVE_INFINITY : begin + (to - from) * MINUTE_MS
      return { from: begin, to: end, trouble, isStorageOutage: scenario === 'outage' }
    })

  return {
    scenario,
    since,
    seed,
    spanAt(thing, at) {
      const act = actSpans(thing, at).find(({ from, to }) => from <= at && at < to)
      return act ?? (at < quietFrom ? incidents.spanAt(thing, at) : null)
    },
    spanTurn(thing, at) {
      const own = (acts.get(nameOf(thing)) ?? []).flatMap(({ every }, index) => {
        const span = actSpans(thing, at)[index]
        if (span === undefined) return []
        return [span.from, span.to, ...(every === undefined ? [] : [span.from + every * MINUTE_MS])]
      })
      const life = at < quietFrom ? [...incidents.turns(thing, at), quietFrom] : []
      return Math.min(...[...own, ...life].filter((instant) => instant > at))
    },
    blindAt(kind, at) {
      if (at >= blindSince) return plot.blind[kind] ?? null
      return at < quietFrom && isNight(seed, kind, at) ? 'unavailable' : null
    },
    blindTurn(kind, at) {
      if (at >= blindSince) return Number.POSITIVE_INFINITY
      return Math.min(blindSince, ...[...nightOf(seed, kind, at), quietFrom].filter((instant) => instant > at))
    },
    neverRefreshedSince(thing) {
      const minutes = plot.neverRefreshed[nameOf(thing)]
      return minutes === undefined ? null : since - minutes * MINUTE_MS
    },
  }
}

/** Once in so many days the service itself does not answer for a while, and nobody knows anything. */
const NIGHT_EVERY_MS = 37 * DAY_MS
const vendors: Partial<Record<ThingKind, string>> = {
  job: 'databricks',
  pipeline: 'databricks',
  dataset: 'powerbi',
  item: 'fabric',
}

/** Beginning and end of the blind spell in whose bucket `at` lies, and the end of the bucket. */
function nightOf(seed: string, kind: ThingKind, at: number): number[] {
  const vendor = vendors[kind]
  if (vendor === undefined) return []
  const bucket = Math.floor(at / NIGHT_EVERY_MS)
  const begin =
    bucket * NIGHT_EVERY_MS + Math.floor(chance(`${seed}/${vendor}/night`, bucket) * (NIGHT_EVERY_MS - HOUR_MS))
  const length = Math.floor((20 + 30 * chance(`${seed}/${vendor}/night-length`, bucket)) * MINUTE_MS)
  return [begin, begin + length, (bucket + 1) * NIGHT_EVERY_MS]
}

function isNight(seed: string, kind: ThingKind, at: number): boolean {
  const [begin, end] = nightOf(seed, kind, at)
  return begin !== undefined && end !== undefined && begin <= at && at < end
}

const WEEK_MS = 7 * DAY_MS

/** Everyday incidents: at most one per platform and week. */
function createIncidents(seed: string, before: number) {
  const homes = new Map(
    company.flatMap((platform) =>
      platform.watches.map(({ watches }, index) => [
        nameOf(watches),
        {
          platform,
          index,
          shift: Math.floor(chance(`${seed}/${platform.name}/shift`, 0) * WEEK_MS),
          /** By week; made when first asked for. */
          spans: new Map<number, Span | null>(),
        },
      ]),
    ),
  )

  function find(thing: Thing, at: number): { span: Span | null; weekEnd: number } {
    const home = homes.get(nameOf(thing))
    if (home === undefined) return { span: null, weekEnd: Number.POSITIVE_INFINITY }
    const week = Math.floor((at - home.shift) / WEEK_MS)
    const weekStart = week * WEEK_MS + home.shift
    const spans = home.spans
    let span = spans.get(week)
    if (span === undefined) {
      const made = incidentSpan(seed, home.platform, thing, home.index, week, weekStart)
      span = made !== null && made.to <= before ? made : null
      spans.set(week, span)
    }
    return { span, weekEnd: weekStart + WEEK_MS }
  }

  return {
    spanAt(thing: Thing, at: number): Span | null {
      const { span } = find(thing, at)
      return span !== null && span.from <= at && at < span.to ? span : null
    },
    turns(thing: Thing, at: number): number[] {
      const { span, weekEnd } = find(thing, at)
      return span === null ? [weekEnd] : [span.from, span.to, weekEnd]
    },
  }
}
