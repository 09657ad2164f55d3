import { IconAlertOctagon, IconBulb, IconClipboardList } from '@tabler/icons-react'
import type { ItemType } from '../../../contracts/workflows.ts'
import classes from './Ticket.module.css'
import { typeWords } from './words.ts'

const icons = { INCIDENT: IconAlertOctagon, IMPROVEMENT: IconBulb, PLATFORM_REQUEST: IconClipboardList }

/** What kind of ticket it is. Without its word beside it the icon says it itself. */
export function TicketTypeIcon({
  type,
  size = 18,
  withWord = false,
}: {
  type: ItemType
  size?: number
  withWord?: boolean
}) {
  const Icon = icons[type]
  if (!withWord) return <Icon className={classes.type} size={size} role="img" aria-label={typeWords[type]} />
  return (
    <span className={classes.typeWithWord}>
      <Icon className={classes.type} size={size} aria-hidden />
      {typeWords[type]}
    </span>
  )
}
