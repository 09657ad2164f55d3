import { templateOf } from '../../../../contracts/request-templates.ts'
import type { TransitionOption, WorkItem, WorkItemTransition } from '../../../../contracts/tickets.ts'
import {
  type ConditionName,
  categoryOf,
  conditions,
  type ItemState,
  type Transition,
  type Who,
  waitingOn,
  workflows,
} from '../../../../contracts/workflows.ts'
import { toInstant } from '../../../time.ts'

/** Everything the workflow looks at. */
export interface Facts {
  item: WorkItem
  /** Who the caller is to this item; SYS for the portal's timer. Empty: may not move it at all, `because` says why. */
  who: readonly Who[]
  because: string
  callerId: string
  /** Somebody other than the author changed it, or staff commented. */
  staffHasActed: boolean
  /** Somebody other than the author has voted or commented. */
  othersTookPart: boolean
}

type Request = Omit<WorkItemTransition, 'expected_version'>

export type Outcome =
  /** Not in the table. */
  | { kind: 'unknown' }
  | { kind: 'forbidden'; because: string }
  | { kind: 'invalid'; fields: Record<string, string> }
  | { kind: 'taken'; changes: Partial<WorkItem> & Pick<WorkItem, 'state' | 'category' | 'state_at'>; label: string }

/** One option per button that the table has from here for people, with the reason when this caller may not press it. */
export function transitionOptions(facts: Facts): TransitionOption[] {
  const rules = rulesFrom(facts.item).filter(({ rule }) => rule.who.some((who) => who !== 'SYS'))
  const buttons = Map.groupBy(rules, ({ to, rule }) => `${to} ${rule.label}`)
  return [...buttons.values()].map((sharing) => {
    const open = sharing.filter(({ rule }) => refusalOf(facts, rule) === null)
    const shown = open.length > 0 ? open : sharing
    const [{ to, rule }] = shown as [Step, ...Step[]] // A group has at least one member.
    return {
      to_state: to,
      label: rule.label,
      blocked_reason: open.length > 0 ? null : refusalOf(facts, rule),
      // When one of the rules asks for no text, the caller need not give any.
      note: shown.some((step) => step.rule.note === undefined) ? null : (rule.note ?? null),
      assignee: rule.assignee ?? null,
      waiting_on: rule.waitingOn === true ? [...waitingOn] : [],
      resolutions: [...new Set(shown.flatMap((step) => step.rule.resolution ?? []))],
      duplicate_of: rule.duplicateOf === true,
    }
  })
}

/** Decides a transition and, when it is taken, says everything that changes with it. */
export function takeTransition(facts: Facts, request: Request, now: number): Outcome {
  const inTable = rulesFrom(facts.item).filter(({ to }) => to === request.to_state)
  if (inTable.length === 0) return { kind: 'unknown' }
  const open = inTable.filter(({ rule }) => refusalOf(facts, rule) === null)
  const [first] = inTable
  if (open.length === 0) {
    const refused = inTable.find(({ rule }) => isFor(facts, rule)) ?? first
    return {
      kind: 'forbidden',
      because: refused === undefined ? facts.because : (refusalOf(facts, refused.rule) ?? ''),
    }
  }
  const fitting = open.filter(({ rule }) => fits(rule, request))
  if (fitting.length === 0) return misfit(inTable, open, request)
  // Of rules that fit alike the one that asks for least is the caller's due.
  const outcomes = fitting.map(({ rule }) => ({ rule, fields: problems(facts.item, rule, request) }))
  const [best] = outcomes.toSorted((a, b) => Object.keys(a.fields).length - Object.keys(b.fields).length)
  if (best === undefined) return { kind: 'unknown' }
  if (Object.keys(best.fields).length > 0) return { kind: 'invalid', fields: best.fields }
  return { kind: 'taken', changes: changesBy(facts, best.rule, request, now), label: best.rule.label }
}

interface Step {
  rule: Transition
  to: ItemState
}

function rulesFrom(item: WorkItem): Step[] {
  return workflows[item.item_type].transitions
    .filter(({ from }) => from.includes(item.state))
    .flatMap((rule) => {
      const to = rule.to === 'ORIGIN' ? item.waiting_from : rule.to
      return to === null ? [] : [{ rule, to }]
    })
}

/** Null when the caller may take it. */
function refusalOf(facts: Facts, rule: Transition): string | null {
  if (facts.who.length === 0) return facts.because
  if (!isFor(facts, rule))
    return `Only ${rule.who
      .filter((who) => who !== 'SYS')
      .map((who) => whoWords[who])
      .join(', ')}`
  return rule.only === undefined || holdsTrue(rule.only, facts) ? null : conditions[rule.only]
}

const isFor = (facts: Facts, rule: Transition) => rule.who.some((who) => facts.who.includes(who))

const whoWords: Record<Who, string> = {
  A: 'its author',
  T: 'triagers',
  S: 'owners of its platform',
  X: 'administrators',
  SYS: 'the portal',
}

function holdsTrue(condition: ConditionName, { item, staffHasActed, othersTookPart, callerId }: Facts): boolean {
  switch (condition) {
    case 'before_staff_acted':
      return !staffHasActed
    case 'nobody_else_took_part':
      return !othersTookPart
    case 'template_needs_no_approval':
      return templateOf(item.template)?.requiresApproval !== true
    case 'not_the_author':
      return item.created_by !== callerId
    case 'closed_as_duplicate':
      return item.resolution === 'DUPLICATE'
    case 'waiting_on_requester':
      return item.waiting_on === 'REQUESTER'
  }
}

/** Whether the resolution given, or its absence, is this rule's. */
const fits = (rule: Transition, { resolution }: Request) =>
  resolution === undefined ? true : (rule.resolution ?? []).includes(resolution)

function misfit(inTable: readonly Step[], open: readonly Step[], request: Request): Outcome {
  if (inTable.some(({ rule }) => fits(rule, request)))
    return { kind: 'forbidden', because: `Somebody else decides about ${request.resolution}` }
  const possible = [...new Set(open.flatMap(({ rule }) => rule.resolution ?? []))]
  return {
    kind: 'invalid',
    fields: { resolution: possible.length === 0 ? NOT_PART : `must be one of ${possible.join(', ')}` },
  }
}

const NOT_PART = 'is not part of this change'

function problems(item: WorkItem, rule: Transition, request: Request): Record<string, string> {
  const fields: Record<string, string> = {}
  if (rule.note !== undefined && request.note === undefined) fields.note = `a ${rule.note} is needed`
  if (rule.resolution !== undefined && request.resolution === undefined)
    fields.resolution = `must be one of ${rule.resolution.join(', ')}`
  if (rule.waitingOn === true && request.waiting_on === undefined)
    fields.waiting_on = `must be one of ${waitingOn.join(', ')}`
  if (rule.waitingOn !== true && request.waiting_on !== undefined) fields.waiting_on = NOT_PART
  if (rule.assignee === 'required' && request.assigned_to === undefined && item.assigned_to === null)
    fields.assigned_to = 'is needed, because nobody is assigned'
  if (rule.assignee === undefined && request.assigned_to !== undefined) fields.assigned_to = NOT_PART
  if (rule.duplicateOf === true && request.duplicate_of === undefined) fields.duplicate_of = 'is needed'
  if (rule.duplicateOf !== true && request.duplicate_of !== undefined) fields.duplicate_of = NOT_PART
  if (request.duplicate_of === item.id) fields.duplicate_of = 'is this ticket itself'
  return fields
}

function changesBy({ item, callerId }: Facts, rule: Transition, request: Request, now: number) {
  const state = request.to_state
  const isWaiting = state === 'WAITING'
  const isApproval = state === 'APPROVED' && item.state === 'PENDING_APPROVAL'
  const isAskedAgain = state === 'PENDING_APPROVAL' && !isWaiting
  return {
    state,
    category: categoryOf[state],
    state_at: toInstant(now),
    state_note: request.note ?? null,
    waiting_on: isWaiting ? (request.waiting_on ?? null) : null,
    waiting_from: isWaiting && item.item_type === 'PLATFORM_REQUEST' ? item.state : null,
    resolution: resolutionAfter(item, state, rule, request),
    duplicate_of:
      rule.duplicateOf === true ? (request.duplicate_of ?? null) : keptWhileDone(item, state, item.duplicate_of),
    reopen_count: item.reopen_count + (rule.reopens === true ? 1 : 0),
    ...(isApproval && { approved_by: callerId, approved_at: toInstant(now) }),
    ...(isAskedAgain && { approved_by: null, approved_at: null }),
    ...(rule.assignee !== undefined && {
      assigned_to: request.assigned_to ?? item.assigned_to ?? (rule.assignee === 'actor' ? callerId : null),
    }),
  }
}

function resolutionAfter(item: WorkItem, state: ItemState, rule: Transition, { resolution }: Request) {
  if (resolution !== undefined) return resolution
  if (rule.duplicateOf === true) return 'DUPLICATE' as const
  return keptWhileDone(item, state, item.resolution)
}

/** What was resolved stays resolved when it is closed, and not when it is opened again. */
const keptWhileDone = <T>(item: WorkItem, state: ItemState, value: T): T | null =>
  item.category === 'done' && categoryOf[state] === 'done' ? value : null
