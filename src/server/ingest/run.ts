import type { ConnectorName } from '../../contracts/sources.ts'
import type { IngestionRun, StatusCheck } from '../../contracts/status.ts'
import type { Log } from '../observe/log.ts'
import { newId } from '../storage/ids.ts'
import type { Journal, Observation, Provenance } from '../storage/journal.ts'
import { toInstant } from '../time.ts'
import type { CheckToPoll, Connector, Reading } from './connector.ts'
import { oneLine } from './one-line.ts'
import { OutboundError } from './outbound-error.ts'

export interface RunParts {
  journal: Pick<Journal, 'commit' | 'observe'>
  /** The connector, or one that answers "not configured" for each check. */
  connectorFor(source: ConnectorName): Connector
  clock: () => number
  log: Log
  timeoutMs: number
}

export interface RunRequest {
  source: ConnectorName
  checks: readonly Pick<StatusCheck, 'id' | 'kind' | 'source'>[]
  /** Who asked: the scheduler, the command line or a person. */
  by: string
  requestId: string
  signal: AbortSignal
}

export interface StartedRun {
  run: IngestionRun
  /** Resolves with the ended run; never rejects, because a run's failure is its result. */
  ended: Promise<IngestionRun>
}

type RunFields = Omit<IngestionRun, 'id' | 'version' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by'>

/**
 * Polls one source once. The run is RUNNING on disk before the first call leaves the process; a check that cannot be
 * measured is an observation, not an end; SUCCESS or FAIL closes it.
 * @throws Fault `warehouse_unavailable` when not even the start could be written; then nothing was polled
 */
export async function startRun(request: RunRequest, parts: RunParts): Promise<StartedRun> {
  const startedAt = parts.clock()
  const id = newId(startedAt)
  const fields: RunFields = {
    source: request.source,
    state: 'RUNNING',
    started_at: toInstant(startedAt),
    ended_at: null,
    results: 0,
    failed_checks: 0,
    error_summary: null,
  }
  const run = await save(id, 0, fields, 'ingestion_run.start', request, parts)
  return { run, ended: poll(run, request, parts).catch((error: unknown) => leaveForRestart(run, error, parts)) }
}

async function poll(run: IngestionRun, request: RunRequest, parts: RunParts): Promise<IngestionRun> {
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
  const failed = observations.filter(({ outcome }) => outcome === 'error').length
  const line = { event: 'ingestion.run', source: run.source, run_id: run.id, results: accepted, failed_checks: failed }
  if (readings.failure === null) parts.log.info(line, 'A source was polled')
  else parts.log.warn({ ...line, failure: readings.failure }, 'A source could not be polled')
  return save(
    run.id,
    run.version,
    {
      ...fieldsOf(run),
      state: readings.failure === null ? 'SUCCESS' : 'FAIL',
      ended_at: toInstant(parts.clock()),
      results: accepted,
      failed_checks: failed,
      error_summary: readings.failure,
    },
    'ingestion_run.end',
    request,
    parts,
  )
}

interface Readings {
  byCheck: ReadonlyMap<string, Reading>
  /** Why the source as a whole could not be asked; one line without secrets. */
  failure: string | null
}

/** A connector that is told to end may still hand over what it has; one that does not listen is left behind. */
const GRACE_MS = 2000
const SUMMARY_LENGTH_MAX = 500

async function readAll(request: RunRequest, parts: RunParts): Promise<Readings> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(parts.timeoutMs)])
  try {
    const connector = parts.connectorFor(request.source)
    const polled = connector.poll(request.checks as readonly CheckToPoll[], { now: parts.clock(), signal })
    const byCheck = await Promise.race([polled, leftBehind(signal)])
    return { byCheck, failure: signal.aborted ? whyCut(request, parts) : whyNothing(byCheck) }
  } catch (error) {
    if (!(error instanceof OutboundError) && !signal.aborted) {
      parts.log.error(
        { event: 'bug', source: request.source, err: error },
        'A connector failed for a reason nobody foresaw',
      )
    }
    const failure = signal.aborted
      ? whyCut(request, parts)
      : oneLine(error instanceof Error ? error.message : String(error), SUMMARY_LENGTH_MAX)
    return { byCheck: new Map(), failure: failure || 'unknown failure' }
  }
}

const whyCut = (request: RunRequest, parts: RunParts) =>
  request.signal.aborted ? 'interrupted' : `No end within ${parts.timeoutMs / 1000} s.`

/** One check that cannot be measured is its own affair; when none can, the source has failed. */
function whyNothing(byCheck: ReadonlyMap<string, Reading>): string | null {
  const readings = [...byCheck.values()]
  if (readings.length === 0 || readings.some(({ outcome }) => outcome !== 'error')) return null
  return oneLine(`No check could be measured: ${readings[0]?.message ?? 'no reason given'}`, SUMMARY_LENGTH_MAX)
}

function leftBehind(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const leave = () => setTimeout(() => reject(signal.reason), GRACE_MS).unref()
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true })
  })
}

const couldNot = (message: string): Reading => ({
  data_time: null,
  outcome: 'error',
  reading: null,
  observed_value: null,
  message,
})

/** The end could not be written; the run stays RUNNING on disk and the next start closes it as interrupted. */
function leaveForRestart(run: IngestionRun, error: unknown, parts: RunParts): IngestionRun {
  parts.log.error(
    { event: 'ingestion.run_lost', source: run.source, run_id: run.id, err: error },
    'The end of a run could not be written',
  )
  return run
}

/**
 * Closes runs that no process owns any more.
 * @param running runs that are RUNNING on disk and belong to a process that has ended
 */
export async function closeInterrupted(
  running: readonly IngestionRun[],
  parts: Pick<RunParts, 'journal' | 'clock'>,
): Promise<void> {
  for (const run of running) {
    const fields: RunFields = {
      ...fieldsOf(run),
      state: 'FAIL',
      ended_at: toInstant(parts.clock()),
      error_summary: 'interrupted',
    }
    await save(
      run.id,
      run.version,
      fields,
      'ingestion_run.interrupt',
      { by: 'system:ingestion', requestId: newId(parts.clock()) },
      parts,
    )
  }
}

function fieldsOf(run: IngestionRun): RunFields {
  const { source, state, started_at, ended_at, results, failed_checks, error_summary } = run
  return { source, state, started_at, ended_at, results, failed_checks, error_summary }
}

async function save(
  id: string,
  expectedVersion: number,
  fields: RunFields,
  action: string,
  request: Pick<RunRequest, 'by' | 'requestId'>,
  parts: Pick<RunParts, 'journal' | 'clock'>,
): Promise<IngestionRun> {
  const provenance: Provenance = {
    by: request.by,
    actor: null,
    at: parts.clock(),
    action,
    requestId: request.requestId,
  }
  const [row] = await parts.journal.commit([{ table: 'ingestion_runs', id, expectedVersion, fields }], provenance)
  if (row === undefined) throw new Error('A commit answers every change.')
  const { version, created_at, created_by, updated_at, updated_by } = row
  return { id, version, created_at, created_by, updated_at, updated_by, ...fields }
}
