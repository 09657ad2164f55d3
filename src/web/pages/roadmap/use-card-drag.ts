import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type RefObject, useEffect, useState } from 'react'
import type { Phase } from '../../../contracts/roadmap-ref.ts'

export type Edge = 'above' | 'below'

/** A card that is dragged by its handle, and that another can be dropped above or below. */
export function useCardDrag(
  card: RefObject<HTMLElement | null>,
  handle: RefObject<HTMLElement | null>,
  { id, phase, isMovable }: { id: string; phase: Phase; isMovable: boolean },
): { isDragged: boolean; edge: Edge | null } {
  const [isDragged, setIsDragged] = useState(false)
  const [edge, setEdge] = useState<Edge | null>(null)
  useEffect(() => {
    const [element, dragHandle] = [card.current, handle.current]
    if (element === null) return
    const target = dropTargetForElements({
      element,
      canDrop: ({ source }) => typeof source.data.cardId === 'string' && source.data.cardId !== id,
      getData: ({ input, element: over }) => ({ phase, cardId: id, edge: edgeAt(over, input.clientY) }),
      onDrag: ({ self }) => setEdge(self.data.edge as Edge), // As given by getData.
      onDragLeave: () => setEdge(null),
      onDrop: () => setEdge(null),
    })
    if (!isMovable || dragHandle === null) return target
    return combine(
      target,
      draggable({
        element,
        dragHandle,
        getInitialData: () => ({ cardId: id }),
        onDragStart: () => setIsDragged(true),
        onDrop: () => setIsDragged(false),
      }),
    )
  }, [card, handle, id, phase, isMovable])
  return { isDragged, edge }
}

function edgeAt(element: Element, clientY: number): Edge {
  const { top, height } = element.getBoundingClientRect()
  return clientY < top + height / 2 ? 'above' : 'below'
}
