/** How work items change state, as data. The server decides by it; nothing else knows a transition. */

export const itemTypes = ['INCIDENT', 'IMPROVEMENT', 'PLATFORM_REQUEST'] as const
export type ItemType = (typeof itemTypes)[number]

export const categories = ['open', 'active', 'waiting', 'done'] as const
export type Category = (typeof categories)[number]

/** Every state has one category, whatever the type, so that filters and figures work across types. */
export const categoryOf = {
  NEW: 'open',
  SUBMITTED: 'open',
  PENDING_APPROVAL: 'open',
  UNDER_REVIEW: 'active',
  PLANNED: 'active',
  APPROVED: 'active',
  IN_PROGRESS: 'active',
  WAITING: 'waiting',
  RESOLVED: 'done',
  CLOSED: 'done',
  SHIPPED: 'done',
  DECLINED: 'done',
  DUPLICATE: 'done',
  WITHDRAWN: 'done',
  FULFILLED: 'done',
  REJECTED: 'done',
  CANCELLED: 'done',
} as const satisfies Record<string, Category>
export type ItemState = keyof typeof categoryOf
export const itemStates = Object.keys(categoryOf) as ItemState[]

export const waitingOn = ['REQUESTER', 'VENDOR', 'CHANGE', 'UPSTREAM_INCIDENT'] as const
export type WaitingOn = (typeof waitingOn)[number]

export const resolutions = [
  'FIXED',
  'WORKAROUND',
  'SELF_RECOVERED',
  'EXTERNAL_FIX',
  'CANNOT_REPRODUCE',
  'DUPLICATE',
  'NOT_AN_INCIDENT',
  'WITHDRAWN',
  'OUT_OF_SCOPE',
  'ALREADY_EXISTS',
  'NOT_FEASIBLE',
  'LOW_VALUE',
  'CONFLICTS',
  'PLANS_CHANGED',
] as const
export type Resolution = (typeof resolutions)[number]

/**
 * A: the author. T: triager. S: service owner of the item's platform. X: admin. SYS: the portal's own timer.
 * Each also needs the permission `work_item.transition` on the item.
 */
export const whos = ['A', 'T', 'S', 'X', 'SYS'] as const
export type Who = (typeof whos)[number]

/** What must be true of the item, or of the caller, beside who they are. */
export const conditions = {
  before_staff_acted: 'Only before somebody on staff has acted on it',
  nobody_else_took_part: 'Only while nobody else has voted or commented',
  template_needs_no_approval: 'Its template asks for an approval first',
  not_the_author: 'Nobody approves their own request',
  closed_as_duplicate: 'Only an administrator can reopen it, unless it was closed as a duplicate',
  waiting_on_requester: 'It does not wait for the requester',
} as const
export type ConditionName = keyof typeof conditions

/** What the note that a transition asks for is called. */
export type NoteName =
  | 'comment'
  | 'resolution note'
  | 'reason'
  | 'public note'
  | 'release note'
  | 'explanation'
  | 'note'

export interface Transition {
  from: readonly ItemState[]
  /** `ORIGIN`: the state it waited from. */
  to: ItemState | 'ORIGIN'
  who: readonly Who[]
  /** On the button. */
  label: string
  /** Required text, kept with the row version. */
  note?: NoteName
  /** `actor`: whoever acts, unless said or already assigned; `required`: said, or already assigned. */
  assignee?: 'actor' | 'required'
  waitingOn?: boolean
  /** One of these must be given. Absent: none may. */
  resolution?: readonly Resolution[]
  /** Names the item that this one repeats: same type, not itself, not itself a duplicate. */
  duplicateOf?: boolean
  reopens?: boolean
  only?: ConditionName
  /** What makes the portal itself take it. */
  when?: string
}

const STAFF = ['T', 'S', 'X'] as const
const OWNERS = ['S', 'X'] as const

const incident: readonly Transition[] = [
  { from: ['NEW'], to: 'IN_PROGRESS', who: STAFF, label: 'Start work', assignee: 'actor' },
  { from: ['NEW', 'IN_PROGRESS'], to: 'WAITING', who: STAFF, label: 'Wait', note: 'comment', waitingOn: true },
  { from: ['WAITING'], to: 'IN_PROGRESS', who: STAFF, label: 'Resume' },
  {
    from: ['WAITING'],
    to: 'IN_PROGRESS',
    who: ['SYS'],
    label: 'Resume',
    only: 'waiting_on_requester',
    when: 'the author comments',
  },
  {
    from: ['NEW', 'IN_PROGRESS', 'WAITING'],
    to: 'RESOLVED',
    who: STAFF,
    label: 'Resolve',
    note: 'resolution note',
    resolution: ['FIXED', 'WORKAROUND', 'SELF_RECOVERED', 'EXTERNAL_FIX', 'CANNOT_REPRODUCE'],
  },
  {
    from: ['NEW', 'IN_PROGRESS', 'WAITING'],
    to: 'CLOSED',
    who: STAFF,
    label: 'Close as duplicate',
    resolution: ['DUPLICATE'],
    duplicateOf: true,
  },
  {
    from: ['NEW', 'IN_PROGRESS', 'WAITING'],
    to: 'CLOSED',
    who: STAFF,
    label: 'Not an incident',
    note: 'reason',
    resolution: ['NOT_AN_INCIDENT'],
  },
  {
    from: ['NEW'],
    to: 'CLOSED',
    who: ['A'],
    label: 'Withdraw',
    note: 'reason',
    resolution: ['WITHDRAWN'],
    only: 'before_staff_acted',
  },
  { from: ['RESOLVED'], to: 'CLOSED', who: ['A', ...STAFF], label: 'Close' },
  { from: ['RESOLVED'], to: 'CLOSED', who: ['SYS'], label: 'Close', when: 'nothing happens for 5 days' },
  { from: ['RESOLVED'], to: 'IN_PROGRESS', who: ['A', ...STAFF], label: 'Reopen', note: 'reason', reopens: true },
  { from: ['CLOSED'], to: 'IN_PROGRESS', who: ['X'], label: 'Reopen', note: 'reason' },
  {
    from: ['CLOSED'],
    to: 'IN_PROGRESS',
    who: ['T', 'S'],
    label: 'Reopen',
    note: 'reason',
    only: 'closed_as_duplicate',
  },
]

const declined = ['OUT_OF_SCOPE', 'ALREADY_EXISTS', 'NOT_FEASIBLE', 'LOW_VALUE', 'CONFLICTS'] as const

const improvement: readonly Transition[] = [
  { from: ['NEW'], to: 'UNDER_REVIEW', who: STAFF, label: 'Review' },
  { from: ['UNDER_REVIEW'], to: 'NEW', who: STAFF, label: 'Back to new', note: 'reason' },
  { from: ['NEW', 'UNDER_REVIEW'], to: 'PLANNED', who: OWNERS, label: 'Plan', note: 'public note' },
  { from: ['PLANNED'], to: 'IN_PROGRESS', who: OWNERS, label: 'Start work', assignee: 'required' },
  { from: ['PLANNED'], to: 'UNDER_REVIEW', who: OWNERS, label: 'Back to review', note: 'reason' },
  { from: ['IN_PROGRESS'], to: 'PLANNED', who: OWNERS, label: 'Back to planned', note: 'reason' },
  {
    from: ['UNDER_REVIEW', 'PLANNED', 'IN_PROGRESS'],
    to: 'SHIPPED',
    who: OWNERS,
    label: 'Ship',
    note: 'release note',
  },
  {
    from: ['NEW', 'UNDER_REVIEW'],
    to: 'DECLINED',
    who: OWNERS,
    label: 'Decline',
    note: 'explanation',
    resolution: declined,
  },
  {
    from: ['NEW', 'UNDER_REVIEW'],
    to: 'DECLINED',
    who: ['T'],
    label: 'Decline',
    note: 'explanation',
    resolution: ['OUT_OF_SCOPE', 'ALREADY_EXISTS'],
  },
  {
    from: ['PLANNED', 'IN_PROGRESS'],
    to: 'DECLINED',
    who: OWNERS,
    label: 'Decline',
    note: 'explanation',
    resolution: [...declined, 'PLANS_CHANGED'],
  },
  {
    from: ['NEW', 'UNDER_REVIEW', 'PLANNED', 'IN_PROGRESS'],
    to: 'DUPLICATE',
    who: STAFF,
    label: 'Mark as duplicate',
    duplicateOf: true,
  },
  { from: ['DUPLICATE'], to: 'UNDER_REVIEW', who: STAFF, label: 'Not a duplicate', note: 'reason' },
  {
    from: ['NEW'],
    to: 'WITHDRAWN',
    who: ['A'],
    label: 'Withdraw',
    note: 'reason',
    only: 'nobody_else_took_part',
  },
  { from: ['DECLINED'], to: 'UNDER_REVIEW', who: STAFF, label: 'Review again', note: 'reason' },
  { from: ['SHIPPED'], to: 'IN_PROGRESS', who: OWNERS, label: 'Reopen', note: 'reason' },
]

const platformRequest: readonly Transition[] = [
  { from: ['SUBMITTED'], to: 'PENDING_APPROVAL', who: STAFF, label: 'Ask for approval' },
  {
    from: ['SUBMITTED'],
    to: 'PENDING_APPROVAL',
    who: ['SYS'],
    label: 'Ask for approval',
    when: 'it is created from a template that asks for approval',
  },
  {
    from: ['SUBMITTED'],
    to: 'IN_PROGRESS',
    who: STAFF,
    label: 'Start work',
    assignee: 'required',
    only: 'template_needs_no_approval',
  },
  { from: ['PENDING_APPROVAL'], to: 'APPROVED', who: OWNERS, label: 'Approve', only: 'not_the_author' },
  { from: ['SUBMITTED', 'PENDING_APPROVAL'], to: 'REJECTED', who: OWNERS, label: 'Reject', note: 'reason' },
  { from: ['SUBMITTED'], to: 'REJECTED', who: ['T'], label: 'Reject', note: 'reason' },
  {
    from: ['SUBMITTED', 'PENDING_APPROVAL', 'IN_PROGRESS'],
    to: 'WAITING',
    who: STAFF,
    label: 'Wait',
    note: 'comment',
    waitingOn: true,
  },
  { from: ['WAITING'], to: 'ORIGIN', who: STAFF, label: 'Resume' },
  { from: ['WAITING'], to: 'ORIGIN', who: ['SYS'], label: 'Resume', when: 'the author comments' },
  { from: ['APPROVED'], to: 'IN_PROGRESS', who: STAFF, label: 'Start work', assignee: 'required' },
  {
    from: ['APPROVED', 'IN_PROGRESS'],
    to: 'PENDING_APPROVAL',
    who: ['SYS'],
    label: 'Ask for approval again',
    when: 'an approved field is edited; the old approval is void',
  },
  { from: ['IN_PROGRESS'], to: 'FULFILLED', who: STAFF, label: 'Fulfil', note: 'note' },
  { from: ['IN_PROGRESS'], to: 'REJECTED', who: OWNERS, label: 'Reject', note: 'reason' },
  { from: ['FULFILLED'], to: 'CLOSED', who: ['A'], label: 'Close' },
  { from: ['FULFILLED'], to: 'CLOSED', who: ['SYS'], label: 'Close', when: 'nothing happens for 5 days' },
  { from: ['FULFILLED'], to: 'IN_PROGRESS', who: ['A', ...STAFF], label: 'Reopen', note: 'reason' },
  { from: ['SUBMITTED', 'PENDING_APPROVAL', 'APPROVED'], to: 'CANCELLED', who: ['A'], label: 'Cancel' },
  {
    from: ['SUBMITTED', 'PENDING_APPROVAL', 'APPROVED'],
    to: 'CANCELLED',
    who: STAFF,
    label: 'Cancel',
    note: 'reason',
  },
  { from: ['CLOSED'], to: 'IN_PROGRESS', who: ['X'], label: 'Reopen', note: 'reason' },
]

export interface Workflow {
  /** In the order of a normal life. */
  states: readonly ItemState[]
  initial: ItemState
  transitions: readonly Transition[]
}

export const workflows: Readonly<Record<ItemType, Workflow>> = {
  INCIDENT: {
    states: ['NEW', 'IN_PROGRESS', 'WAITING', 'RESOLVED', 'CLOSED'],
    initial: 'NEW',
    transitions: incident,
  },
  IMPROVEMENT: {
    states: ['NEW', 'UNDER_REVIEW', 'PLANNED', 'IN_PROGRESS', 'SHIPPED', 'DECLINED', 'DUPLICATE', 'WITHDRAWN'],
    initial: 'NEW',
    transitions: improvement,
  },
  PLATFORM_REQUEST: {
    states: [
      'SUBMITTED',
      'PENDING_APPROVAL',
      'APPROVED',
      'IN_PROGRESS',
      'WAITING',
      'FULFILLED',
      'CLOSED',
      'REJECTED',
      'CANCELLED',
    ],
    initial: 'SUBMITTED',
    transitions: platformRequest,
  },
}
