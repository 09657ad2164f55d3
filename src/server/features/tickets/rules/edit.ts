import type { WorkItem, WorkItemEdit } from '../../../../contracts/tickets.ts'
import { toInstant } from '../../../time.ts'

export type EditChanges = Omit<WorkItemEdit, 'expected_version'>
type EditPermission = 'work_item.edit' | 'work_item.triage' | 'work_item.assign'

const permissionOf: Record<keyof EditChanges, EditPermission> = {
  title: 'work_item.edit',
  description: 'work_item.edit',
  environment: 'work_item.edit',
  answers: 'work_item.edit',
  severity: 'work_item.triage',
  priority: 'work_item.triage',
  platform_id: 'work_item.triage',
  tags: 'work_item.triage',
  due_at: 'work_item.triage',
  assigned_to: 'work_item.assign',
}

/** What these changes need, each permission once. */
export const needsFor = (changes: EditChanges): EditPermission[] => [
  ...new Set((Object.keys(changes) as (keyof EditChanges)[]).map((field) => permissionOf[field])), // Keys of the contract's own type.
]

/** What an approver looked at. */
const APPROVED_FIELDS = ['title', 'description', 'environment', 'answers', 'platform_id'] as const

/** Whether the approval is not for what the request would say then. */
export function voidsApproval(item: WorkItem, changes: EditChanges): boolean {
  if (item.approved_by === null || item.category === 'done') return false
  return APPROVED_FIELDS.some(
    (field) => changes[field] !== undefined && JSON.stringify(changes[field]) !== JSON.stringify(item[field]),
  )
}

/** The request is as if it had never been approved; the history keeps that it was. */
export const voidApproval = (_item: WorkItem, now: number) => ({
  state: 'PENDING_APPROVAL' as const,
  category: 'open' as const,
  state_at: toInstant(now),
  state_note: null,
  waiting_on: null,
  waiting_from: null,
  approved_by: null,
  approved_at: null,
})
