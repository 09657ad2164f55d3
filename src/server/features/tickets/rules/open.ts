import { answerErrors, templateOf } from '../../../../contracts/request-templates.ts'
import { PRIORITY_DEFAULT, type WorkItem, type WorkItemCreate } from '../../../../contracts/tickets.ts'
import { categoryOf, workflows } from '../../../../contracts/workflows.ts'
import { toInstant } from '../../../time.ts'

export type NewFields = Omit<WorkItem, 'id' | 'version' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by'>

/** The first version of an item, or what is wrong with which field. */
export function newItem(
  create: WorkItemCreate,
  now: number,
): { fields: NewFields } | { invalid: Record<string, string> } {
  const invalid = problems(create)
  if (Object.keys(invalid).length > 0) return { invalid }
  const asksForApproval = templateOf(create.template ?? null)?.requiresApproval === true
  const state = asksForApproval ? 'PENDING_APPROVAL' : workflows[create.item_type].initial
  return {
    fields: {
      item_type: create.item_type,
      title: create.title,
      description: create.description ?? '',
      state,
      category: categoryOf[state],
      severity: create.severity ?? null,
      priority: PRIORITY_DEFAULT,
      platform_id: create.platform_id ?? null,
      environment: create.environment ?? null,
      tags: create.tags ?? [],
      assigned_to: null,
      due_at: null,
      waiting_on: null,
      waiting_from: null,
      resolution: null,
      duplicate_of: null,
      state_note: null,
      state_at: toInstant(now),
      reopen_count: 0,
      template: create.template ?? null,
      answers: create.answers ?? null,
      approved_by: null,
      approved_at: null,
      source_id: null,
    },
  }
}

function problems(create: WorkItemCreate): Record<string, string> {
  const wrong: Record<string, string> = {}
  if (typeof create.severity === 'string' && create.item_type !== 'INCIDENT') wrong.severity = 'only incidents have one'
  if (create.item_type !== 'PLATFORM_REQUEST') {
    if (create.template !== undefined) wrong.template = 'only platform requests have one'
    if (create.answers !== undefined) wrong.answers = 'only platform requests have them'
    return wrong
  }
  const template = templateOf(create.template ?? null)
  if (template === undefined) return { ...wrong, template: 'is needed' }
  const errors = answerErrors(template, create.answers ?? {})
  return { ...wrong, ...Object.fromEntries(Object.entries(errors).map(([key, error]) => [`answers.${key}`, error])) }
}
