import type { DirectoryPerson } from '../../contracts/access.ts'
import type { SnapshotName } from '../../contracts/sources.ts'
import {
  attempt,
  type Outcome,
  type RecordParts,
  type RecordRequest,
  recordRun,
  type StartedRun,
} from './record-run.ts'

/** A person by the id that the source knows them by, which stays when they are renamed. */
export interface ToldPerson extends DirectoryPerson {
  source_id: string
}

/**
 * Reads a source as a whole. It answers everything there is or throws: half of a directory would take from people what
 * is theirs, and tell nobody.
 */
export interface PeopleReader {
  name: SnapshotName
  /** @throws OutboundError */
  read(signal: AbortSignal): Promise<ToldPerson[]>
}

/** One source that is read on time, and where what it tells is kept. */
export interface SnapshotSource {
  reader: PeopleReader
  intervalMs: number
  /** When it was last read, well or not, by whichever process; null when never. */
  lastStartedAt(): string | null
  /** Puts what was told in the place of what was told before, all of it or nothing. */
  keep(people: readonly ToldPerson[], doing: { by: string; at: number; requestId: string }): Promise<void>
}

export type SnapshotRequest = Omit<RecordRequest, 'source'>

/**
 * Reads the source once, as a run. What was kept before stays unless all of it could be read.
 * @throws Fault `warehouse_unavailable` when not even the start could be written; then nothing was read
 */
export const startSnapshot = (
  snapshot: SnapshotSource,
  request: SnapshotRequest,
  parts: RecordParts,
): Promise<StartedRun> => {
  const named = { ...request, source: snapshot.reader.name }
  return recordRun(named, () => take(snapshot, named, parts), parts)
}

async function take(snapshot: SnapshotSource, request: RecordRequest, parts: RecordParts): Promise<Outcome> {
  const read = async (signal: AbortSignal): Promise<number> => {
    const people = await snapshot.reader.read(signal)
    // A run that was given up is written down as failed, so it must not replace anything afterwards.
    signal.throwIfAborted()
    await snapshot.keep(people, { by: request.by, at: parts.clock(), requestId: request.requestId })
    return people.length
  }
  const { value, failure } = await attempt(request, read, parts)
  return value === null ? { results: 0, failedChecks: 0, failure } : { results: value, failedChecks: 0, failure: null }
}
