import { guide } from 'virtual:docs/guide'
import { useNavigate } from '@tanstack/react-router'
import type { RefObject } from 'react'
import { toDocsPage } from '../../paths.ts'
import { usePageKeys } from '../../shell/use-shortcuts.ts'
import { neighboursOf } from './guide.ts'

/** `[` and `]` turn the pages, `/` goes to the search. */
export function useDocsKeys(slug: string | null, searchField: RefObject<HTMLInputElement | null>): void {
  const navigate = useNavigate()
  const { previous, next } = neighboursOf(guide, slug)
  usePageKeys({
    find: () => searchField.current?.select(),
    ...(previous !== undefined && { 'previous page': () => void navigate(toDocsPage(previous.slug)) }),
    ...(next !== undefined && { 'next page': () => void navigate(toDocsPage(next.slug)) }),
  })
}
