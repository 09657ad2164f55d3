import { closed } from '../../contracts/primitives.ts'
import { COMMENT_MAX, PRIORITY_DEFAULT, TITLE_MAX, WorkItem, WorkItemComment } from '../../contracts/tickets.ts'
import { categoryOf, type ItemState, type ItemType, type Resolution, workflows } from '../../contracts/workflows.ts'
import { Fault } from '../fault.ts'
import { compileCheck } from '../http/validate.ts'
import { toInstant } from '../time.ts'

type Own<T> = Omit<T, 'id' | 'version' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by'>
export type ItemFields = Own<WorkItem>

/** A ticket of another system, read and not yet judged. Times are as that system wrote them. */
export interface Imported {
  /** Where it stands in the file, for the report: `line 12`, `issue 7`. */
  at: string
  /** The same in every export of that system: `github:owner/repo#12`. */
  sourceId: string
  itemType: string
  title: string
  description: string
  author: string
  createdAt: string
  severity: string | null
  priority: string | null
  /** Name or id. */
  platform: string | null
  tags: readonly string[]
  assignedTo: string | null
  dueAt: string | null
  /** What it became, after it was filed; null while it is as it was filed. */
  became: { state: string; at: string; resolution: Resolution | null } | null
  comments: readonly { sourceId: string; author: string; at: string; body: string }[]
}

/** One that cannot come in, and why. */
export class Refusal extends Error {}

export interface Judged {
  fields: ItemFields
  author: string
  at: number
  became: { fields: Pick<ItemFields, 'state' | 'category' | 'state_at' | 'resolution'>; at: number } | null
  comments: { sourceId: string; author: string; at: number; body: string }[]
  /** What was made to fit. */
  changed: string[]
}

const COMMENTS_MAX = 10_000
const TAG_LENGTH_MAX = 40

const { id, version, created_at, created_by, updated_at, updated_by, ...own } = WorkItem.properties
const checkFields = compileCheck(closed(own))
const checkComment = compileCheck(closed({ body: WorkItemComment.properties.body, author: created_by }))

/**
 * What the API could have made of it.
 * @throws Refusal
 */
export function judge(item: Imported, platformIdOf: (nameOrId: string) => string | null, now: number): Judged {
  const changed: string[] = []
  const at = timeOf('created_at', item.createdAt, now)
  const type = typeOf(item.itemType)
  const platformId = item.platform === null ? null : platformIdOf(item.platform)
  if (item.platform !== null && platformId === null) throw new Refusal(`there is no platform ${item.platform}`)
  if (item.comments.length > COMMENTS_MAX) throw new Refusal(`has more than ${COMMENTS_MAX} comments`)
  const title = oneLine(item.title)
  const isLong = title.length > TITLE_MAX
  if (isLong) changed.push('the title was cut; the description begins with all of it')
  const { initial } = workflows[type]
  const fields = {
    item_type: type,
    title: isLong ? `${title.slice(0, TITLE_MAX - 1)}…` : title,
    description: isLong ? `${title}\n\n${item.description}` : item.description,
    state: initial,
    category: categoryOf[initial],
    severity: type === 'INCIDENT' ? item.severity : null,
    priority: item.priority ?? PRIORITY_DEFAULT,
    platform_id: platformId,
    environment: null,
    tags: [...new Set(item.tags.map(tagOf).filter((tag) => tag !== ''))].slice(0, 20),
    assigned_to: item.assignedTo === null ? null : personOf(item.assignedTo),
    due_at: item.dueAt === null ? null : toInstant(timeOf('due_at', item.dueAt, Number.POSITIVE_INFINITY)),
    waiting_on: null,
    waiting_from: null,
    resolution: null,
    duplicate_of: null,
    state_note: null,
    state_at: toInstant(at),
    reopen_count: 0,
    template: null,
    answers: null,
    approved_by: null,
    approved_at: null,
    source_id: item.sourceId,
  }
  const author = personOf(item.author)
  refuse(() => checkFields(fields, 'body'))
  refuse(() => checkComment({ body: 'x', author }, 'body'))
  return {
    fields: fields as ItemFields, // As just checked.
    author,
    at,
    became: becameOf(item, type, at, now),
    comments: item.comments.map((comment) => commentOf(comment, at, now)),
    changed,
  }
}

function becameOf({ became }: Imported, type: ItemType, filedAt: number, now: number): Judged['became'] {
  if (became === null) return null
  const state = workflows[type].states.find((known) => known === became.state)
  if (state === undefined) throw new Refusal(`${became.state} is no state of ${type}`)
  if (state === workflows[type].initial) return null
  const at = Math.max(filedAt, timeOf('closed_at', became.at, now))
  return { at, fields: { state, category: categoryOf[state], state_at: toInstant(at), resolution: became.resolution } }
}

function commentOf(comment: Imported['comments'][number], filedAt: number, now: number): Judged['comments'][number] {
  const author = personOf(comment.author)
  if (comment.body.length > COMMENT_MAX)
    throw new Refusal(`comment ${comment.sourceId} has more than ${COMMENT_MAX} characters`)
  const body = comment.body.trim() === '' ? '(nothing)' : comment.body
  refuse(() => checkComment({ body, author }, 'body'))
  return { sourceId: comment.sourceId, author, body, at: Math.max(filedAt, timeOf('comment', comment.at, now)) }
}

function refuse(check: () => void): void {
  try {
    check()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const [[path, wrong] = ['it', 'does not fit']] = Object.entries(error.details?.fields ?? {})
    throw new Refusal(`${path.replace(/^body\./, '')} ${wrong}`)
  }
}

function typeOf(text: string): ItemType {
  const known = (Object.keys(workflows) as ItemType[]).find(
    (type) =>
      type ===
      text
        .trim()
        .toUpperCase()
        .replace(/[\s-]+/g, '_'),
  ) // Its keys are the types.
  if (known === undefined) throw new Refusal(`${text === '' ? 'nothing' : text} is no type of ticket`)
  return known
}

function timeOf(what: string, text: string, latest: number): number {
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) throw new Refusal(`${what}: ${text === '' ? 'nothing' : text} is no date`)
  if (at > latest) throw new Refusal(`${what}: ${text} is in the future`)
  return at
}

const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, ' ').trim()
const personOf = (text: string) => oneLine(text).replaceAll(',', ' ').toLowerCase()
const tagOf = (label: string) =>
  label
    .toLowerCase()
    .replace(/[^\p{Ll}\p{Lo}\p{N}._:/-]+/gu, '-')
    .replace(/^[^\p{Ll}\p{Lo}\p{N}]+|-+$/gu, '')
    .slice(0, TAG_LENGTH_MAX)

/** A state that means the same in another system's words. */
export const doneState = (
  type: string,
  wasDone: boolean,
  at: string,
  now: number,
): { state: ItemState; resolution: Resolution | null } => {
  const isOld = now - Date.parse(at) > 5 * 86_400_000
  if (type === 'IMPROVEMENT')
    return wasDone ? { state: 'SHIPPED', resolution: null } : { state: 'DECLINED', resolution: 'OUT_OF_SCOPE' }
  if (type === 'PLATFORM_REQUEST') return { state: wasDone ? 'CLOSED' : 'REJECTED', resolution: null }
  return wasDone
    ? { state: isOld ? 'CLOSED' : 'RESOLVED', resolution: 'FIXED' }
    : { state: 'CLOSED', resolution: 'NOT_AN_INCIDENT' }
}
