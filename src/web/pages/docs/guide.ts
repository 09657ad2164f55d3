import type { Root } from 'hast'

/** What the build makes of the documentation: which pages there are, in the order of the sidebar. */
export interface Guide {
  groups: GuideGroup[]
}

export interface GuideGroup {
  title: string
  pages: GuideEntry[]
}

export interface GuideEntry {
  /** What follows `/docs/` in its address. */
  slug: string
  title: string
  summary: string
}

export interface GuidePage extends GuideEntry {
  owner: string | null
  /** A day, `2027-05-01`, past which its owner no longer vouches for it. */
  reviewBy: string | null
  /** Names of the platforms that it is about. */
  platforms: string[]
  /** The day of its last change. */
  changedOn: string
  contents: Heading[]
  tree: Root
}

export interface Heading {
  /** Its anchor. */
  id: string
  text: string
  level: 2 | 3
}

/** The pages before and after one, in the order of the sidebar. */
export function neighboursOf(guide: Guide, slug: string | null): { previous?: GuideEntry; next?: GuideEntry } {
  const entries = guide.groups.flatMap(({ pages }) => pages)
  const at = entries.findIndex((entry) => entry.slug === slug)
  if (at === -1) return {}
  const previous = entries[at - 1]
  const next = entries[at + 1]
  return { ...(previous !== undefined && { previous }), ...(next !== undefined && { next }) }
}
