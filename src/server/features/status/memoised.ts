/** Kept while the revision stands and the time has not come. */
export function memoised<T>(
  revision: () => number,
  make: (now: number) => { value: T; until: number },
): (now: number) => T {
  let kept: { revision: number; from: number; until: number; value: T } | null = null
  return (now) => {
    if (kept === null || kept.revision !== revision() || now < kept.from || now >= kept.until)
      kept = { revision: revision(), from: now, ...make(now) }
    return kept.value
  }
}
