import { useRef } from 'react'
import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import type { Phase } from '../../../contracts/roadmap-ref.ts'
import { Loaded } from '../../parts/Loaded.tsx'
import { MoreButton } from '../../ui/MoreButton.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import stack from '../../ui/Stack.module.css'
import { Card, type CardActs } from './Card.tsx'
import { DropLine } from './DropLine.tsx'
import type { RoadmapFilter } from './filter.ts'
import classes from './Roadmap.module.css'
import type { Pages } from './use-board.ts'
import { phaseHints, phaseWords } from './words.ts'

interface ColumnProps extends CommonProps {
  phase: Phase
  cards: readonly RoadmapItem[]
  pages: Pages[Phase]
}

/** What all columns share. */
export interface CommonProps {
  filter: RoadmapFilter
  liftedId: string | null
  /** Whether this reader may move any card at all. */
  mayDrop: boolean
  acts: CardActs
  mayMove(card: RoadmapItem): boolean
  platformName(id: string | null): string | null
}

export function Column({ phase, cards, pages, filter, liftedId, mayDrop, acts, mayMove, platformName }: ColumnProps) {
  const root = useRef<HTMLElement>(null)
  const total = pages.data?.total ?? 0
  return (
    <section ref={root} className={classes.column} aria-label={phaseWords[phase]}>
      <div className={classes.columnHead}>
        <h2>{phaseWords[phase]}</h2>
        <p className={stack.dimmed}>
          {phaseHints[phase]} · {total}
        </p>
      </div>
      <Loaded
        query={pages}
        what={`what is in ${phaseWords[phase]}`}
        skeleton={<Skeletons count={3} height={96} what="cards" />}
      >
        {() => (
          <>
            {cards.length === 0 && <p className={stack.dimmed}>Nothing here.</p>}
            <ol className={classes.cards}>
              {cards.map((card) => (
                <Card
                  key={card.id}
                  card={card}
                  filter={filter}
                  platformName={platformName(card.platform_id)}
                  isMovable={mayMove(card)}
                  isLifted={card.id === liftedId}
                  acts={acts}
                />
              ))}
            </ol>
            {pages.hasNextPage && <MoreButton shown={cards.length} total={total} what="cards" pages={pages} />}
          </>
        )}
      </Loaded>
      {mayDrop && <DropLine column={root} phase={phase} />}
    </section>
  )
}
