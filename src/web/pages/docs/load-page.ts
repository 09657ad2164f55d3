import { pages } from 'virtual:docs/guide'
import type { GuidePage } from './guide.ts'

/** A page with the addresses of its pictures, or null where there is none of that name. Fails when it cannot be loaded. */
export async function loadPage(slug: string): Promise<LoadedPage | null> {
  const load = Object.hasOwn(pages, slug) ? pages[slug] : undefined
  if (load === undefined) return null
  const { default: page, images } = await load()
  return { page, images }
}

export interface LoadedPage {
  page: GuidePage
  images: Record<string, string>
}
