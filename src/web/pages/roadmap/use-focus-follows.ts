import { useCallback, useEffect, useRef } from 'react'
import type { Board } from './board.ts'

/**
 * A card that goes to another column is drawn anew there, and the button that sent it with it. Whoever stood on that button
 * goes along: the answer takes the id of what shall have the focus once the board has changed.
 */
export function useFocusFollows(board: Board): (id: string) => void {
  const wanted = useRef<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of the board that takes the focus away.
  useEffect(() => {
    if (wanted.current === null) return
    if (document.activeElement === document.body) document.getElementById(wanted.current)?.focus()
    wanted.current = null
  }, [board])
  return useCallback((id: string) => {
    wanted.current = id
  }, [])
}
