import { field, instantField, listField, textField } from '../../outbound/answer.ts'
import type { Reading } from '../connector.ts'
import { bad, good, type Kind, unexpectedShape, unknownStatus, unmeasured } from '../reading.ts'

export interface Wanted {
  kind: Kind
  /** One node; the worst of all when null. */
  uniqueId: string | null
  now: number
}

/** An artifact stays where it is when dbt stops running. Past this age its colours say nothing any more. */
export const ARTIFACT_AGE_MS_MAX = 8 * 86_400_000
/** Names in one message; the rest is counted. */
const NAMES_MAX = 5

type Level = 'green' | 'yellow' | 'red' | 'unmeasured' | 'unknown'

/** `dbt source freshness`: the data's own time is the oldest of the sources looked at. */
export function readSources(artifact: unknown, wanted: Wanted): Reading {
  return judge(artifact, wanted, {
    levels: new Map<string, Level>([
      ['pass', 'green'],
      ['warn', 'yellow'],
      ['error', 'red'],
      ['runtime error', 'unmeasured'],
    ]),
    badly: 'later than its error_after',
    dataTime: (results) => {
      const times = results.map((result) => instantField(result, 'max_loaded_at'))
      return times.includes(null) ? null : Math.min(...times.map(Number))
    },
  })
}

/** These finish with success without having built or tested anything. */
const idle: ReadonlySet<string> = new Set(['compile', 'docs', 'generate', 'list', 'ls', 'parse', 'show'])

/** `dbt build`, `run`, `test` and their kin. A skipped node was not built: something before it failed. */
export function readRunResults(artifact: unknown, wanted: Wanted): Reading {
  const command = textField(artifact, 'args', 'which')
  if (command !== null && idle.has(command)) {
    return unmeasured(`The artifact is of "dbt ${command}", which builds and tests nothing.`)
  }
  return judge(artifact, wanted, {
    levels: new Map<string, Level>([
      ['success', 'green'],
      ['pass', 'green'],
      ['no-op', 'green'],
      ['warn', 'yellow'],
      ['partial success', 'yellow'],
      ['error', 'red'],
      ['fail', 'red'],
      ['runtime error', 'red'],
      ['skipped', 'red'],
    ]),
    badly: 'failed or skipped',
    dataTime: (results) => (wanted.uniqueId === null ? null : completedAt(results[0])) ?? madeAt(artifact),
  })
}

const madeAt = (artifact: unknown) => instantField(artifact, 'metadata', 'generated_at')

function completedAt(result: unknown): number | null {
  const steps = listField(result, 'timing') ?? []
  const execute = steps.find((step) => field(step, 'name') === 'execute')
  return instantField(execute, 'completed_at')
}

interface Rules {
  levels: ReadonlyMap<string, Level>
  badly: string
  dataTime(results: readonly unknown[]): number | null
}

function judge(artifact: unknown, wanted: Wanted, { levels, badly, dataTime }: Rules): Reading {
  const all = listField(artifact, 'results')
  const made = madeAt(artifact)
  if (all === null || made === null) return unexpectedShape()
  // A freshness check ages by itself, by its data time.
  if (wanted.kind !== 'freshness' && wanted.now - made > ARTIFACT_AGE_MS_MAX) {
    return unmeasured(`The artifact is of ${new Date(made).toISOString()}: dbt seems to have stopped writing it.`)
  }
  const results = all.filter((each) => wanted.uniqueId === null || field(each, 'unique_id') === wanted.uniqueId)
  if (results.length === 0) return unmeasured('The artifact holds no such node.')

  const levelOf = (result: unknown): Level => levels.get(statusOf(result)) ?? 'unknown'
  const at = (level: Level) => results.filter((result) => levelOf(result) === level)
  const time = dataTime(results)
  const red = at('red')
  if (red.length > 0) return bad(wanted.kind, tell(red, badly), { value: statusOf(red[0]), dataTime: time })
  const [strange] = at('unknown')
  if (strange !== undefined) return unknownStatus(statusOf(strange))
  const failed = at('unmeasured')
  if (failed.length > 0) return unmeasured(tell(failed, 'could not be measured'), statusOf(failed[0]))
  const yellow = at('yellow')
  if (yellow.length > 0) {
    const facts = { value: statusOf(yellow[0]), message: tell(yellow, 'with a warning'), dataTime: time }
    return good(wanted.kind, 'yellow', facts)
  }
  return good(wanted.kind, 'green', { value: statusOf(results[0]), dataTime: time })
}

const statusOf = (result: unknown) => textField(result, 'status')?.toLowerCase() ?? '(none)'

function tell(results: readonly unknown[], what: string): string {
  const names = results.slice(0, NAMES_MAX).map((result) => textField(result, 'unique_id') ?? '(no name)')
  const more = results.length > NAMES_MAX ? ` and ${results.length - NAMES_MAX} more` : ''
  const said = textField(results[0], 'message')
  return `${results.length} ${what}: ${names.join(', ')}${more}.${said === null ? '' : ` ${said}`}`
}
