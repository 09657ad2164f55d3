import type { WorkItemEvent } from '../../../../contracts/tickets.ts'
import { fieldWords, valueText } from './field-words.ts'

/** A part of a sentence about an event; `text` fields are too long for one and are shown as what changed in them. */
export interface Told {
  /** What follows the name: `moved it from New to In progress`. */
  deed: string
  /** Fields whose change is worth looking at line by line. */
  texts: { field: string; from: string; to: string }[]
}

/** Told by the sentence about the state already, or nobody's business. */
const QUIET = new Set([
  'state',
  'category',
  'state_at',
  'state_note',
  'waiting_from',
  'reopen_count',
  'approved_at',
  'duplicate_of',
  // In the sentence about the state.
  'waiting_on',
  'resolution',
  'source_id',
])
const LONG = new Set(['description', 'body', 'answers'])

/** An event as a sentence without its subject. */
export function tell({ type, changes }: WorkItemEvent, platformName: (id: string) => string): Told {
  const text = (field: string, value: unknown) => valueText(field, value, platformName)
  const texts = changes
    .filter(({ field }) => LONG.has(field))
    .map(({ field, from, to }) => ({ field, from: text(field, from) ?? '', to: text(field, to) ?? '' }))
  const deeds = changes
    .filter(({ field }) => !QUIET.has(field))
    .map(({ field, from, to }) => fieldDeed(field, from, to, text))
  switch (type) {
    case 'CREATE':
      return { deed: 'filed this', texts: [] }
    case 'DELETE':
      return { deed: 'deleted this', texts: [] }
    case 'COMMENT':
      return { deed: 'commented', texts: [] }
    case 'COMMENT_EDIT':
      return { deed: 'edited a comment', texts }
    case 'COMMENT_DELETE':
      return { deed: 'deleted a comment', texts: [] }
    case 'VOTE':
      return { deed: 'voted', texts: [] }
    case 'UNVOTE':
      return { deed: 'took a vote back', texts: [] }
    case 'STATE_CHANGE':
      return { deed: listed([moveDeed(changes, text), ...deeds]), texts }
    case 'EDIT':
    case 'ASSIGN':
    case 'TAG':
      return { deed: deeds.length === 0 ? 'changed it' : listed(deeds), texts }
  }
}

type Text = (field: string, value: unknown) => string | null

/** `moved it from In progress to Resolved (Fixed)` */
function moveDeed(changes: WorkItemEvent['changes'], text: Text): string {
  const to = (field: string) => text(field, changes.find((change) => change.field === field)?.to)
  const state = changes.find(({ field }) => field === 'state')
  if (state === undefined) return 'changed its state'
  const waiting = to('waiting_on')
  const why = to('resolution') ?? (waiting === null ? null : `for ${waiting}`)
  return `moved it from ${text('state', state.from)} to ${text('state', state.to)}${why === null ? '' : ` (${why})`}`
}

function fieldDeed(field: string, from: unknown, to: unknown, text: Text): string {
  const name = fieldWords[field] ?? field.replaceAll('_', ' ')
  if (LONG.has(field)) return `edited the ${name}`
  if (field === 'tags') return tagsDeed(from, to)
  const [was, is] = [text(field, from), text(field, to)]
  if (field === 'assigned_to') return is === null ? `took it from ${was}` : `assigned it to ${is}`
  if (field === 'approved_by') return is === null ? 'made the approval void' : 'approved it'
  if (is === null) return `removed the ${name} ${was}`
  return was === null ? `set the ${name} to ${is}` : `changed the ${name} from ${was} to ${is}`
}

function tagsDeed(from: unknown, to: unknown): string {
  const [before, after] = [membersOf(from), membersOf(to)]
  const added = after.filter((tag) => !before.includes(tag))
  const removed = before.filter((tag) => !after.includes(tag))
  const parts = [
    ...(added.length > 0 ? [`added the ${tagWord(added)} ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`removed the ${tagWord(removed)} ${removed.join(', ')}`] : []),
  ]
  return parts.length === 0 ? 'reordered the tags' : listed(parts)
}

const membersOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const tagWord = (tags: readonly string[]) => (tags.length === 1 ? 'tag' : 'tags')

const listed = (parts: readonly string[]) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
