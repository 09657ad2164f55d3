import { templateOf } from '../../../../contracts/request-templates.ts'
import { itemSeverities } from '../../../../contracts/tickets.ts'
import { itemStates, resolutions, waitingOn } from '../../../../contracts/workflows.ts'
import { utc } from '../../../ui/time.ts'
import { resolutionWords, severityWords, stateWords, waitingWords } from '../words.ts'

export const fieldWords: Record<string, string> = {
  title: 'title',
  description: 'description',
  severity: 'severity',
  priority: 'priority',
  platform_id: 'platform',
  environment: 'environment',
  tags: 'tags',
  assigned_to: 'assignee',
  due_at: 'due date',
  state: 'state',
  waiting_on: 'what it waits for',
  resolution: 'resolution',
  duplicate_of: 'original',
  approved_by: 'approval',
  answers: 'answers',
  body: 'comment',
}

/** How a ticket's field reads; null is "nothing". What it does not know, it shows as it is stored. */
export function valueText(field: string, value: unknown, platformName: (id: string) => string): string | null {
  if (value === null || value === undefined || value === '') return null
  const word = known(field, value)
  if (word !== undefined) return word
  if (field === 'platform_id') return platformName(String(value))
  if (field === 'due_at') return utc(String(value))
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'object') return answersText(value)
  return String(value)
}

function known(field: string, value: unknown): string | undefined {
  const among = <W extends string>(words: readonly W[], texts: Record<W, string>) => {
    const found = words.find((candidate) => candidate === value)
    return found === undefined ? undefined : texts[found]
  }
  switch (field) {
    case 'state':
    case 'waiting_from':
      return among(itemStates, stateWords)
    case 'severity':
      return among(itemSeverities, severityWords)
    case 'waiting_on':
      return among(waitingOn, waitingWords)
    case 'resolution':
      return among(resolutions, resolutionWords)
    default:
      return undefined
  }
}

const answersText = (answers: object) =>
  Object.entries(answers)
    .map(([key, answer]) => `${key.replaceAll('_', ' ')}: ${answerText(answer)}`)
    .join('\n')

export const answerText = (answer: unknown): string =>
  typeof answer === 'boolean' ? (answer ? 'Yes' : 'No') : String(answer ?? '')

/** What a template's field is called; its key when the template has it no more. */
export const answerLabel = (template: string | null, key: string): string =>
  templateOf(template)?.fields.find((field) => field.key === key)?.label ?? key.replaceAll('_', ' ')
