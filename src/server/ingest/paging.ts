/** The pages that were read; `isCut` when there were more than we take. */
export interface Pages {
  answers: unknown[]
  isCut: boolean
}

/**
 * Reads pages until there are no more, `isEnough` says so, or `pagesMax` are read. A token that repeats ends it too: a
 * system that hands out the same page for ever must not keep us.
 */
export async function readPages(options: {
  pagesMax: number
  fetchPage(token: string | null): Promise<unknown>
  nextToken(answer: unknown): string | null
  isEnough?(answers: readonly unknown[]): boolean
}): Promise<Pages> {
  const answers: unknown[] = []
  const seen = new Set<string>()
  let token: string | null = null
  while (answers.length < options.pagesMax) {
    const answer: unknown = await options.fetchPage(token)
    answers.push(answer)
    token = options.nextToken(answer)
    if (token === null || options.isEnough?.(answers)) return { answers, isCut: false }
    if (seen.has(token)) break
    seen.add(token)
  }
  return { answers, isCut: true }
}
