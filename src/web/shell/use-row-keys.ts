import { type RefObject, useRef } from 'react'
import { usePageKeys } from './use-shortcuts.ts'

/** `j` and `k` go from title to title, `/` to the search. The title that has the focus is the current row; Enter opens it. */
export function useRowKeys(list: RefObject<HTMLElement | null>, searchField: RefObject<HTMLInputElement | null>): void {
  const last = useRef(-1)
  const step = (by: 1 | -1) => {
    const titles = [...(list.current?.querySelectorAll<HTMLElement>('th a') ?? [])]
    const focused = titles.findIndex((title) => title.closest('tr')?.contains(document.activeElement))
    const from = focused === -1 ? last.current : focused
    const next = Math.min(titles.length - 1, Math.max(0, from + by))
    last.current = next
    titles[next]?.focus()
  }
  usePageKeys({
    next: () => step(1),
    previous: () => step(-1),
    find: () => searchField.current?.select(),
  })
}
