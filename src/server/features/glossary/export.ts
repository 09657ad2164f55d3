import type { ListedTerm } from '../../../contracts/glossary.ts'
import { glossaryColumns } from '../../../contracts/glossary-import.ts'
import { LIMIT_MAX } from '../../../contracts/primitives.ts'
import { BYTE_ORDER_MARK, csvLine } from '../../csv.ts'
import { toDay } from '../../time.ts'
import type { Verb } from '../../verb.ts'
import { cellOf } from './rules/columns.ts'
import type { GlossaryStore, TermFilter } from './store.ts'

/** Everything that the filter shows, read page by page while it is sent, in the words that the import reads. */
export const exportTerms =
  (store: GlossaryStore): Verb<'glossaryExport'> =>
  ({ now }, { query }) => ({
    contentType: 'text/csv; charset=utf-8',
    fileName: `glossary-${toDay(now)}.csv`,
    chunks: csvOf(everyTerm(store, query)),
  })

async function* csvOf(terms: AsyncIterable<ListedTerm>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(glossaryColumns)
  for await (const term of terms) yield csvLine(glossaryColumns.map((column) => cellOf[column](term)))
}

async function* everyTerm(store: GlossaryStore, filter: TermFilter): AsyncGenerator<ListedTerm> {
  let cursor: string | undefined
  do {
    const page = store.list(filter, { limit: LIMIT_MAX, cursor })
    yield* page.items
    cursor = page.next_cursor ?? undefined
    // Other requests come in between.
    await new Promise((resolve) => setImmediate(resolve))
  } while (cursor !== undefined)
}
