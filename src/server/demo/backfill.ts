import type { CheckToPoll, Reading } from '../ingest/connector.ts'
import { readJobRuns } from '../ingest/connectors/databricks-job.ts'
import { readPipeline } from '../ingest/connectors/databricks-pipeline.ts'
import { readTable } from '../ingest/connectors/databricks-table.ts'
import { readWarehouse } from '../ingest/connectors/databricks-warehouse.ts'
import { readRunResults, readSources } from '../ingest/connectors/dbt-results.ts'
import { readJobInstances } from '../ingest/connectors/fabric-job.ts'
import { readProbe } from '../ingest/connectors/http.ts'
import { readRefreshes } from '../ingest/connectors/powerbi-refresh.ts'
import { unmeasured } from '../ingest/reading.ts'
import type { Observation } from '../storage/journal.ts'
import { toInstant } from '../time.ts'
import { guidOf, type SampleCheck, warehouseIdOf } from './estate.ts'
import { newestIn, serviceAt, warehouseTurn } from './moments.ts'
import { reportsBetween } from './push.ts'
import { type Run, runTurn } from './runs.ts'
import type { Blindness } from './scenarios.ts'
import type { Story } from './story.ts'
import type { ServiceThing, ThingKind } from './things.ts'
import { artifactAt } from './wire/dbt-artifacts.ts'
import { asHealth } from './wire/health.ts'
import { asJobInstance, listedInstances } from './wire/job-instances.ts'
import { asJobRuns, listedRuns } from './wire/jobs.ts'
import { asPipeline } from './wire/pipelines.ts'
import { asRefresh, listedRefreshes } from './wire/refreshes.ts'
import { asStatement, unavailable } from './wire/statements.ts'
import { asWarehouse } from './wire/warehouses.ts'

/**
 * What polling would have seen of a check at `from`, `from + step` and so on, before `to`: the workspace's own answers at
 * those instants, read by the connectors' own code. Lazy, so the caller may stop and breathe whenever it likes. A push
 * check gives the reports that came in `[from, to)` instead; a dataset gives nothing before it was published.
 */
export function* observationsFor(
  story: Story,
  check: SampleCheck,
  fromMs: number,
  toMs: number,
  stepMs: number,
): Generator<Observation> {
  if (check.watches.kind === 'report') {
    yield* reportsBetween(story, check, fromMs - 1, toMs - 1)
    return
  }
  const publishedAt = story.neverRefreshedSince(check.watches) ?? Number.NEGATIVE_INFINITY
  let seen: Seen | null = null
  for (let at = fromMs; at < toMs; at += stepMs) {
    if (at < publishedAt) continue
    // Nothing in the answer changes before `until`, so reading it again would give the same.
    if (seen === null || at >= seen.until) seen = look(story, check, at)
    yield { check_id: check.id, measured_at: toInstant(at), run_id: null, ...seen.reading }
  }
}

interface Seen {
  reading: Reading
  until: number
}

function look(story: Story, check: SampleCheck, at: number): Seen {
  const kind = check.watches.kind
  const blindness = story.blindAt(kind, at)
  const blindUntil = story.blindTurn(kind, at)
  // A blind warehouse still answers, that its statements failed.
  if (blindness !== null && kind !== 'table') return { reading: unmeasured(said(kind, blindness)), until: blindUntil }
  const { reading, until } = read(story, check, at, blindness !== null)
  return { reading, until: Math.min(until, blindUntil) }
}

function read(story: Story, check: SampleCheck, at: number, isBlind: boolean): Seen {
  const { kind, watches: thing } = check
  switch (thing.kind) {
    case 'job': {
      const runs = asJobRuns(story, thing, telling(listedRuns(story, thing, at), at, JOB_PAGE), at)
      const pages = { answers: [runs.length === 0 ? {} : { runs }], isCut: false }
      return { reading: readJobRuns(pages, kind), until: runTurn(story, thing, at) }
    }
    case 'pipeline': {
      const list = { answers: [{ statuses: [asPipeline(story, thing, at)] }], isCut: false }
      const reading = readPipeline({ list, updates: null }, guidOf(thing), kind)
      return { reading, until: runTurn(story, thing, at) }
    }
    case 'dataset': {
      const value = telling(listedRefreshes(story, thing, at), at).map((run) => asRefresh(thing, run, at))
      return { reading: readRefreshes({ value }, kind), until: runTurn(story, thing, at) }
    }
    case 'item': {
      const value = telling(listedInstances(story, thing, at), at).map((run) => asJobInstance(thing, run, at))
      return {
        reading: readJobInstances({ answers: [{ value }], isCut: false }, kind),
        until: runTurn(story, thing, at),
      }
    }
    case 'dbt': {
      const readArtifact = thing.artifact === 'sources' ? readSources : readRunResults
      const reading = readArtifact(artifactAt(story, thing, at), { kind, uniqueId: null, now: at })
      return { reading, until: runTurn(story, thing, at) }
    }
    case 'warehouse': {
      const pages = { answers: [{ warehouses: [asWarehouse(story, thing, at)] }], isCut: false }
      return { reading: readWarehouse(pages, warehouseIdOf(thing.key), kind), until: warehouseTurn(story, thing, at) }
    }
    case 'table': {
      const outcome = isBlind ? unavailable : newestAsRow(newestIn(story, thing, at))
      return { reading: readTable(asStatement('', outcome), kind), until: at }
    }
    case 'service':
      return { reading: readProbe(probed(story, thing, at), asProbe(check), at), until: at }
    case 'report':
      throw new Error('A push check is told; nothing polls it.')
  }
}

/** The connector reads on after a page of so many only while no run on it has told anything. */
const JOB_PAGE = 24

/** Runs up to the newest one that has ended well: further back nobody looks. */
function telling(runs: Iterable<Run>, at: number, pageSize = Number.POSITIVE_INFINITY): Run[] {
  const found: Run[] = []
  let hasTold = false
  for (const run of runs) {
    if (hasTold && found.length % pageSize === 0) break
    found.push(run)
    const isOver = run.endedAt <= at
    if (isOver && run.result === 'success') break
    hasTold ||= isOver && run.result !== 'skipped'
  }
  return found
}

const newestAsRow = (newest: number) => ({
  state: 'SUCCEEDED' as const,
  columns: [{ name: 'data_time_ms', type_name: 'LONG', type_text: 'BIGINT' }],
  rows: [[String(newest)]],
})

function probed(story: Story, thing: ServiceThing, at: number) {
  const moment = serviceAt(story, thing, at)
  const { status, json } = asHealth(thing, moment)
  return {
    status,
    body: new TextEncoder().encode(JSON.stringify(json)),
    isWhole: true,
    latencyMs: moment.latencyMs,
    certificateEndsAt: null,
  }
}

function asProbe({ id, kind, source }: SampleCheck): CheckToPoll<'http'> {
  if (source.connector !== 'http') throw new Error('A service is probed over http.')
  return { id, kind, source }
}

/** The words that the connectors find when a whole service tells nothing; a test holds them against real polls. */
function said(kind: ThingKind, blindness: Blindness): string {
  const vendor = kind === 'dataset' ? 'Power BI' : kind === 'item' ? 'Fabric' : 'Databricks'
  switch (blindness) {
    case 'refuses':
      return `${vendor} refused our credentials (401 ${vendor === 'Databricks' ? 'UNAUTHENTICATED' : 'TokenExpired'}).`
    case 'garbles':
      return `${vendor} answered with something else than JSON.`
    case 'hangs':
      return `${vendor} did not answer in time.`
    case 'unavailable':
      return `${vendor} failed to answer (503 ${vendor === 'Databricks' ? 'TEMPORARILY_UNAVAILABLE' : 'ServiceUnavailable'}).`
  }
}
