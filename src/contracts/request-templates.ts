/** What a platform request asks for: each template has typed fields. The form and the portal check by the same function. */

interface FieldBase {
  key: string
  label: string
  /** A sentence under the field. */
  help?: string
  isRequired: boolean
}

export type TemplateField = FieldBase &
  (
    | { type: 'text' | 'long_text'; lengthMax: number }
    | { type: 'choice'; options: readonly string[] }
    | { type: 'number'; min: number; max: number; unit: string }
    /** A UTC day, `2026-11-22`. */
    | { type: 'date' }
    | { type: 'yes_no' }
  )

export interface RequestTemplate {
  key: TemplateKey
  name: string
  /** When to use it. */
  summary: string
  /** Work begins only after somebody other than the author has approved it. */
  requiresApproval: boolean
  fields: readonly TemplateField[]
}

export const templateKeys = ['access', 'onboarding', 'change'] as const
export type TemplateKey = (typeof templateKeys)[number]

export type Answer = string | number | boolean
export type Answers = Readonly<Record<string, Answer>>

const justification: TemplateField = {
  key: 'justification',
  label: 'Why it is needed',
  help: 'What you will do with it. The approver decides by this.',
  isRequired: true,
  type: 'long_text',
  lengthMax: 2000,
}

export const requestTemplates: readonly RequestTemplate[] = [
  {
    key: 'access',
    name: 'Access to data',
    summary: 'Read or change a catalog, schema, table, dashboard or workspace',
    requiresApproval: true,
    fields: [
      {
        key: 'resource',
        label: 'Catalog, schema, table or dashboard',
        help: 'Its full name: main.sales.orders',
        isRequired: true,
        type: 'text',
        lengthMax: 300,
      },
      {
        key: 'level',
        label: 'Kind of access',
        isRequired: true,
        type: 'choice',
        options: ['Read', 'Write', 'Own'],
      },
      {
        key: 'principal',
        label: 'Person or group it is for',
        help: 'A group is easier to keep right than a person',
        isRequired: true,
        type: 'text',
        lengthMax: 320,
      },
      { key: 'personal_data', label: 'It holds personal data', isRequired: true, type: 'yes_no' },
      { key: 'until', label: 'Needed until', help: 'Empty: for good', isRequired: false, type: 'date' },
      justification,
    ],
  },
  {
    key: 'onboarding',
    name: 'Onboard a team or a source',
    summary: 'A new team, data source or dashboard comes to the platform',
    requiresApproval: true,
    fields: [
      {
        key: 'subject',
        label: 'What comes to the platform',
        isRequired: true,
        type: 'choice',
        options: ['A team', 'A data source', 'A dashboard or semantic model'],
      },
      { key: 'name', label: 'Its name', isRequired: true, type: 'text', lengthMax: 200 },
      { key: 'owner', label: 'Who owns it', isRequired: true, type: 'text', lengthMax: 320 },
      {
        key: 'users',
        label: 'People who will use it',
        isRequired: false,
        type: 'number',
        min: 1,
        max: 100_000,
        unit: 'people',
      },
      { key: 'from', label: 'Needed from', isRequired: false, type: 'date' },
      justification,
    ],
  },
  {
    key: 'change',
    name: 'Change something that runs',
    summary: 'A schedule, a cluster or warehouse size, a setting, a retention',
    requiresApproval: false,
    fields: [
      { key: 'subject', label: 'What to change', isRequired: true, type: 'text', lengthMax: 300 },
      { key: 'from_value', label: 'How it is now', isRequired: false, type: 'text', lengthMax: 500 },
      { key: 'to_value', label: 'How it should be', isRequired: true, type: 'text', lengthMax: 500 },
      { key: 'on', label: 'When', isRequired: false, type: 'date' },
      {
        key: 'risk',
        label: 'What can go wrong',
        help: 'And how to go back',
        isRequired: false,
        type: 'long_text',
        lengthMax: 2000,
      },
    ],
  },
]

export const templateOf = (key: string | null): RequestTemplate | undefined =>
  requestTemplates.find((template) => template.key === key)

/** What is wrong with which field; empty when nothing is. An optional field is left out or empty, never null. */
export function answerErrors(
  template: RequestTemplate,
  answers: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const key of Object.keys(answers)) {
    if (!template.fields.some((field) => field.key === key)) errors[key] = 'is not a field of this template'
  }
  for (const field of template.fields) {
    const answer = Object.hasOwn(answers, field.key) ? answers[field.key] : undefined
    const isEmpty = answer === undefined || (typeof answer === 'string' && answer.trim() === '')
    const error = isEmpty ? (field.isRequired ? 'is needed' : null) : fieldError(field, answer)
    if (error !== null) errors[field.key] = error
  }
  return errors
}

function fieldError(field: TemplateField, answer: unknown): string | null {
  switch (field.type) {
    case 'text':
    case 'long_text':
      if (typeof answer !== 'string') return 'must be text'
      return answer.length > field.lengthMax ? `has more than ${field.lengthMax} characters` : null
    case 'choice':
      return typeof answer === 'string' && field.options.includes(answer)
        ? null
        : `must be one of ${field.options.join(', ')}`
    case 'number':
      return typeof answer === 'number' && Number.isInteger(answer) && answer >= field.min && answer <= field.max
        ? null
        : `must be a whole number from ${field.min} to ${field.max}`
    case 'date':
      return typeof answer === 'string' && isDay(answer) ? null : 'must be a date like 2026-11-22'
    case 'yes_no':
      return typeof answer === 'boolean' ? null : 'must be yes or no'
  }
}

const isDay = (text: string) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00.000Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
