/**
 * A number in [0, 1) that depends on nothing but the key: the sample workspace never draws lots, so that two processes,
 * and the same process tomorrow, tell the same story. FNV-1a over the text, then a mixer, because neighbouring numbers
 * must not give neighbouring answers.
 */
export function chance(key: string, n: number): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (n | 0), 0x9e3779b1) ^ Math.imul(Math.floor(n / 4294967296) | 0, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296
}

/** From `low` up to, not including, `high`. */
export const between = (low: number, high: number, share: number): number => low + (high - low) * share

export function pick<T>(from: readonly [T, ...T[]], share: number): T {
  return from[Math.floor(share * from.length)] ?? from[0]
}
