import { type Answer, type Answers, answerErrors, templateOf } from '../../../../contracts/request-templates.ts'
import {
  TAG_MAX,
  TAG_PATTERN,
  TAGS_MAX,
  TITLE_MAX,
  type WorkItem,
  type WorkItemEdit,
} from '../../../../contracts/tickets.ts'
import { changesFrom } from '../../../parts/conflict.ts'
import { answerLabel, answerText, valueText } from './field-words.ts'

/** What can be edited. Each answer is a field of its own, so that two people can change two answers. */
export interface TicketDraft {
  title: string
  description: string
  environment: WorkItem['environment']
  severity: WorkItem['severity']
  priority: WorkItem['priority']
  platform_id: string | null
  tags: string[]
  due_at: string | null
  assigned_to: string | null
  [answer: AnswerField]: Answer
}
export type AnswerField = `answer_${string}`

export const answerField = (key: string): AnswerField => `answer_${key}`
const isAnswerField = (field: string): field is AnswerField => field.startsWith('answer_')

export const draftOfTicket = (item: WorkItem): TicketDraft => ({
  title: item.title,
  description: item.description,
  environment: item.environment,
  severity: item.severity,
  priority: item.priority,
  platform_id: item.platform_id,
  tags: item.tags,
  due_at: item.due_at,
  assigned_to: item.assigned_to,
  // Every field of the template, so that an answer given for the first time is a change from nothing.
  ...Object.fromEntries((templateOf(item.template)?.fields ?? []).map(({ key }) => [answerField(key), ''])),
  ...Object.fromEntries(Object.entries(item.answers ?? {}).map(([key, answer]) => [answerField(key), answer])),
})

/** What a change sends: only what differs; the answers all together as soon as one does. */
export function ticketChanges(base: TicketDraft, draft: TicketDraft): Omit<WorkItemEdit, 'expected_version'> {
  const changed = changesFrom(base, draft)
  const fields = Object.fromEntries(Object.entries(changed).filter(([field]) => !isAnswerField(field)))
  return Object.keys(changed).some(isAnswerField) ? { ...fields, answers: answersIn(draft) } : fields
}

/** What was answered; what is empty is left out. */
function answersIn(draft: TicketDraft): Record<string, Answer> {
  const answers: Record<string, Answer> = {}
  for (const [field, answer] of Object.entries(draft)) {
    if (isAnswerField(field) && answer !== '') answers[field.slice('answer_'.length)] = answer
  }
  return answers
}

const TAG = new RegExp(TAG_PATTERN, 'u')

/** What is wrong with which field. Answers count only when they were changed: an old one may have been right once. */
export function ticketErrors(base: TicketDraft, draft: TicketDraft, template: string | null): Record<string, string> {
  const errors: Record<string, string> = {}
  if (draft.title.trim() === '') errors.title = 'A title is needed'
  else if (draft.title.length > TITLE_MAX) errors.title = `At most ${TITLE_MAX} characters`
  const wrongTag = draft.tags.find((tag) => !TAG.test(tag) || tag.length > TAG_MAX)
  if (wrongTag !== undefined)
    errors.tags = `“${wrongTag}” is no tag: letters, digits and . _ : / -, at most ${TAG_MAX} characters`
  else if (draft.tags.length > TAGS_MAX) errors.tags = `At most ${TAGS_MAX} tags`
  const known = templateOf(template)
  if (known !== undefined && ticketChanges(base, draft).answers !== undefined) {
    const answers: Answers = answersIn(draft)
    for (const [key, wrong] of Object.entries(answerErrors(known, answers))) errors[answerField(key)] = sentence(wrong)
  }
  return errors
}

/** The portal's words for a form's fields: `answers.level` is `answer_level`. */
export const ticketFieldErrors = (errors: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).map(([field, wrong]) => [field.replace(/^answers\./, 'answer_'), sentence(wrong)]),
  )

const sentence = (wrong: string) => `This ${wrong}`

export const ticketLabels = (template: string | null, draft: TicketDraft): Record<string, string> => ({
  title: 'Title',
  description: 'Description',
  environment: 'Environment',
  severity: 'Severity',
  priority: 'Priority',
  platform_id: 'Platform',
  tags: 'Tags',
  due_at: 'Due',
  assigned_to: 'Assignee',
  ...Object.fromEntries(
    Object.keys(draft)
      .filter(isAnswerField)
      .map((field) => [field, answerLabel(template, field.slice('answer_'.length))]),
  ),
})

export const showTicketValue = (field: string, value: unknown, platformName: (id: string) => string): string =>
  isAnswerField(field) ? answerText(value) : (valueText(field, value, platformName) ?? '')
