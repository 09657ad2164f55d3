import type { TransitionOption, WorkItemDetail, WorkItemTransition } from '../../../../contracts/tickets.ts'
import { resolutions, waitingOn } from '../../../../contracts/workflows.ts'
import { noteLabel } from '../words.ts'

/** What is typed into the dialog of a transition; empty is not said. */
export interface TransitionDraft {
  note: string
  resolution: string
  waiting_on: string
  assigned_to: string
  duplicate_of: string
}

export const emptyTransition: TransitionDraft = {
  note: '',
  resolution: '',
  waiting_on: '',
  assigned_to: '',
  duplicate_of: '',
}

/** Does it have to ask for anything? Otherwise one click does it. */
export const asksFor = ({ note, resolutions: choices, waiting_on, assignee, duplicate_of }: TransitionOption) =>
  note !== null || choices.length > 1 || waiting_on.length > 0 || assignee !== null || duplicate_of

/** What is missing, by field. */
export function transitionErrors(
  draft: TransitionDraft,
  option: TransitionOption,
  item: Pick<WorkItemDetail, 'id' | 'assigned_to'>,
): Partial<Record<keyof TransitionDraft, string>> {
  const errors: Partial<Record<keyof TransitionDraft, string>> = {}
  if (option.note !== null && draft.note.trim() === '') errors.note = `${noteLabel(option)} is needed`
  if (option.resolutions.length > 1 && draft.resolution === '') errors.resolution = 'Choose one'
  if (option.waiting_on.length > 0 && draft.waiting_on === '') errors.waiting_on = 'Choose what it waits for'
  if (option.assignee === 'required' && draft.assigned_to.trim() === '' && item.assigned_to === null)
    errors.assigned_to = 'Say who will do it'
  if (option.duplicate_of && draft.duplicate_of === '') errors.duplicate_of = 'Choose the ticket that this one repeats'
  if (option.duplicate_of && draft.duplicate_of === item.id) errors.duplicate_of = 'A ticket cannot repeat itself'
  return errors
}

/** Exactly what the option asks for and nothing else. A single resolution is sent without asking. */
export function transitionRequest(
  draft: TransitionDraft,
  option: TransitionOption,
  expected_version: number,
): WorkItemTransition {
  const [only] = option.resolutions
  const resolution =
    option.resolutions.length === 1 ? only : resolutions.find((candidate) => candidate === draft.resolution)
  const waiting = waitingOn.find((candidate) => candidate === draft.waiting_on)
  const assignee = draft.assigned_to.trim()
  return {
    to_state: option.to_state,
    expected_version,
    ...(option.note !== null && { note: draft.note.trim() }),
    ...(resolution !== undefined && option.resolutions.length > 0 && { resolution }),
    ...(waiting !== undefined && option.waiting_on.length > 0 && { waiting_on: waiting }),
    ...(option.assignee !== null && assignee !== '' && { assigned_to: assignee }),
    ...(option.duplicate_of && { duplicate_of: draft.duplicate_of }),
  }
}

/** The same button, in what is possible now. */
export const sameOption = (options: readonly TransitionOption[], option: TransitionOption) =>
  options.find(
    ({ to_state, label, blocked_reason }) =>
      to_state === option.to_state && label === option.label && blocked_reason === null,
  )

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/
/** The ticket that a pasted link, or id, names. */
export const ticketIdIn = (text: string): string | null => ID.exec(text.toLowerCase())?.[0] ?? null
