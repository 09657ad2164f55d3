import { type ConnectorName, isSnapshot, type SourceName } from '../../contracts/sources.ts'
import type { IngestionRun, StatusCheck } from '../../contracts/status.ts'
import { newId } from '../storage/ids.ts'
import { fromInstant } from '../time.ts'
import { closeInterrupted, type StartedRun } from './record-run.ts'
import { type RunParts, startRun } from './run.ts'
import { type SnapshotSource, startSnapshot } from './snapshot.ts'

type PolledCheck = Pick<StatusCheck, 'id' | 'kind' | 'source' | 'interval_seconds'>

export interface ScheduleParts extends RunParts {
  /** Enabled checks of platforms in use that are polled. */
  checks(): readonly PolledCheck[]
  /** Sources that are read as a whole, whether or not a check hangs on them. */
  snapshots?: readonly SnapshotSource[]
  /** When each check was last looked at; absent when never. */
  lastMeasured(): ReadonlyMap<string, string>
  /** Of several instances, the one that polls. */
  mayPoll?: () => boolean
  /** RUNNING on disk. */
  runningRuns(): readonly IngestionRun[]
}

const TICK_MS = 1000
/** Runs started on the command line belong to another process, which ends them by itself or is long dead. */
export const COMMAND_LINE = 'system:command-line'

/**
 * Polls each source when any of its checks is due, in this process, one run a source at a time.
 * Checks that come due within the same tick share a run. A source that is read as a whole has a time of its own.
 */
export function createScheduler(parts: ScheduleParts) {
  const attempted = new Map<string, number>()
  const running = new Map<SourceName, StartedRun>()
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined

  const snapshots = parts.snapshots ?? []
  const isLongAgo = (last: number, intervalMs: number, now: number) =>
    // A clock that went back must not silence a source until it has caught up.
    last > now || now - last >= intervalMs

  const isDue = (check: PolledCheck, measured: ReadonlyMap<string, string>, now: number) => {
    const last = Math.max(
      attempted.get(check.id) ?? 0,
      fromInstant(measured.get(check.id) ?? '1970-01-01T00:00:00.000Z'),
    )
    return isLongAgo(last, check.interval_seconds * 1000, now)
  }

  const run = async (source: SourceName, start: () => Promise<StartedRun>): Promise<IngestionRun> => {
    const already = running.get(source)
    if (already !== undefined) return already.run
    const started = await start()
    running.set(source, started)
    started.ended.finally(() => running.delete(source))
    return started.run
  }

  const starting = new Map<SourceName, Promise<IngestionRun>>()
  /** Two askers at once get one run. */
  const runOnce = (source: SourceName, start: () => Promise<StartedRun>) => {
    const pending = starting.get(source) ?? run(source, start).finally(() => starting.delete(source))
    starting.set(source, pending)
    return pending
  }

  const pollOnce = (source: ConnectorName, checks: readonly PolledCheck[], by: string, requestId: string) =>
    runOnce(source, () => {
      for (const check of checks) attempted.set(check.id, parts.clock())
      return startRun({ source, checks, by, requestId, signal: stopping.signal }, parts)
    })

  const readOnce = (snapshot: SnapshotSource, by: string, requestId: string) =>
    runOnce(snapshot.reader.name, () => {
      attempted.set(snapshot.reader.name, parts.clock())
      return startSnapshot(snapshot, { by, requestId, signal: stopping.signal }, parts)
    })

  const isSnapshotDue = ({ reader, intervalMs, lastStartedAt }: SnapshotSource, now: number) => {
    const last = fromInstant(lastStartedAt() ?? '1970-01-01T00:00:00.000Z')
    return isLongAgo(Math.max(attempted.get(reader.name) ?? 0, last), intervalMs, now)
  }

  const tick = async () => {
    if (parts.mayPoll?.() === false) return
    const now = parts.clock()
    const measured = parts.lastMeasured()
    const due = Map.groupBy(
      parts.checks().filter((check) => isDue(check, measured, now)),
      (check) => check.source.connector,
    )
    for (const [source, checks] of due) {
      await startDue(source, () => pollOnce(source, checks, 'system:ingestion', newId(now)))
    }
    for (const snapshot of snapshots.filter((each) => isSnapshotDue(each, now))) {
      await startDue(snapshot.reader.name, () => readOnce(snapshot, 'system:ingestion', newId(now)))
    }
  }

  const startDue = async (source: SourceName, start: () => Promise<IngestionRun>) => {
    if (running.has(source) || stopping.signal.aborted) return
    await start().catch((error: unknown) =>
      parts.log.error({ event: 'ingestion.not_started', source, err: error }, 'A run could not be started'),
    )
  }

  return {
    /** Closes what an ended process left RUNNING, then polls on time. */
    async start(): Promise<void> {
      await closeInterrupted(abandoned(parts), parts)
      const loop = async () => {
        await tick().catch((error: unknown) =>
          parts.log.error({ event: 'ingestion.schedule', err: error }, 'The schedule failed'),
        )
        if (!stopping.signal.aborted) timer = setTimeout(loop, TICK_MS)
      }
      timer = setTimeout(loop, 0)
    },
    /** Polls now whatever is due; for tests and for a clock that jumped. */
    tick,
    /** Polls all enabled checks of a source now, or reads it as a whole; while that goes on, answers that run. */
    trigger(source: SourceName, by: string, requestId: string): Promise<IngestionRun> {
      if (isSnapshot(source)) {
        const snapshot = snapshots.find(({ reader }) => reader.name === source)
        if (snapshot === undefined) throw new Error(`${source} is not read here.`)
        return readOnce(snapshot, by, requestId)
      }
      return pollOnce(
        source,
        parts.checks().filter((check) => check.source.connector === source),
        by,
        requestId,
      )
    },
    /** Resolves when nothing is being polled. */
    async idle(): Promise<void> {
      await Promise.allSettled(starting.values())
      await Promise.allSettled([...running.values()].map(({ ended }) => ended))
    },
    /** Stops at a safe point: running polls are cut off and their runs closed. */
    async stop(): Promise<void> {
      stopping.abort()
      clearTimeout(timer)
      await this.idle()
    },
  }
}

function abandoned(parts: ScheduleParts): IngestionRun[] {
  const oldest = parts.clock() - 2 * parts.timeoutMs
  return parts.runningRuns().filter((run) => run.created_by !== COMMAND_LINE || fromInstant(run.started_at) < oldest)
}
