import { type RefObject, useLayoutEffect, useRef } from 'react'
import { placeCard } from './place.ts'

/** Shows an element above everything else on the page, where its anchor is, and keeps it there. */
export function usePlace(anchor: RefObject<HTMLElement | null>): RefObject<HTMLSpanElement | null> {
  const card = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const [shown, word] = [card.current, anchor.current]
    if (shown === null || word === null) return
    // Without the top layer it stands above what is not positioned, which is nearly everything.
    if (typeof shown.showPopover === 'function' && !shown.matches(':popover-open')) shown.showPopover()
    const place = () => {
      const line = word.getClientRects()[0] ?? word.getBoundingClientRect()
      const view = { width: document.documentElement.clientWidth, height: innerHeight }
      const { left, top } = placeCard(line, { width: shown.offsetWidth, height: shown.offsetHeight }, view)
      shown.style.left = `${left}px`
      shown.style.top = `${top}px`
    }
    place()
    const sizes = new ResizeObserver(place)
    sizes.observe(shown)
    addEventListener('scroll', place, { capture: true, passive: true })
    addEventListener('resize', place)
    return () => {
      sizes.disconnect()
      removeEventListener('scroll', place, { capture: true })
      removeEventListener('resize', place)
    }
  }, [anchor])
  return card
}
