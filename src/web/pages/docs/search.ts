import type MiniSearch from 'minisearch'
import type { Found, Section } from './find.ts'

let loading: Promise<{ index: MiniSearch<Section>; find: typeof import('./find.ts').find }> | null = null

/** Begins to load the index, so that it is here when somebody has typed. */
export function loadSearch() {
  loading ??= load().catch((error: unknown) => {
    // The next attempt asks again.
    loading = null
    throw error
  })
  return loading
}

async function load() {
  const [{ readIndex, find }, index] = await Promise.all([import('./find.ts'), import('virtual:docs/search-index')])
  return { index: readIndex(index.default), find }
}

/** Searches the guide, at most eight sections, the best first; fails when the index cannot be loaded. */
export async function searchDocs(text: string): Promise<Found[]> {
  if (text.trim() === '') return []
  const { index, find } = await loadSearch()
  return find(index, text)
}
