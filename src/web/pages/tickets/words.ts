import type { itemSeverities, priorities, TransitionOption } from '../../../contracts/tickets.ts'
import type { Category, ItemState, ItemType, Resolution, WaitingOn } from '../../../contracts/workflows.ts'

/** The portal's words for tickets, as people read them. */
export const typeWords: Record<ItemType, string> = {
  INCIDENT: 'Incident',
  IMPROVEMENT: 'Improvement',
  PLATFORM_REQUEST: 'Request',
}

export const stateWords: Record<ItemState, string> = {
  NEW: 'New',
  SUBMITTED: 'Submitted',
  PENDING_APPROVAL: 'Waits for approval',
  UNDER_REVIEW: 'Under review',
  PLANNED: 'Planned',
  APPROVED: 'Approved',
  IN_PROGRESS: 'In progress',
  WAITING: 'Waiting',
  RESOLVED: 'Resolved',
  CLOSED: 'Closed',
  SHIPPED: 'Shipped',
  DECLINED: 'Declined',
  DUPLICATE: 'Duplicate',
  WITHDRAWN: 'Withdrawn',
  FULFILLED: 'Fulfilled',
  REJECTED: 'Rejected',
  CANCELLED: 'Cancelled',
}

export const categoryWords: Record<Category, string> = {
  open: 'Open',
  active: 'In work',
  waiting: 'Waiting',
  done: 'Done',
}

export const severityWords: Record<(typeof itemSeverities)[number], string> = {
  CRITICAL: 'Critical',
  HIGH: 'High',
  MEDIUM: 'Medium',
  LOW: 'Low',
}

export const priorityWords: Record<(typeof priorities)[number], string> = {
  P1: 'P1, now',
  P2: 'P2, next',
  P3: 'P3, normal',
  P4: 'P4, some day',
}

export const waitingWords: Record<WaitingOn, string> = {
  REQUESTER: 'the requester',
  VENDOR: 'the vendor',
  CHANGE: 'a change',
  UPSTREAM_INCIDENT: 'an incident upstream',
}

export const resolutionWords: Record<Resolution, string> = {
  FIXED: 'Fixed',
  WORKAROUND: 'Workaround',
  SELF_RECOVERED: 'Recovered by itself',
  EXTERNAL_FIX: 'Fixed elsewhere',
  CANNOT_REPRODUCE: 'Cannot reproduce',
  DUPLICATE: 'Duplicate',
  NOT_AN_INCIDENT: 'Not an incident',
  WITHDRAWN: 'Withdrawn',
  OUT_OF_SCOPE: 'Out of scope',
  ALREADY_EXISTS: 'Already exists',
  NOT_FEASIBLE: 'Not feasible',
  LOW_VALUE: 'Too little value',
  CONFLICTS: 'Conflicts with other plans',
  PLANS_CHANGED: 'Plans changed',
}

export const noteLabel = ({ note }: TransitionOption) =>
  note === null ? null : note.charAt(0).toUpperCase() + note.slice(1)

/** What a vote on it says. */
export const voteWord = (type: ItemType) => (type === 'INCIDENT' ? 'Affects me too' : 'Vote')
export const votesText = (votes: number) => `${votes} ${votes === 1 ? 'vote' : 'votes'}`
