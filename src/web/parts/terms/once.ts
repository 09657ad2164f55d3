import type { Matcher, Occurrence } from './matcher.ts'

/**
 * What of a paragraph is marked: each term the first time it stands where it can be marked, and never the term that
 * the page is about.
 */
export function markedOnce(
  matcher: Matcher,
  text: string,
  {
    exceptTermId,
    fits = () => true,
  }: { exceptTermId?: string | undefined; fits?: (found: Occurrence) => boolean } = {},
): Occurrence[] {
  const seen = new Set<string>()
  return matcher.find(text).filter((found) => {
    const key = idsOf(found)
    if (seen.has(key) || found.words.some(({ id }) => id === exceptTermId) || !fits(found)) return false
    seen.add(key)
    return true
  })
}

export const idsOf = ({ words }: Occurrence) => words.map(({ id }) => id).join(' ')
