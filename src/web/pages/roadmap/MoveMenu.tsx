import { IconDotsVertical } from '@tabler/icons-react'
import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import { ActionMenu } from '../../ui/ActionMenu.tsx'
import type { Target } from './board.ts'
import type { MenuPlace } from './menu-places.ts'

interface MoveMenuProps {
  card: RoadmapItem
  placesFor(card: RoadmapItem): MenuPlace[]
  onMove(card: RoadmapItem, target: Target): void
}

export const menuId = (cardId: string) => `places-${cardId}`

/** The same as dragging, in words. */
export function MoveMenu({ card, placesFor, onMove }: MoveMenuProps) {
  return (
    <ActionMenu
      openerId={menuId(card.id)}
      label={`Where to move ${card.title}`}
      icon={<IconDotsVertical size={16} aria-hidden />}
      acts={() =>
        placesFor(card).map((place) => ({
          label: place.label,
          blocked: 'blocked' in place ? place.blocked : null,
          onAct: () => {
            if ('target' in place) onMove(card, place.target)
          },
        }))
      }
    />
  )
}
