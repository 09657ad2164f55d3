import { CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'

/** By this mark spreadsheets know UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff'

/** One line of RFC 4180. No cell is read as a formula. */
export const csvLine = (cells: readonly string[]): string =>
  stringify([cells.map(defused)], { record_delimiter: '\r\n', quoted_match: /[\r\n]/ })

/** What begins a formula in a spreadsheet, also behind blanks; the full-width ones count in some. */
const FORMULA = String.raw`(?:[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r])`
// What begins with a quote itself gets one more, so that taking one away gives back exactly what was written.
const TO_DEFUSE = new RegExp(`^'*${FORMULA}`)
const DEFUSED = new RegExp(`^'+${FORMULA}`)

export const defused = (cell: string): string => (TO_DEFUSE.test(cell) ? `'${cell}` : cell)
/** The cell before it was defused; one that never was stays as it is. */
export const undefused = (cell: string): string => (DEFUSED.test(cell) ? cell.slice(1) : cell)

export interface CsvRow {
  /** Where it begins, 1 being the first line of the file. */
  line: number
  cells: string[]
}

/**
 * All rows of a file, the head first, cells as they were before they were defused; empty lines are left out. The
 * separator is the one of comma, semicolon and tab that the first line has most of.
 * @throws CsvProblem when it is not CSV; `rowsMax` counts the head too
 */
export function readCsv(text: string, rowsMax: number): CsvRow[] {
  try {
    const records = parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      to: rowsMax + 1,
    }) as unknown as { record: string[]; info: { lines: number } }[] // What `info` makes of them.
    if (records.length > rowsMax) throw new CsvProblem(`has more than ${rowsMax} rows`)
    let next = 1
    return records.map(({ record, info }) => {
      const line = next
      next = info.lines + 1
      return { line, cells: record.map(undefused) }
    })
  } catch (error) {
    if (error instanceof CsvError) throw new CsvProblem(`is not CSV: ${error.message.slice(0, 200)}`)
    throw error
  }
}

/** Why a text cannot be read, in words that follow its name. */
export class CsvProblem extends Error {
  override readonly name = 'CsvProblem'
}

function separatorOf(text: string): string {
  const head = text.slice(0, 2000).split(/[\r\n]/, 1)[0] ?? ''
  const count = (mark: string) => head.split(mark).length
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}
