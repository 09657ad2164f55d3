import type { Phase } from '../../../contracts/roadmap-ref.ts'
import { readPages } from '../../api/queries.ts'
import type { RoadmapSearch } from '../../paths.ts'

export type RoadmapFilter = Omit<RoadmapSearch, 'item'>

/** Few enough to be there at once; most columns have no second page. */
const PAGE_SIZE = 50

/** One column, a page of cards at a time. */
export const roadmapQuery = (phase: Phase, { theme, platform, quarter, q }: RoadmapFilter) =>
  readPages('roadmapList', { phase, limit: PAGE_SIZE, theme, platform_id: platform, quarter, q })

/** An open card hides nothing. */
export const isFiltered = ({ theme, platform, quarter, q }: RoadmapSearch) =>
  [theme, platform, quarter, q].some((value) => value !== undefined)
