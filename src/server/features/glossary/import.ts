import type { ImportRow } from '../../../contracts/glossary-import.ts'
import type { Verb } from '../../verb.ts'
import { type Known, planImport } from './rules/plan-import.ts'
import { readTable } from './rules/table.ts'
import type { GlossaryStore } from './store.ts'

/** All rows or none: one that is refused leaves the glossary as it is. Sent twice, the second time changes nothing. */
export const importTerms =
  (store: GlossaryStore, check: Known['check']): Verb<'glossaryImport'> =>
  async (ctx, { body }) => {
    const { rows, writes } = planImport(readTable(body.csv), {
      find: store.find,
      named: store.named,
      newId: () => store.newId(ctx.now),
      check,
    })
    const counts = countsOf(rows)
    const is_applied = !body.dry_run && counts.refused === 0
    if (is_applied) await store.saveAll(ctx, writes)
    const made = rows.map((row) => ({ ...row, term_id: row.term_id ?? store.named(row.term, row.domain)?.id ?? null }))
    return { is_applied, counts, rows: is_applied ? made : rows }
  }

function countsOf(rows: readonly ImportRow[]): Record<ImportRow['outcome'], number> {
  const counts = { created: 0, changed: 0, unchanged: 0, refused: 0 }
  for (const { outcome } of rows) counts[outcome] += 1
  return counts
}
