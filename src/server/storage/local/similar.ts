import { quoted } from '../ddl.ts'
import { trigramsOf, wordsOf } from '../similar.ts'
import type { Table } from '../table.ts'
import type { Database, SqlValue } from './database.ts'

export interface SimilarOptions {
  limit?: number
  /** On the table's own columns, with `:named` parameters; applied inside, never after the limit. */
  where?: string
  params?: Record<string, SqlValue>
}

export interface Similar {
  id: string
  /** 0 to 1. */
  score: number
}

/** How many rows a word or a trigram may stand in to be looked for; what stands in more says little. */
const COMMON_MIN = 5000
const WORDS_MAX = 12
const TRIGRAMS_MAX = 24
/** Best of each index that are looked at closely. */
const CANDIDATES = 50
const LETTERS_MIN = 3
/** Below this, what is alike is chance. */
const SCORE_MIN = 0.22
/** How much a share of words counts against a share of letters. */
const WORD_WEIGHT = 0.6

/**
 * Rows whose text resembles what somebody types, best first. Words count by how rare they are and none has to be there;
 * runs of three letters forgive typing errors and other forms of a word. Nothing typed is read as query syntax.
 */
export const similarIds = (
  database: Database,
  table: Table,
  text: string,
  { limit = 5, where = 'is_deleted = 0', params = {} }: SimilarOptions = {},
): Similar[] => {
  if (table.similar === undefined) throw new Error(`${table.name} has no column to compare`)
  const typed = wordsIn(text).slice(0, WORDS_MAX)
  if (typed.join('').length < LETTERS_MIN) return []
  const [words, trigrams] = [wordsOf(table.name), trigramsOf(table.name)]
  const weighed = typed.map((word, i) =>
    weigh(database, words, i === typed.length - 1 ? `"${word}"*` : `"${word}"`, word),
  )
  const pieces = spread([...trigramsIn(typed.join(' '))], TRIGRAMS_MAX).map((piece) =>
    weigh(database, trigrams, `"${piece}"`, piece),
  )
  const candidates = new Map<string, string>()
  for (const [index, terms] of [
    [words, weighed],
    [trigrams, pieces],
  ] as const) {
    const rare = terms.filter(({ rows }) => rows > 0 && rows < COMMON_MIN)
    if (rare.length === 0) continue
    const sql = `SELECT id, ${quoted(table.name)}.${quoted(table.similar)} AS text FROM ${quoted(index)} JOIN ${quoted(table.name)} ON seq = ${quoted(index)}.rowid
      WHERE ${quoted(index)} MATCH :match AND (${where}) ORDER BY bm25(${quoted(index)}) LIMIT ${CANDIDATES}`
    const match = rare.map(({ term }) => term).join(' OR ')
    for (const row of database.all<{ id: string; text: string }>(sql, { ...params, match }))
      candidates.set(row.id, row.text)
  }
  return [...candidates]
    .map(([id, title]) => ({ id, score: resemblance(weighed, typed, title) }))
    .filter(({ score }) => score >= SCORE_MIN)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1))
    .slice(0, limit)
}

interface Weighed {
  word: string
  term: string
  /** Rows that have it, up to `COMMON_MIN`. */
  rows: number
}

const weigh = (database: Database, index: string, term: string, word: string): Weighed => ({
  word,
  term,
  rows:
    database.get<{ n: number }>(
      `SELECT count(*) AS n FROM (SELECT 1 FROM ${quoted(index)} WHERE ${quoted(index)} MATCH ? LIMIT ${COMMON_MIN})`,
      [term],
    )?.n ?? 0,
})

/** The share of what was typed that the title has, by words that weigh more the rarer they are, and by trigrams. */
function resemblance(weighed: readonly Weighed[], typed: readonly string[], title: string): number {
  const there = wordsIn(title)
  const weightOf = ({ rows }: Weighed) => Math.log(1 + (2 * COMMON_MIN) / (1 + rows))
  const whole = weighed.reduce((sum, word) => sum + weightOf(word), 0)
  const found = weighed
    .filter(({ word }) => there.some((other) => isSameWord(word, other)))
    .reduce((sum, word) => sum + weightOf(word), 0)
  const words = whole === 0 ? 0 : found / whole
  return WORD_WEIGHT * words + (1 - WORD_WEIGHT) * overlap(trigramsIn(typed.join(' ')), trigramsIn(there.join(' ')))
}

/** Equal, or forms of one stem as far as a common beginning can tell. */
function isSameWord(a: string, b: string): boolean {
  if (a === b) return true
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const stem = short.length > 5 ? short.slice(0, -2) : short
  return stem.length >= 4 && long.startsWith(stem) && long.length - short.length <= 4
}

/** Dice's coefficient. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((piece) => b.has(piece)).length
  return a.size + b.size === 0 ? 0 : (2 * both) / (a.size + b.size)
}

const wordsIn = (text: string): string[] => [
  ...new Set(
    text
      .slice(0, 500)
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  ),
]

const trigramsIn = (text: string): Set<string> => {
  const letters = [...text]
  return new Set(letters.slice(2).map((_, i) => letters.slice(i, i + 3).join('')))
}

/** At most that many of them, evenly taken. */
const spread = <T>(all: readonly T[], max: number): T[] =>
  all.length <= max ? [...all] : Array.from({ length: max }, (_, i) => all[Math.floor((i * all.length) / max)] as T) // In range.
