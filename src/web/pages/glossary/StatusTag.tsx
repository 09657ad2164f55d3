import { IconArchive, IconCircleCheckFilled, IconPencil } from '@tabler/icons-react'
import type { TermStatus } from '../../../contracts/glossary-ref.ts'
import { Tag, TagIcon, type Tone } from '../../parts/Tag.tsx'

const icons = { draft: IconPencil, active: IconCircleCheckFilled, deprecated: IconArchive }
const tones: Record<TermStatus, Tone> = { draft: 'grey', active: 'green', deprecated: 'yellow' }
export const statusWords: Record<TermStatus, string> = { draft: 'Draft', active: 'Active', deprecated: 'Deprecated' }

/** Whether a term may be used: icon, word, colour. */
export const StatusTag = ({ status }: { status: TermStatus }) => (
  <Tag tone={tones[status]}>
    <TagIcon of={icons[status]} tone={tones[status]} />
    {statusWords[status]}
  </Tag>
)
