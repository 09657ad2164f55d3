import type { SourceName } from '../../contracts/sources.ts'
import type { IngestionRun } from '../../contracts/status.ts'
import { Fault } from '../fault.ts'
import type { Log } from '../observe/log.ts'
import { oneLine } from '../outbound/one-line.ts'
import { OutboundError } from '../outbound/outbound-error.ts'
import { newId } from '../storage/ids.ts'
import type { Journal, Provenance } from '../storage/journal.ts'
import { toInstant } from '../time.ts'

export interface RecordParts {
  journal: Pick<Journal, 'commit'>
  clock: () => number
  log: Log
  timeoutMs: number
  /** Told of every run that ended. */
  onRun?: ((source: SourceName, outcome: 'success' | 'fail') => void) | undefined
}

export interface RecordRequest {
  source: SourceName
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

export interface Outcome {
  results: number
  failedChecks: number
  /** Why the source as a whole could not be asked; one line without secrets. */
  failure: string | null
}

type RunFields = Omit<IngestionRun, 'id' | 'version' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by'>

/**
 * Does `work` once as a run: RUNNING on disk before the first call leaves the process; SUCCESS or FAIL closes it.
 * @throws Fault `warehouse_unavailable` when not even the start could be written; then nothing was done
 */
export async function recordRun(
  request: RecordRequest,
  work: (run: IngestionRun) => Promise<Outcome>,
  parts: RecordParts,
): Promise<StartedRun> {
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
  const ended = work(run).then((outcome) => end(run, outcome, request, parts))
  return { run, ended: ended.catch((error: unknown) => leaveForRestart(run, error, request, parts)) }
}

function end(run: IngestionRun, outcome: Outcome, request: RecordRequest, parts: RecordParts): Promise<IngestionRun> {
  const { results, failedChecks, failure } = outcome
  const line = { event: 'ingestion.run', ...about(run, request), results, failed_checks: failedChecks }
  if (failure === null) parts.log.info(line, 'A source was polled')
  else parts.log.warn({ ...line, failure }, 'A source could not be polled')
  parts.onRun?.(run.source, failure === null ? 'success' : 'fail')
  const fields: RunFields = {
    ...fieldsOf(run),
    state: failure === null ? 'SUCCESS' : 'FAIL',
    ended_at: toInstant(parts.clock()),
    results,
    failed_checks: failedChecks,
    error_summary: failure,
  }
  return save(run.id, run.version, fields, 'ingestion_run.end', request, parts)
}

/** What ties a line to its run, and that to whoever asked for it. */
const about = (run: IngestionRun, { requestId, by }: Pick<RecordRequest, 'requestId' | 'by'>) => ({
  request_id: requestId,
  user: by,
  source: run.source,
  run_id: run.id,
})

/** A source that is told to end may still hand over what it has; one that does not listen is left behind. */
const GRACE_MS = 2000
export const SUMMARY_LENGTH_MAX = 500

export interface Attempt<T> {
  /** Null when it threw. */
  value: T | null
  /** Set when it threw, and also when it was cut off but handed over what it had. */
  failure: string | null
}

/** Asks a source under the run's deadline. Never rejects: what it could not do is the answer. */
export async function attempt<T>(
  request: RecordRequest,
  act: (signal: AbortSignal) => Promise<T>,
  parts: RecordParts,
): Promise<Attempt<T>> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(parts.timeoutMs)])
  try {
    const value = await Promise.race([act(signal), leftBehind(signal)])
    return { value, failure: signal.aborted ? whyCut(request, parts) : null }
  } catch (error) {
    if (signal.aborted) return { value: null, failure: whyCut(request, parts) }
    if (isForeseen(error))
      return { value: null, failure: oneLine(error.message, SUMMARY_LENGTH_MAX) || 'unknown failure' }
    parts.log.error(
      { event: 'bug', request_id: request.requestId, user: request.by, source: request.source, err: error },
      'A connector failed for a reason nobody foresaw',
    )
    return { value: null, failure: UNFORESEEN }
  }
}

/** Words that nobody here chose may hold a secret, so they are read in the log, where secrets are hidden. */
const UNFORESEEN = 'It failed for a reason that nobody foresaw; the log says which.'

const isForeseen = (error: unknown): error is OutboundError | Fault =>
  error instanceof OutboundError || error instanceof Fault

const whyCut = (request: RecordRequest, parts: RecordParts) =>
  request.signal.aborted ? 'interrupted' : `No end within ${parts.timeoutMs / 1000} s.`

function leftBehind(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const leave = () => setTimeout(() => reject(signal.reason), GRACE_MS).unref()
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true })
  })
}

/** The end could not be written; the run stays RUNNING on disk and the next start closes it as interrupted. */
function leaveForRestart(run: IngestionRun, error: unknown, request: RecordRequest, parts: RecordParts): IngestionRun {
  parts.log.error(
    { event: 'ingestion.run_lost', ...about(run, request), err: error },
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
  parts: Pick<RecordParts, 'journal' | 'clock'>,
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
  request: Pick<RecordRequest, 'by' | 'requestId'>,
  parts: Pick<RecordParts, 'journal' | 'clock'>,
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
