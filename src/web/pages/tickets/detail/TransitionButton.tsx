import { Button } from '@mantine/core'
import type { TransitionOption, WorkItemDetail } from '../../../../contracts/tickets.ts'
import { type Asking, useTransition } from './use-transition.ts'

interface ButtonProps {
  item: WorkItemDetail
  option: TransitionOption
  isFirst?: boolean
  onAsk(asking: Asking): void
}

/** Takes a transition that asks for nothing; opens the dialog of one that does. */
export function TransitionButton({ item, option, isFirst = false, onAsk }: ButtonProps) {
  const { take, isTaking } = useTransition(item, onAsk)
  return (
    <Button size="xs" variant={isFirst ? 'filled' : 'default'} loading={isTaking} onClick={() => take(option)}>
      {option.label}
    </Button>
  )
}
