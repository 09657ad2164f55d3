import type { ToOptions } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** One line of the palette: somewhere to go, or something to do. */
export type Entry = {
  /** Unique in the palette. */
  key: string
  label: string
  /** What tells it from another of that name: a state, a domain. */
  hint?: ReactNode
} & ({ link: ToOptions } | { act(): void })

export interface Group {
  title: string
  entries: readonly Entry[]
}

/** As the portal's own search folds: case and accents do not matter. */
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []

/** Those where each typed word begins a word of the name, in any order; first those that begin with what was typed. */
export function named<E extends { label: string }>(entries: readonly E[], typed: string): E[] {
  const words = wordsOf(typed)
  const fits = entries.filter(({ label }) => {
    const there = wordsOf(label)
    return words.every((word) => there.some((other) => other.startsWith(word)))
  })
  const isAhead = ({ label }: E) => fold(label).startsWith(fold(typed.trim()))
  return [...fits.filter(isAhead), ...fits.filter((entry) => !isAhead(entry))]
}

/** The place after, or before, this one; past the end is the beginning again. Of none there is none. */
export const stepFrom = (index: number, by: 1 | -1, count: number): number =>
  count === 0 ? -1 : (index + by + count) % count
