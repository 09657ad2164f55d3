import type { StatusMessage } from '../../../../contracts/status.ts'
import { severityWords } from '../../../parts/state.ts'
import { utc } from '../../../ui/time.ts'

export interface MessageDraft {
  severity: StatusMessage['severity']
  title: string
  body: string
  start_at: string
  end_at: string | null
  platform_ids: string[]
}

export const messageLabels: Record<keyof MessageDraft, string> = {
  severity: 'Severity',
  title: 'Title',
  body: 'Text',
  start_at: 'Begins',
  end_at: 'Ends',
  platform_ids: 'Platforms concerned',
}

export const emptyMessage = (now: number): MessageDraft => ({
  severity: 'warning',
  title: '',
  body: '',
  start_at: new Date(Math.floor(now / 60_000) * 60_000).toISOString(),
  end_at: null,
  platform_ids: [],
})

export const draftOfMessage = ({
  severity,
  title,
  body,
  start_at,
  end_at,
  platform_ids,
}: StatusMessage): MessageDraft => ({
  severity,
  title,
  body,
  start_at,
  end_at,
  platform_ids,
})

/** What is wrong with which field. `mayAll`: a message without platforms, for everyone, is within reach. */
export function messageErrors(draft: MessageDraft, mayAll: boolean): Record<string, string> {
  const errors: Record<string, string> = {}
  if (draft.title.trim() === '') errors.title = 'A title is needed'
  if (draft.start_at === '') errors.start_at = 'When does it begin?'
  else if (draft.end_at !== null && draft.end_at <= draft.start_at) errors.end_at = 'Must be after it begins'
  if (draft.platform_ids.length === 0 && !mayAll) errors.platform_ids = 'Choose at least one platform'
  return errors
}

export function showMessageValue(field: string, value: unknown, platformName: (id: string) => string): string {
  if (field === 'severity') return severityWords[value as MessageDraft['severity']]
  if (field === 'platform_ids') return (value as string[]).map(platformName).join(', ') || 'Everyone'
  if (field === 'start_at' || field === 'end_at')
    return typeof value === 'string' && value !== '' ? utc(value) : 'no end'
  return String(value)
}
