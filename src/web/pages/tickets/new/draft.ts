import {
  type Answer,
  type Answers,
  answerErrors,
  type RequestTemplate,
  type TemplateField,
  templateOf,
} from '../../../../contracts/request-templates.ts'
import {
  environments,
  itemSeverities,
  TAG_PATTERN,
  TITLE_MAX,
  type WorkItemCreate,
} from '../../../../contracts/tickets.ts'
import type { ItemType } from '../../../../contracts/workflows.ts'
import type { NewTicketSearch } from '../../../paths.ts'

/** As fields hold it: empty is an empty text. */
export interface TicketDraft {
  title: string
  platform_id: string
  severity: string
  environment: string
  description: string
  tags: string[]
  template: string
  /** By field of the template; those of a template that was left stay, in case it is chosen again. */
  answers: Record<string, string>
}

export const emptyDraft = ({ title, platform, template }: NewTicketSearch): TicketDraft => ({
  title: title ?? '',
  platform_id: platform ?? '',
  severity: '',
  environment: '',
  description: '',
  tags: [],
  template: template ?? '',
  answers: {},
})

export const YES = 'yes'
export const NO = 'no'

/** What was typed, as the template's types have it. What is empty was not answered. */
export function answersOf({ fields }: RequestTemplate, typed: Readonly<Record<string, string>>): Answers {
  const answered = fields
    .map(({ key, type }) => ({ key, type, text: typed[key]?.trim() ?? '' }))
    .filter(({ text }) => text !== '')
  return Object.fromEntries(answered.map(({ key, type, text }) => [key, answerOf(type, text)]))
}

function answerOf(type: TemplateField['type'], text: string): Answer {
  if (type === 'yes_no') return text === YES
  // What is no number stays as it was typed, and is refused as such.
  return type === 'number' && !Number.isNaN(Number(text)) ? Number(text) : text
}

interface Rules {
  /** The person may file for some platforms only, so it must be one of those. */
  needsPlatform: boolean
}

const tagForm = new RegExp(TAG_PATTERN, 'u')

/** What is wrong with which field, by the form's names; empty when nothing is. */
export function draftErrors(type: ItemType, draft: TicketDraft, { needsPlatform }: Rules): Record<string, string> {
  const errors: Record<string, string> = {}
  const title = draft.title.trim()
  if (title === '') errors.title = 'A title is needed'
  else if (title.length > TITLE_MAX) errors.title = `At most ${TITLE_MAX} characters`
  if (needsPlatform && draft.platform_id === '') errors.platform_id = 'Choose one of your platforms'
  if (type !== 'PLATFORM_REQUEST' && draft.description.trim() === '') errors.description = 'A few words are needed'
  const wrongTag = draft.tags.find((tag) => !tagForm.test(tag))
  if (wrongTag !== undefined) errors.tags = `"${wrongTag}" is no tag: letters, digits and . _ : / - only`
  return type === 'PLATFORM_REQUEST' ? { ...errors, ...templateErrors(draft) } : errors
}

function templateErrors(draft: TicketDraft): Record<string, string> {
  const template = templateOf(draft.template)
  if (template === undefined) return { template: 'Choose what you ask for' }
  const wrong = answerErrors(template, answersOf(template, draft.answers))
  return Object.fromEntries(
    template.fields
      .filter(({ key }) => wrong[key] !== undefined)
      .map(({ key, label }) => [`answers.${key}`, `${label} ${wrong[key]}`]),
  )
}

/** What the portal is told; only what belongs to the type and was filled in. */
export function bodyOf(type: ItemType, draft: TicketDraft): WorkItemCreate {
  const template = type === 'PLATFORM_REQUEST' ? templateOf(draft.template) : undefined
  const severity = itemSeverities.find((candidate) => candidate === draft.severity)
  const environment = environments.find((candidate) => candidate === draft.environment)
  return {
    item_type: type,
    title: draft.title.trim(),
    ...(draft.description.trim() !== '' && { description: draft.description }),
    ...(draft.platform_id !== '' && { platform_id: draft.platform_id }),
    ...(type === 'INCIDENT' && severity !== undefined && { severity }),
    ...(type === 'INCIDENT' && environment !== undefined && { environment }),
    ...(draft.tags.length > 0 && { tags: draft.tags }),
    ...(template !== undefined && { template: template.key, answers: answersOf(template, draft.answers) }),
  }
}

/** `body.tags.0` concerns the tags, and so on: to the field that shows it. */
export const fieldOf = (path: string) => (path.startsWith('answers.') ? path : (path.split(/[./]/)[0] ?? path))
