import type { Verbs } from '../../verb.ts'
import type { WordStore } from './word-store.ts'

/** What is recognised in text, wherever the portal shows some. */
export const wordVerbs = (store: WordStore): Verbs<'glossaryWords'> => ({
  glossaryWords: () => ({ items: store.all() }),
})
