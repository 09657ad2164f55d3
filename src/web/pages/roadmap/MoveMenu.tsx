import { IconDotsVertical } from '@tabler/icons-react'
import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import { type Phase, phases } from '../../../contracts/roadmap-ref.ts'
import { ActionMenu } from '../../ui/ActionMenu.tsx'
import { phaseWords } from './words.ts'

export type MoveTo = 'top' | 'up' | 'down' | 'bottom' | Phase

const within = { top: 'To the top', up: 'Up', down: 'Down', bottom: 'To the bottom' } as const

/** The same as dragging, in words. */
export function MoveMenu({ card, onMove }: { card: RoadmapItem; onMove(card: RoadmapItem, to: MoveTo): void }) {
  return (
    <ActionMenu
      label={`Where to move ${card.title}`}
      icon={<IconDotsVertical size={16} aria-hidden />}
      acts={[
        ...(['top', 'up', 'down', 'bottom'] as const).map((to) => ({
          label: within[to],
          onAct: () => onMove(card, to),
        })),
        ...phases
          .filter((phase) => phase !== card.phase)
          .map((phase) => ({ label: `To ${phaseWords[phase]}`, onAct: () => onMove(card, phase) })),
      ]}
    />
  )
}
