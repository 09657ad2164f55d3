import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconClockExclamation,
  IconHelpCircleFilled,
  IconInfoCircleFilled,
  IconPlayerPlayFilled,
  IconSquareRoundedXFilled,
  IconTool,
} from '@tabler/icons-react'
import classes from './StateBadge.module.css'
import { type Shown, stateWords } from './state.ts'

const icons = {
  green: IconCircleCheckFilled,
  yellow: IconAlertTriangleFilled,
  red: IconSquareRoundedXFilled,
  unknown: IconHelpCircleFilled,
  maintenance: IconTool,
  info: IconInfoCircleFilled,
  running: IconPlayerPlayFilled,
  stale: IconClockExclamation,
}

export function StateIcon({ shown, size = 16 }: { shown: keyof typeof icons; size?: number }) {
  const Icon = icons[shown]
  return <Icon className={classes.icon} data-state={shown} size={size} aria-hidden />
}

interface BadgeProps {
  state: Shown
  isStale?: boolean
  /** Another word than the state's own, and another sign with it. */
  word?: string
  icon?: keyof typeof icons
}

/** Icon, word, colour. When stale it says what was last known and is grey: an old green is not a green. */
export function StateBadge({ state, isStale = false, word, icon = state }: BadgeProps) {
  const name = word ?? stateWords[state]
  return (
    <span className={classes.badge} data-state={isStale ? 'unknown' : state}>
      <StateIcon shown={isStale ? 'stale' : icon} />
      {isStale ? `Last known: ${name}` : name}
    </span>
  )
}
