type Dragging = typeof import('@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter')

const load = () => import('@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter')

/**
 * Registers something with what drags, which comes apart from the page: most readers only read. Where it cannot be loaded,
 * keys and menu still move cards.
 * @returns what undoes it, also before it has come
 */
export function withDragging(register: (dragging: Dragging) => () => void): () => void {
  let undo: (() => void) | null = () => undefined
  load().then(
    (dragging) => {
      if (undo !== null) undo = register(dragging)
    },
    () => undefined,
  )
  return () => {
    undo?.()
    undo = null
  }
}
