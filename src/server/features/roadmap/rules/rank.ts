/**
 * Ranks are fractions written in digits whose bytes sort as they count: between any two there is another, so moving one
 * card changes one card. A rank never ends in the lowest digit, or nothing would fit before it.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BASE = DIGITS.length

/** Longer than this, all ranks of the phase are made anew. */
export const RANK_LENGTH_MAX = 40

/**
 * A rank after `before` and before `after`; null is the end of that side.
 * @throws RangeError when there is no room, because `before` is not less than `after`
 */
export function rankBetween(before: string | null, after: string | null): string {
  if (before !== null && after !== null && before >= after) throw new RangeError(`${before} is not before ${after}`)
  let rank = ''
  for (let i = 0; ; i += 1) {
    const low = digitAt(before, i, 0)
    // Once the new rank is below `after`, nothing bounds what follows.
    const high = after === null || (rank !== '' && !after.startsWith(rank)) ? BASE : digitAt(after, i, 0)
    const middle = Math.floor((low + high) / 2)
    if (middle > low) return rank + DIGITS[middle]
    rank += DIGITS[low]
  }
}

const digitAt = (rank: string | null, i: number, otherwise: number) =>
  rank === null || i >= rank.length ? otherwise : DIGITS.indexOf(rank.charAt(i))

/** That many ranks, evenly apart, in order. */
export function evenRanks(count: number): string[] {
  const width = Math.max(2, Math.ceil(Math.log(count + 1) / Math.log(BASE)) + 1)
  const step = BASE ** width / (count + 1)
  return Array.from({ length: count }, (_, i) => written(Math.floor((i + 1) * step), width))
}

function written(value: number, width: number): string {
  let rank = ''
  for (let rest = value, i = 0; i < width; i += 1, rest = Math.floor(rest / BASE)) rank = DIGITS[rest % BASE] + rank
  // The lowest digit at the end is the same fraction without it.
  return rank.replace(/0+$/, '') || '1'
}
