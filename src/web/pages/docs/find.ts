import MiniSearch, { type Options } from 'minisearch'
import { snippetOf } from './snippet.ts'

/** What is searched: one section of a page, from a heading to the next. */
export interface Section {
  /** Its place in the guide, `slug` or `slug#anchor`. */
  id: string
  title: string
  /** The page's own title for what comes before its first heading. */
  heading: string
  text: string
}

export interface Found {
  title: string
  heading: string
  /** Its address, `/docs/slug#anchor`. */
  path: string
  /** A line or two of the section, around the first word that was found. */
  snippet: string
  /** The words of the guide that were found, in lower case; for marking them. */
  words: string[]
}

/** The same for writing the index and for reading it. */
export const indexOptions: Options<Section> = {
  fields: ['title', 'heading', 'text'],
  storeFields: ['title', 'heading', 'text'],
}

export const readIndex = (json: string) => MiniSearch.loadJSON(json, indexOptions)

const FOUND_MAX = 8

/** The sections that fit best, the best first. All the words count; where no section has them all, any of them does. */
export function find(index: MiniSearch<Section>, text: string): Found[] {
  const search = (combineWith: 'AND' | 'OR') =>
    index.search(text, {
      boost: { title: 4, heading: 2 },
      fuzzy: (word) => (word.length > 4 ? 0.25 : false),
      // The last word may still be being typed.
      prefix: (_word, at, words) => at === words.length - 1,
      combineWith,
    })
  const all = search('AND')
  return (all.length > 0 ? all : search('OR')).slice(0, FOUND_MAX).map((result) => {
    const { id, title, heading, text: whole } = result as unknown as Section // By storeFields.
    return { title, heading, path: `/docs/${id}`, snippet: snippetOf(whole, result.terms), words: result.terms }
  })
}
