import { expect, it } from 'vitest'
import { createJournal } from '../src/server/storage/create-journal.ts'
import { embeddedLedger } from '../src/server/storage/embedded.ts'
import { openLocal } from '../src/server/storage/local/open.ts'
import { provenance, workItem } from '../src/server/storage/samples.ts'
import { others, questions } from './similar-questions.ts'

/**
 * Asking for every word finds what somebody copies, not what they say in their own words. The figures are those of this
 * corpus; what counts is how far apart they are.
 */
it('finds in the first five what people ask for in their own words, where asking for every word finds little', async () => {
  const local = openLocal(':memory:')
  const journal = createJournal(local, embeddedLedger(local))
  const titles = [...new Set(questions.map(([, title]) => title)), ...others]
  const idOf = new Map(titles.map((title, i) => [title, `item-${i}`]))
  for (const [title, id] of idOf)
    await journal.commit([{ table: 'work_items', id, expectedVersion: 0, fields: workItem({ title }) }], provenance())

  const hits = (find: (typed: string) => readonly string[]) =>
    questions.filter(([typed, title]) => find(typed).includes(idOf.get(title) ?? '')).length / questions.length
  const resembling = hits((typed) => local.similar('work_items', typed, { limit: 5 }).map(({ id }) => id))
  const everyWord = hits((typed) => local.search('work_items', typed, { limit: 5 }))
  local.close()

  expect(resembling).toBeGreaterThanOrEqual(0.9)
  expect(everyWord).toBeLessThan(resembling / 3)
})
