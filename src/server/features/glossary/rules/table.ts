import { type GlossaryColumn, glossaryColumns, IMPORT_ROWS_MAX } from '../../../../contracts/glossary-import.ts'
import { CsvProblem, readCsv } from '../../../csv.ts'
import { invalid } from '../../../fault.ts'

export interface TableRow {
  /** Of the file, 1 being its head. */
  line: number
  cells: Partial<Record<GlossaryColumn, string>>
  /** Why the row cannot be taken as one. */
  problem: string | null
}

/**
 * The rows of a file by the columns of its head, whatever their order and case.
 * @throws Fault `validation_error` on `body.csv` when it is not CSV, or the head is not one of a glossary
 */
export function readTable(csv: string): TableRow[] {
  const [head, ...rows] = parsed(csv)
  if (head === undefined) throw wrong('is empty')
  const columns = head.cells.map(columnOf)
  for (const needed of ['domain', 'term'] as const)
    if (!columns.includes(needed)) throw wrong(`has no column ${needed}`)
  const twice = columns.find((column, index) => columns.indexOf(column) !== index)
  if (twice !== undefined) throw wrong(`has the column ${twice} twice`)
  return rows.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])),
    problem: problemOf(cells, columns.length),
  }))
}

function parsed(csv: string) {
  try {
    return readCsv(csv, IMPORT_ROWS_MAX + 1)
  } catch (error) {
    throw error instanceof CsvProblem ? wrong(error.message) : error
  }
}

function columnOf(head: string): GlossaryColumn {
  const name = head.trim().toLowerCase().replace(/\s+/g, '_')
  const column = glossaryColumns.find((candidate) => candidate === name)
  if (column === undefined)
    throw wrong(`has the column “${head.slice(0, 60)}”, which is none of ${glossaryColumns.join(', ')}`)
  return column
}

/** A cell too few would empty the last fields, and one too many has moved the others. */
function problemOf(cells: readonly string[], columns: number): string | null {
  const isOver = cells.slice(columns).some((cell) => cell !== '')
  return cells.length < columns || isOver ? `has ${cells.length} cells, and the head ${columns}` : null
}

const wrong = (what: string) => invalid({ 'body.csv': what })
