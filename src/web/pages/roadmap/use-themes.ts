import { useQuery } from '@tanstack/react-query'
import { read } from '../../api/queries.ts'

/** All that there are, whatever the board is narrowed to. */
export const useThemes = () => useQuery(read('roadmapThemes', {})).data?.items.map(({ theme }) => theme) ?? []
