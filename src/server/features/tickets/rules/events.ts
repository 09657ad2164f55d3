import type {
  EventType,
  WorkItem,
  WorkItemComment,
  WorkItemEvent,
  WorkItemVote,
} from '../../../../contracts/tickets.ts'
import { chains, changesBetween, type Version } from '../../../row-versions.ts'

type Own<T> = Omit<T, 'id' | 'version' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by'>
export type ItemVersion = Version & Own<WorkItem>
export type CommentVersion = Version & Own<WorkItemComment>
export type VoteVersion = Version & WorkItemVote

/** Follow from the state, or are told as the event's own time and note. */
const TOLD_OTHERWISE: ReadonlySet<string> = new Set(['category', 'state_at', 'state_note'])

/** What happened, oldest first: one event per row version, and nothing that no version says. */
export function eventsOf(versions: {
  items: readonly ItemVersion[]
  comments: readonly CommentVersion[]
  votes: readonly VoteVersion[]
}): WorkItemEvent[] {
  const events = [
    ...chains(versions.items).map(([before, after]) => itemEvent(before, after)),
    ...chains(versions.comments).map(([before, after]) => commentEvent(before, after)),
    ...chains(versions.votes).map(([, after]) => voteEvent(after)),
  ]
  return events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : place(a) - place(b)))
}

/** Within a millisecond: it is made, people take part, it changes because of that. */
const place = ({ type, comment_id }: WorkItemEvent) => (type === 'CREATE' ? 0 : comment_id !== null ? 1 : 2)

function itemEvent(before: ItemVersion | null, after: ItemVersion): WorkItemEvent {
  const changes = before === null ? [] : changesBetween(before, after, TOLD_OTHERWISE)
  const isMove = before !== null && before.state_at !== after.state_at
  return event(itemType(before, after, changes), after, { changes, note: isMove ? after.state_note : null })
}

function itemType(before: ItemVersion | null, after: ItemVersion, changes: WorkItemEvent['changes']): EventType {
  if (after.is_deleted) return 'DELETE'
  if (before === null) return 'CREATE'
  if (before.state_at !== after.state_at || before.state !== after.state) return 'STATE_CHANGE'
  const fields = changes.map(({ field }) => field).join()
  return fields === 'assigned_to' ? 'ASSIGN' : fields === 'tags' ? 'TAG' : 'EDIT'
}

function commentEvent(before: CommentVersion | null, after: CommentVersion): WorkItemEvent {
  const type = after.is_deleted ? 'COMMENT_DELETE' : before === null ? 'COMMENT' : 'COMMENT_EDIT'
  const changes = type === 'COMMENT_EDIT' && before !== null ? changesBetween(before, after, TOLD_OTHERWISE) : []
  return event(type, after, { changes, comment_id: after.id })
}

const voteEvent = (after: VoteVersion) => event(after.is_deleted ? 'UNVOTE' : 'VOTE', after)

function event(
  type: EventType,
  { id, version, updated_at, updated_by, action }: Version,
  more: Partial<WorkItemEvent> = {},
): WorkItemEvent {
  return {
    id: `${id}:${version}`,
    type,
    at: updated_at,
    by: updated_by,
    action,
    comment_id: null,
    note: null,
    changes: [],
    ...more,
  }
}
