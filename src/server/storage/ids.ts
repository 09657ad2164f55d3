import { v5, v7 } from 'uuid'

/** Sorted by time of making. */
export const newId = (now: number): string => v7({ msecs: now })

const NAMESPACE = '5d1f3c52-7a86-4c59-9b0e-2f6f3f5a9c11'

/** One id per natural key: two that make the same thing at once make one record. */
export const idOf = (kind: string, ...key: (string | null)[]): string => v5(JSON.stringify([kind, ...key]), NAMESPACE)
