import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { canSomewhere } from '../../api/can.ts'
import { useMe } from '../../api/me.ts'
import { read } from '../../api/queries.ts'
import { useSummary } from '../../api/summary.ts'
import { toTickets } from '../../paths.ts'
import type { Group } from './entry.ts'
import { docsGroup, foundGroups } from './found-entries.tsx'
import { ownGroups } from './own-entries.ts'

const PAUSE_MS = 120
/** As long as the portal takes. */
const TEXT_MAX = 200

type Acts = Parameters<typeof ownGroups>[2]

/** Everything that fits what is typed, by kind. What comes from the portal stands until its next answer is there. */
export function useGroups(typed: string, acts: Acts) {
  const me = useMe()
  const { summary } = useSummary()
  const text = typed.trim().slice(0, TEXT_MAX)
  const [asked] = useDebouncedValue(text, PAUSE_MS)
  const search = useQuery({
    ...read('search', { query: { q: asked } }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  const docs = useQuery({
    queryKey: ['docs search', asked],
    queryFn: async () => (await import('../../pages/docs/search.ts')).searchDocs(asked),
    enabled: asked !== '' && canSomewhere(me, 'docs.read'),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const found = text === '' ? [] : [...foundGroups(search.data?.items ?? [], summary), ...docsGroup(docs.data ?? [])]
  const own = ownGroups(me, typed, acts)
  const groups: Group[] = text === '' ? own : [...own, ...found]
  if (text !== '' && canSomewhere(me, 'work_item.read'))
    groups.push({
      title: 'Search',
      entries: [{ key: 'all tickets', label: `All tickets with “${text}”`, link: toTickets({ q: text }) }],
    })
  return {
    groups,
    /** Nothing more comes for what is typed. */
    isSettled: text === '' || (asked === text && !search.isFetching && !docs.isFetching),
    error: text === '' ? null : search.error,
    isFound: text === '' || own.length + found.length > 0,
  }
}
