import { type RefObject, useEffect, useState } from 'react'
import type { Phase } from '../../../contracts/roadmap-ref.ts'
import { withDragging } from './dragging.ts'
import classes from './Roadmap.module.css'

/** How far from a card the line is drawn: in the middle of the gap between two, in pixels. */
const HALF_GAP = 5

/**
 * Takes what is dropped anywhere in a column, and shows as a line where it would come to stand. It is drawn apart from the
 * cards, so that a drag over hundreds of them draws none of them anew.
 */
export function DropLine({ column, phase }: { column: RefObject<HTMLElement | null>; phase: Phase }) {
  const [top, setTop] = useState<number | null>(null)
  useEffect(() => {
    const element = column.current
    if (element === null) return
    return withDragging(({ dropTargetForElements }) =>
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data.cardId === 'string',
        getData: ({ input, source }) => ({ phase, ...gapAt(element, input.clientY, String(source.data.cardId)) }),
        onDrag: ({ self }) => setTop(typeof self.data.top === 'number' ? self.data.top : null),
        onDragLeave: () => setTop(null),
        onDrop: () => setTop(null),
      }),
    )
  }, [column, phase])
  return top === null ? null : <div className={classes.dropLine} style={{ top }} aria-hidden />
}

/** The gap nearest to a height on the screen; its own place does not count as a card. `top` is from the column's own. */
function gapAt(column: HTMLElement, clientY: number, draggedId: string): { afterId: string | null; top: number } {
  const cards = [...column.querySelectorAll<HTMLElement>('[data-card]')].filter(
    ({ dataset }) => dataset.card !== draggedId,
  )
  const origin = column.getBoundingClientRect().top
  let after: { id: string; bottom: number } | null = null
  for (const card of cards) {
    const { top, bottom } = card.getBoundingClientRect()
    if ((top + bottom) / 2 > clientY) return { afterId: after?.id ?? null, top: top - HALF_GAP - origin }
    after = { id: card.dataset.card ?? '', bottom }
  }
  const end = after?.bottom ?? column.querySelector('ol')?.getBoundingClientRect().top ?? origin
  return { afterId: after?.id ?? null, top: end + HALF_GAP - origin }
}
