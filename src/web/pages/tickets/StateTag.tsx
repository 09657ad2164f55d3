import { IconCircleCheckFilled, IconCircleDot, IconCircleMinus, IconHourglass, IconProgress } from '@tabler/icons-react'
import { categoryOf, type ItemState } from '../../../contracts/workflows.ts'
import classes from './Ticket.module.css'
import { stateWords } from './words.ts'

const icons = {
  open: IconCircleDot,
  active: IconProgress,
  waiting: IconHourglass,
  achieved: IconCircleCheckFilled,
  dropped: IconCircleMinus,
}

/** Done in two ways: what was asked for happened, or it will not. */
const dropped: readonly ItemState[] = ['DECLINED', 'DUPLICATE', 'WITHDRAWN', 'REJECTED', 'CANCELLED']

function toneOf(state: ItemState): keyof typeof icons {
  const category = categoryOf[state]
  if (category !== 'done') return category
  return dropped.includes(state) ? 'dropped' : 'achieved'
}

/** Where a ticket stands: icon, word, colour. */
export function StateTag({ state }: { state: ItemState }) {
  const tone = toneOf(state)
  const Icon = icons[tone]
  return (
    <span className={classes.tag} data-tone={tone}>
      <Icon className={classes.tagIcon} size={15} aria-hidden />
      {stateWords[state]}
    </span>
  )
}
