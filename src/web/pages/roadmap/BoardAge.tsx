import { AsOf } from '../../parts/AsOf.tsx'
import { useFreshness } from '../../parts/use-freshness.ts'
import type { Pages } from './use-board.ts'

/** How old the board is: as old as the oldest of its columns. */
export const BoardAge = ({ pages }: { pages: Pages }) => <AsOf {...useFreshness(...Object.values(pages))} />
