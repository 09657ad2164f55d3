import type { ConnectorName } from '../../contracts/sources.ts'
import type { IngestionRun, StatusCheck } from '../../contracts/status.ts'
import { oneLine } from '../outbound/one-line.ts'
import type { Journal, Observation } from '../storage/journal.ts'
import { toInstant } from '../time.ts'
import type { CheckToPoll, Connector, Reading } from './connector.ts'
import {
  attempt,
  type Outcome,
  type RecordParts,
  type RecordRequest,
  recordRun,
  type StartedRun,
  SUMMARY_LENGTH_MAX,
} from './record-run.ts'

export interface RunParts extends RecordParts {
  journal: Pick<Journal, 'commit' | 'observe'>
  /** The connector, or one that answers "not configured" for each check. */
  connectorFor(source: ConnectorName): Connector
}

export interface RunRequest extends RecordRequest {
  source: ConnectorName
  checks: readonly Pick<StatusCheck, 'id' | 'kind' | 'source'>[]
}

/**
 * Polls one source once for its checks. A check that cannot be measured is an observation, not an end.
 * @throws Fault `warehouse_unavailable` when not even the start could be written; then nothing was polled
 */
export const startRun = (request: RunRequest, parts: RunParts): Promise<StartedRun> =>
  recordRun(request, (run) => poll(run, request, parts), parts)

async function poll(run: IngestionRun, request: RunRequest, parts: RunParts): Promise<Outcome> {
  const readings = await readAll(request, parts)
  const measuredAt = toInstant(parts.clock())
  const observations = request.checks.map(
    (check): Observation => ({
      check_id: check.id,
      measured_at: measuredAt,
      run_id: run.id,
      ...(readings.byCheck.get(check.id) ?? couldNot(readings.failure ?? 'The source gave no answer for this check.')),
    }),
  )
  const { accepted } = await parts.journal.observe(observations)
  const failedChecks = observations.filter(({ outcome }) => outcome === 'error').length
  return { results: accepted, failedChecks, failure: readings.failure }
}

interface Readings {
  byCheck: ReadonlyMap<string, Reading>
  /** Why the source as a whole could not be asked. */
  failure: string | null
}

async function readAll(request: RunRequest, parts: RunParts): Promise<Readings> {
  const poll = async (signal: AbortSignal) =>
    parts
      .connectorFor(request.source)
      // Checks were chosen by this source's name.
      .poll(request.checks as readonly CheckToPoll[], { now: parts.clock(), signal })
  const { value, failure } = await attempt(request, poll, parts)
  return value === null ? { byCheck: new Map(), failure } : { byCheck: value, failure: failure ?? whyNothing(value) }
}

/** One check that cannot be measured is its own affair; when none can, the source has failed. */
function whyNothing(byCheck: ReadonlyMap<string, Reading>): string | null {
  const readings = [...byCheck.values()]
  if (readings.length === 0 || readings.some(({ outcome }) => outcome !== 'error')) return null
  return oneLine(`No check could be measured: ${readings[0]?.message ?? 'no reason given'}`, SUMMARY_LENGTH_MAX)
}

const couldNot = (message: string): Reading => ({
  data_time: null,
  outcome: 'error',
  reading: null,
  observed_value: null,
  message,
})
