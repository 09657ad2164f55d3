export const LENGTH_MAX = 100_000
export const NESTING_MAX = 50
export const FOOTNOTES_MAX = 200
/** Unclosed brackets make the parser look back over all of them, again and again. */
const BRACKETS_MAX = 500

/** Is this text small and flat enough to be parsed? Asked before parsing, because parsing is what would hurt. */
export function isWithinLimits(source: string): boolean {
  if (source.length > LENGTH_MAX) return false
  if (count(source, /\[\^/g) > FOOTNOTES_MAX * 2) return false
  return source.split('\n').every((line) => nestingOf(line) <= NESTING_MAX) && longestOpening(source) <= BRACKETS_MAX
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

/** How deep a tree goes, without recursion: this decides whether recursion is safe. */
export function depthOf(root: Node): number {
  let level: Node[] = [root]
  let depth = 0
  while (level.length > 0) {
    depth += 1
    level = level.flatMap((node) => node.children ?? [])
  }
  return depth
}
