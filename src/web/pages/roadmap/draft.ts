import type { RoadmapDetail, RoadmapItem } from '../../../contracts/roadmap.ts'
import type { Phase } from '../../../contracts/roadmap-ref.ts'
import { phaseWords } from './words.ts'

export interface CardDraft {
  title: string
  theme: string
  phase: Phase
  target_quarter: string | null
  platform_id: string | null
  owner: string
  description: string
  work_item_ids: string[]
}

export const cardLabels: Record<keyof CardDraft | 'reason', string> = {
  title: 'Title',
  theme: 'Theme',
  phase: 'Phase',
  target_quarter: 'Quarter',
  platform_id: 'Platform',
  owner: 'Owner',
  description: 'Description',
  work_item_ids: 'Linked tickets',
  reason: 'Why later',
}

export const emptyCard: CardDraft = {
  title: '',
  theme: '',
  phase: 'later',
  target_quarter: null,
  platform_id: null,
  owner: '',
  description: '',
  work_item_ids: [],
}

export const draftOfCard = (item: RoadmapItem | RoadmapDetail): CardDraft => ({
  title: item.title,
  theme: item.theme,
  phase: item.phase,
  target_quarter: item.target_quarter,
  platform_id: item.platform_id,
  owner: item.owner,
  description: item.description,
  work_item_ids: item.work_item_ids,
})

/** What is wrong with which field. `isPutOff`: the quarter becomes a later one, which needs a reason. */
export function cardErrors(draft: CardDraft & { reason: string }, isPutOff: boolean): Record<string, string> {
  const errors: Record<string, string> = {}
  if (draft.title.trim() === '') errors.title = 'A title is needed'
  if (draft.theme.trim() === '') errors.theme = 'A theme is needed'
  if (isPutOff && draft.reason.trim() === '') errors.reason = 'Say why, in a sentence'
  return errors
}

export function showCardValue(field: string, value: unknown, platformName: (id: string) => string): string {
  if (field === 'phase') return phaseWords[value as Phase] // The field's own values.
  if (field === 'platform_id') return value === null ? 'None' : platformName(String(value))
  if (field === 'target_quarter') return value === null ? 'Not said' : String(value)
  if (Array.isArray(value)) return `${value.length} tickets`
  return String(value)
}
