import * as Type from 'typebox'
import { closed, Id, nullable, oneOf } from './primitives.ts'

/**
 * Columns of an export and of an import. Synonyms are separated by `;`, related assets are `Name <https://address>`
 * separated by `;`, a successor is `domain: term`; a backslash before one of these marks makes it a letter.
 */
export const glossaryColumns = [
  'domain',
  'term',
  'synonyms',
  'status',
  'steward',
  'definition',
  'related_assets',
  'replaced_by',
] as const
export type GlossaryColumn = (typeof glossaryColumns)[number]

export const IMPORT_ROWS_MAX = 20_000
const IMPORT_LENGTH_MAX = 10_000_000
/** The text as JSON, with room for letters of more than one byte. */
export const IMPORT_BYTES_MAX = 16 * 1024 * 1024

/**
 * Needs the columns `domain` and `term`, by which a row finds its term, whatever the case. A column that is not there
 * leaves its field alone; an empty cell empties it, but for the status: that stays, and is a draft for a new term.
 */
export const ImportRequest = closed({
  csv: Type.String({ minLength: 1, maxLength: IMPORT_LENGTH_MAX }),
  dry_run: Type.Boolean(),
})

export const importOutcomes = ['created', 'changed', 'unchanged', 'refused'] as const
export type ImportOutcome = (typeof importOutcomes)[number]

const CellText = Type.String({ maxLength: 200_000 })
export const ImportRow = closed({
  /** Of the file, 1 being its head. */
  line: Type.Integer({ minimum: 1 }),
  /** As the file has them, cut where they are too long for a term. */
  domain: Type.String({ maxLength: 200 }),
  term: Type.String({ maxLength: 200 }),
  outcome: oneOf(importOutcomes),
  /** What it found or made; null for what is not there. */
  term_id: nullable(Id),
  /** As cells of the file: what was in the field, null for a new term, and what the file has. */
  changes: Type.Array(closed({ field: oneOf(glossaryColumns), from: nullable(CellText), to: CellText }), {
    maxItems: glossaryColumns.length,
  }),
  /** Why it is refused. */
  reason: nullable(Type.String({ maxLength: 1000 })),
})
export type ImportRow = Type.Static<typeof ImportRow>

const count = Type.Integer({ minimum: 0 })
export const ImportAnswer = closed({
  /** False for a dry run, and when any row was refused: then nothing was written. */
  is_applied: Type.Boolean(),
  counts: closed({ created: count, changed: count, unchanged: count, refused: count }),
  /** In the order of the file. */
  rows: Type.Array(ImportRow, { maxItems: IMPORT_ROWS_MAX }),
})
export type ImportAnswer = Type.Static<typeof ImportAnswer>
