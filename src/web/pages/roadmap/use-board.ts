import { keepPreviousData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import type { Phase } from '../../../contracts/roadmap-ref.ts'
import type { ApiFault } from '../../api/fault.ts'
import { CONFIRM_MS } from '../../api/queries.ts'
import type { Board } from './board.ts'
import { type RoadmapFilter, roadmapQuery } from './filter.ts'

export type Pages = Readonly<Record<Phase, UseInfiniteQueryResult<{ items: RoadmapItem[]; total: number }, ApiFault>>>

/** The four phases, each a page of cards at a time. */
export function useBoard(filter: RoadmapFilter): { board: Board; pages: Pages } {
  const common = { refetchInterval: CONFIRM_MS, placeholderData: keepPreviousData }
  const now = useInfiniteQuery({ ...roadmapQuery('now', filter), ...common })
  const next = useInfiniteQuery({ ...roadmapQuery('next', filter), ...common })
  const later = useInfiniteQuery({ ...roadmapQuery('later', filter), ...common })
  const done = useInfiniteQuery({ ...roadmapQuery('done', filter), ...common })
  const board = useMemo<Board>(
    () => ({
      now: now.data?.items ?? [],
      next: next.data?.items ?? [],
      later: later.data?.items ?? [],
      done: done.data?.items ?? [],
    }),
    [now.data, next.data, later.data, done.data],
  )
  return { board, pages: { now, next, later, done } }
}
