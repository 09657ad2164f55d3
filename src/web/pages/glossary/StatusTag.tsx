import { IconArchive, IconCircleCheckFilled, IconPencil } from '@tabler/icons-react'
import type { TermStatus } from '../../../contracts/glossary-ref.ts'
import classes from './Glossary.module.css'

const icons = { draft: IconPencil, active: IconCircleCheckFilled, deprecated: IconArchive }
export const statusWords: Record<TermStatus, string> = { draft: 'Draft', active: 'Active', deprecated: 'Deprecated' }

/** Whether a term may be used: icon, word, colour. */
export function StatusTag({ status }: { status: TermStatus }) {
  const Icon = icons[status]
  return (
    <span className={classes.tag} data-status={status}>
      <Icon className={classes.tagIcon} size={15} aria-hidden />
      {statusWords[status]}
    </span>
  )
}
