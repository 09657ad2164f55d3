import type { Portal } from './app.ts'
import type { Config } from './config.ts'
import { observationsFor } from './demo/backfill.ts'
import { type Estate, type SampleCheck, sampleEstate } from './demo/estate.ts'
import { sampleMessages } from './demo/messages.ts'
import { createPusher } from './demo/push.ts'
import { beginningAt, createStory, type Story } from './demo/story.ts'
import { observed } from './features/status/rules/observed.ts'
import type { CheckPast } from './features/status/rules/past.ts'
import type { Log } from './observe/log.ts'
import { seedGlossary } from './sample-glossary.ts'
import { seedRoadmap } from './sample-roadmap.ts'
import { seedTickets } from './sample-tickets.ts'
import { newId } from './storage/ids.ts'
import type { Change, Observation, Provenance } from './storage/journal.ts'
import { fieldsOf } from './storage/record.ts'
import { DAY_MS, startOfDay, toInstant } from './time.ts'

const HISTORY_DAYS = 90
/** How often an unwatched past was looked at, as if by the connectors. */
const STEP_MS = 5 * 60_000
const PUSH_EVERY_MS = 5000
/** The made-up past ends so long ago that every check is due when polling begins. */
const POLLED_AT_ONCE_MS = 60_000

interface SampleOptions {
  clock: () => number
  scenario: Config['DEMO_SCENARIO']
  workspaceUrl: string
  log: Log
}

export interface Playing {
  /** Settles when the ninety days are rolled up, or cannot be, or need not be since all was stopped. */
  hasPast: Promise<void>
  stop(): Promise<void>
}

/**
 * Puts the sample company into an empty portal: platforms, checks, messages, tickets, a glossary, a roadmap, and observations since
 * yesterday. In one that knows it already only what names the workspace's address is brought up to date.
 */
export async function seedSample(portal: Portal, options: SampleOptions): Promise<void> {
  const now = options.clock()
  const estate = sampleEstate(options.workspaceUrl)
  const firstDay = startOfDay(now) - (HISTORY_DAYS - 1) * DAY_MS
  const story = storyOf(options)
  await commit(portal, firstDay, missingPlatforms(portal, estate))
  // What was published only lately cannot have been watched before.
  const byStart = Map.groupBy(estate.checks, ({ watches }) => story.neverRefreshedSince(watches) ?? firstDay)
  for (const [start, checks] of byStart) await commit(portal, Math.max(start, firstDay), missingChecks(portal, checks))
  await commit(portal, now, movedChecks(portal, estate))
  await commit(portal, now, missingMessages(portal, options.scenario, now))
  await seedTickets(portal, now)
  await seedGlossary(portal, now)
  await seedRoadmap(portal, now)
  if (portal.local.results.latest(estate.checks.map(({ id }) => id)).length > 0) return
  const yesterday = startOfDay(now) - DAY_MS
  const newest = now - POLLED_AT_ONCE_MS
  const recent = estate.checks.flatMap((check) => [
    ...observationsFor(story, check, yesterday, newest, STEP_MS),
    // Looked at then too, or what is looked at often would seem stale until it is polled.
    ...observationsFor(story, check, newest, newest + 1, STEP_MS),
  ])
  // Days before are told from roll-ups alone, as after retention.
  portal.local.expiry.keepResultsFrom(toInstant(yesterday))
  addUnwatched(portal, recent)
}

/** Rolls up ninety days in the background, and reports for the jobs elsewhere as they end. */
export function playSample(portal: Portal, options: SampleOptions): Playing {
  const story = storyOf(options)
  const { checks, platforms } = sampleEstate(options.workspaceUrl)
  let isStopped = false
  const filling = fillHistory(portal, story, { checks, platforms }, options.clock(), () => isStopped)
    .then((days) => {
      if (days > 0)
        options.log.info({ event: 'demo.history', days }, `Ninety days of history are there (${days} platform days)`)
      if (!isStopped) portal.history.start()
    })
    .catch((error: unknown) =>
      options.log.error({ event: 'demo.history', err: error }, 'The sample history could not be made'),
    )
  const pusher = createPusher({ story, checks, reportedUntil: options.clock() - POLLED_AT_ONCE_MS })
  let pushing: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    const reports = pusher.pushDue(options.clock())
    if (reports.length > 0)
      pushing = portal.journal
        .observe(reports)
        .catch((error: unknown) =>
          options.log.error({ event: 'demo.push', err: error }, 'A sample report could not be written'),
        )
  }, PUSH_EVERY_MS)
  return {
    hasPast: filling,
    async stop() {
      isStopped = true
      clearInterval(timer)
      await Promise.all([filling, pushing])
    },
  }
}

const storyOf = ({ scenario, clock }: SampleOptions): Story => createStory({ scenario, since: beginningAt(clock()) })

async function fillHistory(
  portal: Portal,
  story: Story,
  estate: Estate,
  now: number,
  isStopped: () => boolean,
): Promise<number> {
  const today = startOfDay(now)
  let filled = 0
  for (const platform of estate.platforms) {
    const checks = new Map(
      estate.checks.filter(({ platform_id }) => platform_id === platform.id).map((check) => [check.id, check]),
    )
    const known = portal.history.knownDays(platform.id, today - HISTORY_DAYS * DAY_MS, today)
    const pasts = new Map<string, CheckPast>()
    for (let day = today - (HISTORY_DAYS - 1) * DAY_MS; day < today; day += DAY_MS) {
      if (isStopped()) return filled
      if (known.has(day)) continue
      portal.history.backfill(platform.id, day, pasts, (rule, from, to) => seen(story, checks.get(rule.id), from, to))
      filled += 1
      await breath()
    }
  }
  portal.history.forget()
  return filled
}

const seen = (story: Story, check: SampleCheck | undefined, from: number, to: number) =>
  check === undefined ? [] : [...observationsFor(story, check, from, to, STEP_MS)].map(observed)

/** Requests come first. */
const breath = () => new Promise((resolve) => setImmediate(resolve))

/** Straight into the store: a past that was never lived needs no day of it rewritten one by one. */
function addUnwatched(portal: Portal, observations: readonly Observation[]): void {
  portal.local.observe(observations)
  portal.board.forget()
  portal.history.forget()
}

async function commit(portal: Portal, at: number, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  const provenance: Provenance = { by: 'system:demo', actor: null, at, action: 'demo.seed', requestId: newId(at) }
  await portal.journal.commit(changes, provenance)
}

const isMissing = (portal: Portal, table: Change['table'], id: string) => portal.local.row(table, id) === undefined

const missingPlatforms = (portal: Portal, { platforms }: Estate): Change[] =>
  platforms
    .filter(({ id }) => isMissing(portal, 'platforms', id))
    .map(({ id, ...fields }) => ({
      table: 'platforms',
      id,
      expectedVersion: 0,
      fields: { ...fields, is_retired: false },
    }))

const missingChecks = (portal: Portal, checks: readonly SampleCheck[]): Change[] =>
  checks
    .filter(({ id }) => isMissing(portal, 'status_checks', id))
    .map(({ id, watches, ...fields }) => ({ table: 'status_checks', id, expectedVersion: 0, fields }))

/** The sample workspace takes a free port each time, which http checks and dbt artifacts name. */
const movedChecks = (portal: Portal, { checks }: Estate): Change[] =>
  checks.flatMap((check) => {
    const row = portal.local.row('status_checks', check.id)
    if (row === undefined || row.is_deleted || !('url' in check.source || 'location' in check.source)) return []
    if (JSON.stringify(row.source) === JSON.stringify(check.source) || row.source.connector !== check.source.connector)
      return []
    return [
      {
        table: 'status_checks',
        id: row.id,
        expectedVersion: row.version,
        fields: { ...fieldsOf('status_checks', row), source: check.source },
      },
    ]
  })

const missingMessages = (portal: Portal, scenario: Config['DEMO_SCENARIO'], now: number): Change[] =>
  sampleMessages(scenario, beginningAt(now))
    .filter(({ id }) => isMissing(portal, 'status_messages', id))
    .map(({ id, ...fields }) => ({ table: 'status_messages', id, expectedVersion: 0, fields }))
