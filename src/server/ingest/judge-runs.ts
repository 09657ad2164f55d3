import type { Reading } from './connector.ts'
import { bad, good, type Kind, unknownStatus, unmeasured } from './reading.ts'

/** What one run says of the thing it runs for. `silent`: cancelled, skipped or never started, so it says nothing. */
export type Verdict = 'success' | 'partly' | 'failure' | 'running' | 'silent' | 'unknown'

export interface Run {
  verdict: Verdict
  /** The system's own word for it. */
  word: string
  startedAt: number | null
  /** How fresh the data is when this run succeeded: its end, where the system tells it. */
  dataTime: number | null
  message: string | null
}

const telling: readonly Verdict[] = ['success', 'partly', 'failure', 'unknown']
export const isTelling = (run: Run) => telling.includes(run.verdict)

/**
 * The newest run that says something decides. Runs still going and runs that were cancelled or skipped are looked past,
 * to the last completed one. No run at all is a finding (`never`); only unfinished ones is not.
 */
export function judgeRuns(
  runs: readonly Run[],
  { kind, never, isCut }: { kind: Kind; never: string; isCut: boolean },
): Reading {
  const newestFirst = [...runs].sort((a, b) => startOf(b) - startOf(a))
  const at = newestFirst.findIndex(isTelling)
  const newest = newestFirst[at]
  if (newest === undefined) return nothingTelling(runs, kind, never, isCut)
  switch (newest.verdict) {
    case 'success':
      return good(kind, 'green', {
        value: newest.word,
        message: passedOver(newestFirst.slice(0, at)),
        dataTime: newest.dataTime,
      })
    case 'partly':
      return good(kind, 'yellow', {
        value: newest.word,
        message: newest.message ?? 'The last run succeeded with failures.',
        dataTime: newest.dataTime,
      })
    case 'failure': {
      const success = newestFirst.find((run) => run.verdict === 'success' || run.verdict === 'partly')
      const message = newest.message ?? `The last run ended with ${newest.word}.`
      return bad(kind, message, { value: newest.word, dataTime: success?.dataTime ?? null })
    }
    default:
      return unknownStatus(newest.word)
  }
}

/** A run that does not say when it began counts as the newest: doubt must not hide behind an older success. */
const startOf = (run: Run) => run.startedAt ?? Number.MAX_SAFE_INTEGER

function nothingTelling(runs: readonly Run[], kind: Kind, never: string, isCut: boolean): Reading {
  if (runs.length === 0) return bad(kind, never)
  if (isCut) return unmeasured(`None of the newest ${runs.length} runs has completed.`)
  const [running] = runs.filter((run) => run.verdict === 'running')
  if (running !== undefined) return unmeasured('The first run is still in progress.', running.word)
  return bad(kind, 'No run has completed: all on record were cancelled or skipped.', { value: runs[0]?.word ?? null })
}

function passedOver(newer: readonly Run[]): string | null {
  const running = newer.filter((run) => run.verdict === 'running').length
  const silent = newer.length - running
  const parts = [
    ...(running > 0 ? ['A newer run is in progress.'] : []),
    ...(silent > 0 ? [`Cancelled or skipped since: ${silent}.`] : []),
  ]
  return parts.length === 0 ? null : parts.join(' ')
}
