import type { GlossaryWord } from '../../../contracts/glossary.ts'
import { fold, separatorOf, type Token, tokensOf } from './tokens.ts'

/** Where a text names terms; several when one word means something in more than one domain. */
export interface Occurrence {
  start: number
  end: number
  words: readonly GlossaryWord[]
}

export interface Matcher {
  /** Occurrences in order, none overlapping another. `meter` counts look-ups: what a text costs, without a clock. */
  find(text: string, meter?: { lookups: number }): Occurrence[]
  byId(id: string): GlossaryWord | undefined
}

/** One spelling of a term: how it must be written, and what may stand around its words, as in `.NET` and `C++`. */
interface Spelling {
  word: GlossaryWord
  isSynonym: boolean
  text: string
  before: string
  after: string
  isAcronym: boolean
}

/** Words lead on to words, so that a text costs the same however many terms begin alike. */
interface Step {
  spellings: Spelling[]
  next: Map<string, Step>
}

/** One word in more domains than anybody reads; also what keeps a place in a text cheap. */
const SPELLINGS_MAX = 20

/** Finds terms by their first word, and of those that fit there takes the longest. */
export function createMatcher(words: readonly GlossaryWord[]): Matcher {
  const root = newStep()
  for (const word of words) {
    add(root, word, word.term, false)
    for (const synonym of word.synonyms) add(root, word, synonym, true)
  }
  const ids = new Map(words.map((word) => [word.id, word]))

  return {
    byId: (id) => ids.get(id),
    find(text, meter = { lookups: 0 }) {
      const tokens = tokensOf(text)
      const found: Occurrence[] = []
      let floor = 0
      for (let i = 0; i < tokens.length; ) {
        const longest = longestAt(root, { text, tokens, from: i, floor, meter })
        if (longest !== null) found.push(longest.occurrence)
        floor = longest?.occurrence.end ?? floor
        i = longest?.until ?? i + 1
      }
      return found
    },
  }
}

const newStep = (): Step => ({ spellings: [], next: new Map() })

function add(root: Step, word: GlossaryWord, spelled: string, isSynonym: boolean): void {
  const text = spelled.trim()
  const tokens = tokensOf(text)
  const [first, last] = [tokens[0], tokens.at(-1)]
  // Only signs: nothing to find it by.
  if (first === undefined || last === undefined) return
  let step = root
  for (const [i, token] of tokens.entries()) {
    const key = keyOf(text, tokens[i - 1], token)
    const next = step.next.get(key) ?? newStep()
    step.next.set(key, next)
    step = next
  }
  if (step.spellings.length >= SPELLINGS_MAX) return
  const around = { before: text.slice(0, first.start), after: text.slice(last.end) }
  step.spellings.push({ word, isSynonym, text, ...around, isAcronym: isAcronym(text) })
}

const keyOf = (text: string, from: Token | undefined, token: Token) =>
  from === undefined ? token.key : separatorOf(text, from, token) + token.key

/** One place in a text, where a term may begin. */
interface Place {
  text: string
  tokens: readonly Token[]
  from: number
  /** Where the occurrence before ended. */
  floor: number
  meter: { lookups: number }
}

function longestAt(root: Step, { text, tokens, from, floor, meter }: Place) {
  let longest: { occurrence: Occurrence; until: number } | null = null
  const start = tokens[from]?.start ?? 0
  let step: Step | undefined = root
  for (const [i, token] of tokensFrom(tokens, from)) {
    const key = keyOf(text, i === from ? undefined : tokens[i - 1], token)
    const fitting = ['', ...endingsOf(token.key)].reduce<Spelling[]>((fitting, ending) => {
      if (fitting.length > 0) return fitting
      meter.lookups += 1
      const spellings = step?.next.get(key.slice(0, key.length - ending.length))?.spellings ?? []
      return fittingOf(spellings, text, { floor, start, end: token.end - ending.length, ending })
    }, [])
    const [best] = fitting
    if (best !== undefined) {
      const [occursFrom, occursUntil] = [start - best.before.length, token.end + best.after.length]
      longest = { occurrence: { start: occursFrom, end: occursUntil, words: wordsOf(fitting) }, until: i + 1 }
    }
    step = step.next.get(key)
    if (step === undefined) break
  }
  return longest
}

/** Without a copy of what follows: a text has as many places as words. */
function* tokensFrom(tokens: readonly Token[], from: number): Generator<[number, Token]> {
  for (let i = from; i < tokens.length; i += 1) yield [i, tokens[i] as Token] // Below the length.
}

interface Span {
  floor: number
  start: number
  /** Before the ending of a plural. */
  end: number
  ending: string
}

/** Those that this piece of text is a spelling of; of these, the ones with most signs around: `C++` rather than `C`. */
function fittingOf(spellings: readonly Spelling[], text: string, { floor, start, end, ending }: Span): Spelling[] {
  const fitting = spellings.filter(
    ({ text: spelled, before, after, isAcronym }) =>
      start - before.length >= floor &&
      text.startsWith(before, start - before.length) &&
      text.startsWith(after, end + ending.length) &&
      (ending === '' || (spelled.length > 1 && after === '')) &&
      (!isAcronym ||
        isWrittenSo(text.slice(start - before.length, end + ending.length + after.length), spelled + ending)),
  )
  const signsOf = ({ before, after }: Spelling) => before.length + after.length
  const most = fitting.reduce((most, spelling) => Math.max(most, signsOf(spelling)), 0)
  return fitting.filter((spelling) => signsOf(spelling) === most)
}

const isWrittenSo = (piece: string, spelled: string) =>
  piece.normalize('NFKC').replace(/\s+/g, ' ') === spelled.normalize('NFKC').replace(/\s+/g, ' ')

const ES_FOLLOWS = /(?:[sxzo]|ch|sh)es$/
const endingsOf = (key: string): readonly string[] =>
  !key.endsWith('s') || key.length < 3 ? [] : ES_FOLLOWS.test(key) ? ['es', 's'] : ['s']

/** Up to five letters, all of them capitals: `SLA`, `P&L`, `P95`. `IT` is a term where "it" is none. */
function isAcronym(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  return letters.length > 0 && letters.length <= 5 && letters.every((letter) => /\p{Lu}/u.test(letter))
}

/** Each term once, those in use before the others. Within a domain a term's name counts for more than a synonym. */
function wordsOf(spellings: readonly Spelling[]): GlossaryWord[] {
  const named = new Set(spellings.filter(({ isSynonym }) => !isSynonym).map(({ word }) => fold(word.domain)))
  const kept = spellings.filter(({ word, isSynonym }) => !isSynonym || !named.has(fold(word.domain)))
  return [...new Set(kept.map(({ word }) => word))].sort(
    (a, b) => a.status.localeCompare(b.status) || a.domain.localeCompare(b.domain) || a.id.localeCompare(b.id),
  )
}
