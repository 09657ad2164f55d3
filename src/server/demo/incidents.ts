import { DAY_MS } from '../time.ts'
import { between, chance } from './chance.ts'
import type { CompanyPlatform } from './company/platform.ts'
import type { Trouble } from './scenarios.ts'
import type { Span } from './story.ts'
import { isScheduled, MINUTE_MS, type RunThing, type Thing } from './things.ts'

/** Share of incidents in which something breaks; in the others it is only late or slow. */
const BREAKS = 0.55
/** Share of a platform's other things that an incident takes along. */
const SPREADS = 0.3
/** What runs less often is hit in the one run that matters, not between two runs. */
const SELDOM_MINUTES = 180

/**
 * What a platform's incident of one week, if there is one, does to one of its things. Always within the week: nothing
 * begins in its first or its last day.
 */
export function incidentSpan(
  seed: string,
  platform: CompanyPlatform,
  thing: Thing,
  index: number,
  week: number,
  weekStart: number,
): Span | null {
  const lot = (what: string) => chance(`${seed}/${platform.name}/${what}`, week)
  if (lot('happens') >= platform.fragility) return null
  const root = Math.floor(lot('root') * platform.watches.length)
  const isHit =
    platform.watches[root]?.watches === thing || chance(`${seed}/${platform.name}/${index}/spreads`, week) < SPREADS
  if (!isHit) return null
  const from = weekStart + Math.floor(between(DAY_MS, 5 * DAY_MS, lot('begins')))
  const minutes = 30 + 240 * lot('lasts') ** 2
  const trouble: Trouble = lot('breaks') < BREAKS ? 'down' : 'late'
  return { ...spanOf(thing, from, minutes, trouble), trouble }
}

function spanOf(thing: Thing, from: number, minutes: number, trouble: Trouble): Omit<Span, 'trouble'> {
  if (thing.kind === 'table') {
    const [warn, crit] = thing.limits
    return lasting(from, trouble === 'down' ? Math.min(crit * 0.3, 90) + minutes / 2 : warn * 0.3 + minutes / 2)
  }
  if (!isScheduled(thing)) return lasting(from, minutes)
  const begin = thing.every >= SELDOM_MINUTES ? justBeforeRun(thing, from) : from
  return lasting(begin, trouble === 'late' ? stallMinutes(thing, minutes) : Math.max(minutes, thing.every * 0.1))
}

const lasting = (from: number, minutes: number) => ({ from, to: from + Math.round(minutes * MINUTE_MS) })

function justBeforeRun(thing: RunThing, from: number): number {
  const every = thing.every * MINUTE_MS
  return Math.floor(from / every) * every + thing.at * MINUTE_MS - MINUTE_MS
}

/** Long enough that the agreed age is passed, and over before it is passed by far. */
function stallMinutes(thing: RunThing, minutes: number): number {
  const [warn, crit] = thing.limits
  const usual = thing.every + thing.takes * 2
  const wanted = Math.max(0, warn - (thing.every >= SELDOM_MINUTES ? thing.every : 0)) + minutes / 2
  return Math.min(wanted, crit - usual - 10)
}
