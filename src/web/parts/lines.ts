/** Texts compared and merged line by line. Pure; line ends are read as \n. */

/** Beyond this many pairs of lines to compare, what differs is told as one piece. 16 MB for a moment. */
const PAIRS_MAX = 4_000_000

/** A run of lines that one text has in place of another's. The range is of the first text; empty is an insertion. */
interface Hunk {
  start: number
  end: number
  lines: readonly string[]
}

export interface DiffLine {
  kind: 'same' | 'removed' | 'added'
  text: string
}

export interface MergedText {
  text: string
  /** Places where both changed the same lines; there both versions stand, theirs first. */
  overlaps: number
}

const linesOf = (text: string): string[] => text.replaceAll('\r\n', '\n').split('\n')

/** Every line of both, in order, what went before what came. */
export function diffLines(from: string, to: string): DiffLine[] {
  const before = from === '' ? [] : linesOf(from)
  const after = to === '' ? [] : linesOf(to)
  const rows: DiffLine[] = []
  let at = 0
  const say = (kind: DiffLine['kind'], texts: readonly string[]) => {
    for (const text of texts) rows.push({ kind, text })
  }
  for (const { start, end, lines } of hunksBetween(before, after)) {
    say('same', before.slice(at, start))
    say('removed', before.slice(start, end))
    say('added', lines)
    at = end
  }
  say('same', before.slice(at))
  return rows
}

/** What both made of one text. A line that either of them wrote is in it; one that either removed is not, unless the other changed it. */
export function mergeText(base: string, theirs: string, mine: string): MergedText {
  if (theirs === base || theirs === mine) return { text: mine, overlaps: 0 }
  if (mine === base) return { text: theirs, overlaps: 0 }
  const from = linesOf(base)
  const merged: string[] = []
  let overlaps = 0
  let at = 0
  for (const { start, end, theirs: their, mine: own } of placesOf(
    hunksBetween(from, linesOf(theirs)),
    hunksBetween(from, linesOf(mine)),
  )) {
    merged.push(...from.slice(at, start))
    at = end
    if (own.length === 0 || their.length === 0) merged.push(...applied(from, start, end, [...own, ...their]))
    else {
      const [saved, wanted] = [applied(from, start, end, their), applied(from, start, end, own)]
      if (!isSame(saved, wanted)) overlaps += 1
      merged.push(...bothOf(saved, wanted))
    }
  }
  return { text: [...merged, ...from.slice(at)].join('\n'), overlaps }
}

interface Place {
  start: number
  end: number
  theirs: Hunk[]
  mine: Hunk[]
}

/** Hunks of both sides, those that touch the same lines put together. */
function placesOf(theirs: readonly Hunk[], mine: readonly Hunk[]): Place[] {
  const all = [
    ...theirs.map((hunk) => ({ hunk, by: 'theirs' }) as const),
    ...mine.map((hunk) => ({ hunk, by: 'mine' }) as const),
  ]
  // An insertion before a line comes before what replaces that line.
  all.sort((a, b) => a.hunk.start - b.hunk.start || a.hunk.end - b.hunk.end)
  const places: Place[] = []
  for (const { hunk, by } of all) {
    const last = places.at(-1)
    const isTouching =
      last !== undefined && (hunk.start < last.end || (hunk.start === last.start && hunk.end === last.end))
    const place = isTouching ? last : { start: hunk.start, end: hunk.end, theirs: [], mine: [] }
    if (!isTouching) places.push(place)
    place.end = Math.max(place.end, hunk.end)
    place[by].push(hunk)
  }
  return places
}

/** The lines of a range as one side has them. */
function applied(from: readonly string[], start: number, end: number, hunks: readonly Hunk[]): string[] {
  const lines: string[] = []
  let at = start
  for (const hunk of hunks) {
    lines.push(...from.slice(at, hunk.start), ...hunk.lines)
    at = hunk.end
  }
  return [...lines, ...from.slice(at, end)]
}

/** Theirs, then mine; what they begin or end with alike stands once. */
function bothOf(theirs: readonly string[], mine: readonly string[]): string[] {
  const { head, tail } = ends(theirs, mine)
  return [
    ...theirs.slice(0, theirs.length - tail),
    ...mine.slice(head, mine.length - tail),
    ...theirs.slice(theirs.length - tail),
  ]
}

const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((line, index) => line === b[index])

/** How many lines both begin and, not counting those, end with alike. */
function ends(a: readonly string[], b: readonly string[]): { head: number; tail: number } {
  const shorter = Math.min(a.length, b.length)
  let head = 0
  while (head < shorter && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1
  return { head, tail }
}

/** What has to be replaced in `a` to get `b`, in order: the least, by the longest common subsequence of lines. */
function hunksBetween(a: readonly string[], b: readonly string[]): Hunk[] {
  const { head, tail } = ends(a, b)
  const [left, right] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)]
  const hunks: Hunk[] = []
  let [i, j] = [0, 0]
  const note = (toI: number, toJ: number) => {
    if (toI > i || toJ > j) hunks.push({ start: head + i, end: head + toI, lines: right.slice(j, toJ) })
  }
  for (const [nextI, nextJ] of commonPairs(left, right)) {
    note(nextI, nextJ)
    i = nextI + 1
    j = nextJ + 1
  }
  note(left.length, right.length)
  return hunks
}

function commonPairs(a: readonly string[], b: readonly string[]): [number, number][] {
  const width = b.length + 1
  if (a.length * b.length > PAIRS_MAX) return []
  // longest[i * width + j]: how many lines a from i on and b from j on have in common.
  const longest = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: [number, number][] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return pairs
}
