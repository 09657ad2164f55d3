import type { ItemType } from '../../../../contracts/workflows.ts'
import { forSession } from '../../../ui/stored.ts'
import type { TicketDraft } from './draft.ts'

const keyOf = (type: ItemType) => `lakeport.new-ticket.${type}`

/** What was begun in this tab and not filed yet, one per type. */
export const keptDraft = {
  get: (type: ItemType) => parseDraft(forSession.get(keyOf(type))),
  set: (type: ItemType, draft: TicketDraft | null) =>
    forSession.set(keyOf(type), draft === null ? null : JSON.stringify(draft)),
}

/** Null also for what is no draft any more, as after a new version of this page. */
export function parseDraft(text: string | null): TicketDraft | null {
  try {
    const kept: unknown = JSON.parse(text ?? 'null')
    return isDraft(kept) ? kept : null
  } catch {
    return null
  }
}

function isDraft(kept: unknown): kept is TicketDraft {
  if (typeof kept !== 'object' || kept === null) return false
  const fields = kept as Partial<Record<keyof TicketDraft, unknown>> // Any of them may be missing or anything.
  const texts = [
    fields.title,
    fields.platform_id,
    fields.severity,
    fields.environment,
    fields.description,
    fields.template,
  ]
  const areTexts = (values: unknown[]) => values.every((value) => typeof value === 'string')
  const { answers, tags } = fields
  return (
    areTexts(texts) &&
    Array.isArray(tags) &&
    areTexts(tags) &&
    typeof answers === 'object' &&
    answers !== null &&
    areTexts(Object.values(answers))
  )
}
