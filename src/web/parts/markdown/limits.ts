export const LENGTH_MAX = 100_000
export const NESTING_MAX = 50
export const FOOTNOTES_MAX = 200
/** Unclosed brackets make the parser look back over all of them, again and again. */
const BRACKETS_MAX = 500
/** Short rows are filled up to the table's width, so that a small text makes millions of cells. */
const CELLS_MAX = 20_000
/** Each mark may be held against every other of its paragraph: squares, of which so many take half a second. */
const MARK_PAIRS_MAX = 20_000_000
/** More than that is slow to show, however quickly it was parsed. */
export const NODES_MAX = 30_000

/** Is this text small and flat enough to be parsed? Asked before parsing, because parsing is what would hurt. */
export function isWithinLimits(source: string): boolean {
  if (source.length > LENGTH_MAX) return false
  if (count(source, /\[\^/g) > FOOTNOTES_MAX * 2) return false
  const lines = source.split(/\r\n?|\n/)
  return (
    lines.every((line) => nestingOf(line) <= NESTING_MAX) &&
    longestOpening(source) <= BRACKETS_MAX &&
    cellsIn(lines) <= CELLS_MAX &&
    markPairsIn(lines) <= MARK_PAIRS_MAX
  )
}

const DELIMITER_ROW = /^[\s>*+\d.)|:-]*-[\s|:-]*$/

/** At most how many cells the tables of a text have: columns by the lines that follow without a blank one. */
function cellsIn(lines: readonly string[]): number {
  let cells = 0
  let columns = 0
  for (const line of lines) {
    if (line.trim() === '') columns = 0
    else if (DELIMITER_ROW.test(line)) columns = Math.max(columns, count(line, /\|/g) + 1)
    if (columns > 1) cells += columns
  }
  return cells
}

const BULLET = /^ {0,3}[-*+][ \t]+\S/

/** The marks of emphasis and links that the parser may compare, over all paragraphs. */
function markPairsIn(lines: readonly string[]): number {
  let pairs = 0
  let marks = 0
  for (const line of [...lines, '']) {
    if (line.trim() === '' || BULLET.test(line)) {
      pairs += marks * marks
      marks = 0
    }
    marks += count(line, /\*+|_+|~+|\[/g)
  }
  return pairs
}

const CONTAINER = /[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y

/** How many quotes and lists this line opens or continues. */
function nestingOf(line: string): number {
  CONTAINER.lastIndex = 0
  let depth = 0
  while (CONTAINER.test(line)) depth += 1
  const indent = line.length - line.trimStart().length
  return Math.max(depth, Math.floor(indent / 2 / 4))
}

/** Most brackets open at once within one paragraph. */
function longestOpening(source: string): number {
  let open = 0
  let most = 0
  for (const character of source.replace(/\n\s*\n/g, '\u0000')) {
    if (character === '\u0000') open = 0
    else if (character === '[') open += 1
    else if (character === ']') open = Math.max(0, open - 1)
    most = Math.max(most, open)
  }
  return most
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

interface Node {
  type: string
  children?: Node[]
}

/** How deep a tree goes and how many nodes it has, without recursion: this decides whether recursion is safe. */
export function extentOf(root: Node): { depth: number; nodes: number } {
  let level: Node[] = [root]
  let depth = 0
  let nodes = 0
  while (level.length > 0) {
    depth += 1
    nodes += level.length
    level = level.flatMap((node) => node.children ?? [])
  }
  return { depth, nodes }
}
