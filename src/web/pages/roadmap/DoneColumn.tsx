import { useEffect, useRef, useState } from 'react'
import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import { Column, type CommonProps } from './Column.tsx'
import { withDragging } from './dragging.ts'
import classes from './Roadmap.module.css'
import type { Pages } from './use-board.ts'
import { phaseWords } from './words.ts'

interface DoneProps extends CommonProps {
  cards: readonly RoadmapItem[]
  pages: Pages['done']
}

/** What is done is there for whoever wants to see it. It unfolds for a card that is brought here. */
export function DoneColumn(props: DoneProps) {
  const { cards, pages, liftedId, mayDrop } = props
  const summary = useRef<HTMLElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  const [isOver, setIsOver] = useState(false)
  const hasLifted = liftedId !== null && cards.some(({ id }) => id === liftedId)
  // It stays so, or it would fold over the card when that is dropped.
  useEffect(() => {
    if (hasLifted) setIsOpen(true)
  }, [hasLifted])
  useEffect(() => {
    const element = summary.current
    if (!mayDrop || element === null) return
    return withDragging(({ dropTargetForElements }) =>
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data.cardId === 'string',
        getData: () => ({ phase: 'done', afterId: null }),
        onDragEnter: () => setIsOver(true),
        onDragLeave: () => setIsOver(false),
        onDrop: () => {
          setIsOver(false)
          setIsOpen(true)
        },
      }),
    )
  }, [mayDrop])
  return (
    <details
      className={classes.done}
      open={isOpen || hasLifted}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary ref={summary} data-over={isOver}>
        {phaseWords.done} · {pages.data?.total ?? 0}
      </summary>
      <Column phase="done" {...props} />
    </details>
  )
}
