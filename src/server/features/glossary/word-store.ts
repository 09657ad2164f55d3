import { type GlossaryWord, WORDS_MAX } from '../../../contracts/glossary.ts'
import type { Local } from '../../storage/local/open.ts'

type WordRow = Pick<GlossaryWord, 'id' | 'term' | 'domain' | 'status'> & {
  synonyms: string
  successor_id: string | null
  successor_term: string | null
}

export const createWordStore = (local: Local) => ({
  /** Read past the codec: thousands of definitions would be decoded only to be left out. */
  all: (): GlossaryWord[] =>
    local
      .all<WordRow>(
        `SELECT term.id, term.term, term.synonyms, term.domain, term.status,
                next.id AS successor_id, next.term AS successor_term
           FROM glossary_terms AS term
           LEFT JOIN glossary_terms AS next ON next.id = term.replaced_by AND next.is_deleted = 0
          WHERE term.is_deleted = 0 AND term.status <> 'draft'
          ORDER BY term.term_key, term.id LIMIT ?`,
        [WORDS_MAX],
      )
      .map(({ synonyms, successor_id, successor_term, ...word }) => ({
        ...word,
        synonyms: JSON.parse(synonyms),
        successor: successor_id === null || successor_term === null ? null : { id: successor_id, term: successor_term },
      })),
})

export type WordStore = ReturnType<typeof createWordStore>
