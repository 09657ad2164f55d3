import { IconGripVertical, IconThumbUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, memo, useEffect, useRef } from 'react'
import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import { toRoadmap } from '../../paths.ts'
import type { Target } from './board.ts'
import type { RoadmapFilter } from './filter.ts'
import { MoveMenu } from './MoveMenu.tsx'
import type { MenuPlace } from './menu-places.ts'
import { Owner } from './Owner.tsx'
import classes from './Roadmap.module.css'
import { useDraggable } from './use-drag.ts'
import { demandText, pastOf, progressText } from './words.ts'

export interface CardActs {
  lift(card: RoadmapItem): void
  step(key: string): boolean
  drop(): void
  putBack(): void
  placesFor(card: RoadmapItem): MenuPlace[]
  moveFromMenu(card: RoadmapItem, target: Target): void
}

interface CardProps {
  card: RoadmapItem
  filter: RoadmapFilter
  platformName: string | null
  isMovable: boolean
  isLifted: boolean
  acts: CardActs
}

export const handleId = (cardId: string) => `move-${cardId}`

/** One promise: what, for whom, when, how many want it and how far it is. */
export const Card = memo(function Card({ card, filter, platformName, isMovable, isLifted, acts }: CardProps) {
  const root = useRef<HTMLLIElement>(null)
  const handle = useRef<HTMLButtonElement>(null)
  const isDragged = useDraggable(root, handle, { id: card.id, isMovable })
  const past = pastOf(card)
  // A lifted card goes to another list and is drawn anew there; the focus goes with it.
  useEffect(() => {
    if (isLifted) handle.current?.focus()
  }, [isLifted])
  return (
    <li ref={root} className={classes.card} data-card={card.id} data-lifted={isLifted} data-dragged={isDragged}>
      <div className={classes.cardHead}>
        {isMovable && (
          <button
            ref={handle}
            id={handleId(card.id)}
            type="button"
            className={classes.handle}
            aria-label={`Move ${card.title}`}
            aria-pressed={isLifted}
            title="Drag, or press Space and use the arrow keys"
            onKeyDown={(event) => onKey(event, card, isLifted, acts)}
            onBlur={({ relatedTarget }) => {
              // Somebody went elsewhere; a card that is drawn anew loses the focus to nothing.
              if (isLifted && relatedTarget !== null) acts.putBack()
            }}
          >
            <IconGripVertical size={16} aria-hidden />
          </button>
        )}
        <h3 className={classes.cardTitle}>
          <Link
            {...toRoadmap({ ...filter, item: card.id })}
            resetScroll={false}
            onKeyDown={(event) => {
              if (event.key !== ' ' || !isMovable) return
              event.preventDefault()
              acts.lift(card)
            }}
          >
            <bdi>{card.title}</bdi>
          </Link>
        </h3>
        {isMovable && <MoveMenu card={card} placesFor={acts.placesFor} onMove={acts.moveFromMenu} />}
      </div>
      <p className={classes.facts}>
        <span className={classes.theme}>{card.theme}</span>
        {card.target_quarter !== null && <span>{card.target_quarter}</span>}
        {past !== null && (
          <span className={classes.past} title={past.reason}>
            {past.was}
          </span>
        )}
        {platformName !== null && <span>{platformName}</span>}
        {card.owner !== '' && <Owner name={card.owner} />}
      </p>
      {card.work_item_ids.length > 0 && (
        <div className={classes.counts}>
          <span className={classes.demand}>
            <IconThumbUp size={14} aria-hidden />
            {demandText(card.demand)}
          </span>
          <span className={classes.progress}>
            <progress value={card.progress.done} max={Math.max(card.progress.total, 1)} aria-hidden />
            {progressText(card.progress)}
          </span>
        </div>
      )}
    </li>
  )
})

function onKey(event: KeyboardEvent, card: RoadmapItem, isLifted: boolean, acts: CardActs): void {
  const { key } = event
  if (key === ' ' || key === 'Enter') {
    if (isLifted) acts.drop()
    else acts.lift(card)
  } else if (key === 'Escape' && isLifted) acts.putBack()
  else if (!isLifted || !acts.step(key)) return
  event.preventDefault()
}
