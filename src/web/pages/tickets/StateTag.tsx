import { IconCircleCheckFilled, IconCircleDot, IconCircleMinus, IconHourglass, IconProgress } from '@tabler/icons-react'
import { categoryOf, type ItemState } from '../../../contracts/workflows.ts'
import { Tag, TagIcon, type Tone } from '../../parts/Tag.tsx'
import { stateWords } from './words.ts'

const icons = {
  open: IconCircleDot,
  active: IconProgress,
  waiting: IconHourglass,
  achieved: IconCircleCheckFilled,
  dropped: IconCircleMinus,
}

const tones: Record<keyof typeof icons, Tone> = {
  open: 'blue',
  active: 'plain',
  waiting: 'yellow',
  achieved: 'green',
  dropped: 'grey',
}

/** Done in two ways: what was asked for happened, or it will not. */
const dropped: readonly ItemState[] = ['DECLINED', 'DUPLICATE', 'WITHDRAWN', 'REJECTED', 'CANCELLED']

function kindOf(state: ItemState): keyof typeof icons {
  const category = categoryOf[state]
  if (category !== 'done') return category
  return dropped.includes(state) ? 'dropped' : 'achieved'
}

/** Where a ticket stands: icon, word, colour. */
export function StateTag({ state }: { state: ItemState }) {
  const kind = kindOf(state)
  return (
    <Tag tone={tones[kind]}>
      <TagIcon of={icons[kind]} tone={tones[kind]} />
      {stateWords[state]}
    </Tag>
  )
}
