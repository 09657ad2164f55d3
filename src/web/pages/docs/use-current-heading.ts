import { useEffect, useState } from 'react'
import type { Heading } from './guide.ts'

/** Below the sticky header there is this much room before a heading counts as passed. */
const ROOM = 60

/** The heading whose text is being read; near the end of the page, where nothing more can scroll, the one aimed at. */
export function useCurrentHeading(headings: readonly Heading[], aimed: string): string | null {
  const [current, setCurrent] = useState<string | null>(null)
  useEffect(() => {
    const update = () => setCurrent(currentOf(headings, aimed))
    update()
    addEventListener('scroll', update, { passive: true })
    addEventListener('resize', update)
    return () => {
      removeEventListener('scroll', update)
      removeEventListener('resize', update)
    }
  }, [headings, aimed])
  return current
}

function currentOf(headings: readonly Heading[], aimed: string): string | null {
  const page = document.documentElement
  const places = headings.flatMap(({ id }) => {
    const element = document.getElementById(id)
    return element === null ? [] : [{ id, top: element.getBoundingClientRect().top }]
  })
  const line = Number.parseFloat(getComputedStyle(page).scrollPaddingTop) + ROOM
  const passed = places.filter(({ top }) => top <= line).at(-1)?.id ?? null
  const isAtEnd = innerHeight + scrollY >= page.scrollHeight - 2
  if (!isAtEnd) return passed
  const seen = places.filter(({ top }) => top > line && top < innerHeight)
  if (seen.some(({ id }) => id === aimed)) return aimed
  return scrollY > 0 ? (seen.at(-1)?.id ?? passed) : passed
}
