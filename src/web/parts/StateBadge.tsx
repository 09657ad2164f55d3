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
import { type Shown, stateWords } from './state.ts'
import { Tag, TagIcon, type Tone } from './Tag.tsx'

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

const tones: Partial<Record<keyof typeof icons, Tone>> = {
  green: 'green',
  yellow: 'yellow',
  red: 'red',
  maintenance: 'blue',
}
const toneOf = (shown: keyof typeof icons): Tone => tones[shown] ?? 'grey'

export const StateIcon = ({ shown, size = 16 }: { shown: keyof typeof icons; size?: number }) => (
  <TagIcon of={icons[shown]} tone={toneOf(shown)} size={size} />
)

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
    <Tag tone={isStale ? 'grey' : toneOf(state)}>
      <StateIcon shown={isStale ? 'stale' : icon} />
      {isStale ? `Last known: ${name}` : name}
    </Tag>
  )
}
