import type { GlossaryTerm } from '../../../../contracts/glossary.ts'
import {
  type GlossaryColumn,
  glossaryColumns,
  type ImportOutcome,
  type ImportRow,
} from '../../../../contracts/glossary-import.ts'
import type { TermRef } from '../../../../contracts/glossary-ref.ts'
import { Fault } from '../../../fault.ts'
import { CellProblem, successorIn } from './cells.ts'
import { cellOf, differing, fieldsIn, named, type Told } from './columns.ts'
import { successorAfter, successorProblem } from './successor.ts'
import type { TableRow } from './table.ts'
import { keyIn } from './term-key.ts'

type Fields = Omit<GlossaryTerm, 'id' | 'version' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by'>

/** What a plan asks of the glossary as it is. */
export interface Known {
  find(id: string): GlossaryTerm | null
  /** The term of that name in that domain, whatever the case. */
  named(term: string, domain: string): TermRef | undefined
  newId(): string
  /** @throws Fault `validation_error` for what no term may be */
  check(term: Pick<Fields, 'term' | 'domain'> & Partial<Fields>): void
}

export interface Plan {
  rows: ImportRow[]
  /** A version of 0 makes the term. */
  writes: { id: string; version: number; fields: Fields }[]
}

/** What a file would do to the glossary, row by row. A successor may be a term of the same file, before or after. */
export function planImport(table: readonly TableRow[], known: Known): Plan {
  const targets = targetsOf(table, known)
  const steps = table.map((row, index): Step => stepOf(row, targets, index, known))
  const after = new Map(steps.flatMap(({ id, next }) => (next === null ? [] : [[id, next] as const])))
  const find = (id: string) => after.get(id) ?? known.find(id)
  const judged = steps.map((step) => judge(step, find))
  return {
    rows: judged.map((step) => rowOf(step, find)),
    writes: judged.flatMap(({ id, current, next, outcome }) =>
      next === null || outcome === 'unchanged' || outcome === 'refused'
        ? []
        : [{ id, version: current?.version ?? 0, fields: next }],
    ),
  }
}

interface Target {
  id: string
  current: GlossaryTerm | null
  /** The row that names it first. */
  index: number
}

/** Which term each row is about; a new one has its id at once, so that others can name it. */
function targetsOf(table: readonly TableRow[], known: Known): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>()
  for (const [index, { cells }] of table.entries()) {
    const [domain, term] = namesIn(cells)
    const key = keyIn(domain, term)
    if (targets.has(key)) continue
    const found = known.named(term, domain)
    targets.set(key, {
      id: found?.id ?? known.newId(),
      current: found === undefined ? null : known.find(found.id),
      index,
    })
  }
  return targets
}

const namesIn = ({ domain = '', term = '' }: TableRow['cells']) => [domain.trim(), term.trim()] as const

interface Step {
  row: TableRow
  id: string
  current: GlossaryTerm | null
  /** The term as it would be; null when the row cannot be read. */
  next: Fields | null
  changed: readonly GlossaryColumn[]
  outcome: ImportOutcome
  reason: string | null
}

function stepOf(row: TableRow, targets: ReadonlyMap<string, Target>, index: number, known: Known): Step {
  const [domain, term] = namesIn(row.cells)
  const target = targets.get(keyIn(domain, term))
  if (target === undefined) throw new Error(`Line ${row.line} was seen a moment ago and has no target`)
  const step = { row, id: target.id, current: target.current, next: null, changed: [] }
  const refused = (reason: string): Step => ({ ...step, outcome: 'refused', reason })
  if (row.problem !== null) return refused(row.problem)
  if (target.index !== index) return refused('an earlier row names the same term')
  try {
    const { current } = target
    const changes = changesOf(row, current, targets, known)
    if (current === null) known.check({ term, domain, ...changes })
    else if (Object.keys(changes).length > 0) known.check({ term, domain, ...changes })
    const next = { ...(current === null ? { ...blank, term, domain } : fieldsOf(current)), ...changes }
    const changed = glossaryColumns.filter((column) => current === null || Object.hasOwn(changes, column))
    const outcome = current === null ? 'created' : changed.length > 0 ? 'changed' : 'unchanged'
    return { ...step, next, changed, outcome, reason: null }
  } catch (error) {
    return refused(problemIn(error))
  }
}

const blank = {
  synonyms: [],
  definition: '',
  steward: '',
  status: 'draft' as const,
  related_assets: [],
  replaced_by: null,
}

/** Only what differs from the term as it is. */
function changesOf(
  { cells }: TableRow,
  current: GlossaryTerm | null,
  targets: ReadonlyMap<string, Target>,
  known: Known,
): Partial<Fields> {
  const fields = fieldsIn(cells)
  const changes: Partial<Fields> = current === null ? fields : differing(current, fields)
  const successor = successorOf(cells.replaced_by, targets, known)
  const before = { status: current?.status ?? blank.status, replaced_by: current?.replaced_by ?? null }
  const replaced_by = successorAfter(before, { ...changes, ...(successor !== undefined && { replaced_by: successor }) })
  // A successor that is gone reads as none in a file.
  const isGone = before.replaced_by !== null && known.find(before.replaced_by) === null
  const isSame = before.replaced_by === replaced_by || (isGone && replaced_by === null && changes.status === undefined)
  return isSame ? changes : { ...changes, replaced_by }
}

/** Undefined when the file has no such column. */
function successorOf(
  cell: string | undefined,
  targets: ReadonlyMap<string, Target>,
  known: Known,
): string | null | undefined {
  if (cell === undefined) return undefined
  return named('replaced_by', () => {
    const successor = successorIn(cell)
    if (successor === null) return null
    const { domain, term } = successor
    const id = targets.get(keyIn(domain, term))?.id ?? known.named(term, domain)?.id
    if (id === undefined) throw new CellProblem(`names “${cell.trim().slice(0, 200)}”, which is no term`)
    return id
  })
}

function problemIn(error: unknown): string {
  if (error instanceof CellProblem) return error.message
  if (!(error instanceof Fault)) throw error
  const fields = Object.entries(error.details?.fields ?? {}).map(
    ([path, why]) => `${path.replace(/^body\./, '')} ${why}`,
  )
  return (fields.length > 0 ? fields.join('; ') : error.message).slice(0, 900)
}

/** What can only be seen when all rows are known: where successors lead. */
function judge(step: Step, find: (id: string) => Pick<Fields, 'replaced_by'> | null): Step {
  if (step.next === null || step.outcome === 'unchanged') return step
  const problem = successorProblem(step.id, step.next, find)
  return problem === null ? step : { ...step, outcome: 'refused', reason: `replaced_by ${problem}` }
}

function rowOf({ row, id, current, next, changed, outcome, reason }: Step, find: FindNamed): ImportRow {
  const [domain, term] = namesIn(row.cells)
  const [was, is] = [current === null ? null : told(current, find), next === null ? null : told(next, find)]
  const changes = changed.map((field) => ({
    field,
    from: was === null ? null : cellOf[field](was),
    to: is === null ? '' : cellOf[field](is),
  }))
  return {
    line: row.line,
    domain: domain.slice(0, 200),
    term: term.slice(0, 200),
    outcome,
    term_id: current === null ? null : id,
    changes: outcome === 'refused' ? [] : changes.filter(({ from, to }) => from !== null || to !== ''),
    reason: reason === null ? null : reason.slice(0, 1000),
  }
}

type FindNamed = (id: string) => Pick<Fields, 'domain' | 'term'> | null

const told = (term: Fields, find: FindNamed): Told => ({
  ...term,
  successor: term.replaced_by === null ? null : find(term.replaced_by),
})

const fieldsOf = ({ id, version, created_at, created_by, updated_at, updated_by, ...fields }: GlossaryTerm): Fields =>
  fields
