import { quoted, searchOf } from '../ddl.ts'
import type { Table } from '../table.ts'
import type { Database, SqlValue } from './database.ts'

const TERMS_MAX = 20
const TEXT_MAX = 500
/** A match in one column counts this many times one in the next. */
const WEIGHT_STEP = 4

/**
 * What a person typed, as an FTS5 query: every word must be there, the last one may be the start of a word, words in
 * double quotes stand together. Null when there is no word in it. Nothing typed is ever read as query syntax.
 */
export const matchOf = (text: string): string | null => {
  const terms: string[] = []
  const pieces = text.slice(0, TEXT_MAX).normalize('NFC').split('"')
  pieces.forEach((piece, i) => {
    // Every second piece stands between two quotes; without the second quote it is words like any other.
    const isPhrase = i % 2 === 1 && i < pieces.length - 1
    const isLast = i === pieces.length - 1
    const words = (isPhrase ? [piece] : piece.split(/\s+/)).map(clean).filter(hasToken)
    words.forEach((word, j) => {
      terms.push(`"${word}"${isLast && j === words.length - 1 ? '*' : ''}`)
    })
  })
  return terms.length === 0 ? null : terms.slice(0, TERMS_MAX).join(' ')
}

/** Any of these phrases, whole, as an FTS5 query. Null when there is no word in them. */
export const matchAnyOf = (phrases: readonly string[]): string | null => {
  const terms = phrases
    .map((phrase) => clean(phrase.slice(0, TEXT_MAX).normalize('NFC').replaceAll('"', ' ')))
    .filter(hasToken)
    .map((phrase) => `"${phrase}"`)
  return terms.length === 0 ? null : terms.join(' OR ')
}

const clean = (word: string) => word.replace(/[\p{Cc}\p{Cs}]/gu, ' ')
/** What the tokenizer makes tokens of; a term without any would match nothing. */
const hasToken = (word: string) => /[\p{L}\p{N}\p{Co}]/u.test(word)

/** The condition for a list's `where` that keeps what matches `:match`, to be given `matchOf(text)`. */
export const isFound = (table: Table['name']): string => {
  const fts = quoted(searchOf(table))
  return `seq IN (SELECT rowid FROM ${fts} WHERE ${fts} MATCH :match)`
}

export interface SearchOptions {
  limit?: number
  /** On the table's own columns, with `:named` parameters. */
  where?: string
  params?: Record<string, SqlValue>
}

/** Ids of what is not deleted and matches, best first. */
export const searchIds = (database: Database, table: Table, text: string, options: SearchOptions = {}): string[] => {
  if (!table.search) throw new Error(`${table.name} has no columns to search`)
  const match = matchOf(text)
  if (match === null) return []
  const fts = quoted(searchOf(table.name))
  const weights = table.search.map((_, i, all) => WEIGHT_STEP ** (all.length - 1 - i))
  return database
    .all<{ id: string }>(
      `WITH hit AS MATERIALIZED (SELECT rowid AS hit_seq, bm25(${fts}, ${weights}) AS hit_score FROM ${fts} WHERE ${fts} MATCH :match)
       SELECT id FROM hit JOIN ${quoted(table.name)} ON seq = hit_seq WHERE ${options.where ?? 'true'}
       ORDER BY hit_score, id LIMIT :hit_limit`,
      { ...options.params, match, hit_limit: options.limit ?? 200 },
    )
    .map(({ id }) => id)
}
