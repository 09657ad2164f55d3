import type { WorkItemComment, WorkItemEvent } from '../../../../contracts/tickets.ts'

export const views = ['everything', 'comments', 'changes'] as const
export type View = (typeof views)[number]

/** One thing on the timeline. `votes`: votes in a row, as one. */
export type Entry =
  | { kind: 'comment'; key: string; at: string; comment: WorkItemComment }
  | { kind: 'event'; key: string; at: string; event: WorkItemEvent }
  | { kind: 'votes'; key: string; at: string; events: WorkItemEvent[] }

/** As far as it has been read; `isComplete`: there is no more. */
interface Part<T> {
  items: readonly T[]
  isComplete: boolean
}

/**
 * Comments and events in one order, oldest first, no further than both are known: what has not been read yet must not
 * appear later between two that are on the screen.
 */
export function interleave(events: Part<WorkItemEvent>, comments: Part<WorkItemComment>, view: View): Entry[] {
  const isTold = view === 'comments' ? () => false : view === 'changes' ? isChange : isNoComment
  const entries: Entry[] = [
    ...events.items.filter(isTold).map((event): Entry => ({ kind: 'event', key: event.id, at: event.at, event })),
    ...(view === 'changes'
      ? []
      : comments.items.map(
          (comment): Entry => ({ kind: 'comment', key: comment.id, at: comment.created_at, comment }),
        )),
  ]
  const ends = [
    ...(events.isComplete || view === 'comments' ? [] : [events.items.at(-1)?.at ?? '']),
    ...(comments.isComplete || view === 'changes' ? [] : [comments.items.at(-1)?.created_at ?? '']),
  ]
  const known = entries.filter(({ at }) => ends.every((end) => at <= end))
  return foldVotes(known.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)))
}

/** A comment stands for itself, and says itself that it was edited. */
const isNoComment = ({ type }: WorkItemEvent) => type !== 'COMMENT' && type !== 'COMMENT_EDIT'
const isChange = ({ type }: WorkItemEvent) => type !== 'COMMENT' && !isVote(type)
const isVote = (type: WorkItemEvent['type']) => type === 'VOTE' || type === 'UNVOTE'

function foldVotes(entries: readonly Entry[]): Entry[] {
  const folded: Entry[] = []
  for (const entry of entries) {
    const last = folded.at(-1)
    if (entry.kind !== 'event' || !isVote(entry.event.type)) folded.push(entry)
    else if (last?.kind === 'votes')
      folded[folded.length - 1] = { ...last, at: entry.at, events: [...last.events, entry.event] }
    else folded.push({ kind: 'votes', key: entry.key, at: entry.at, events: [entry.event] })
  }
  return folded
}

/** `5 votes`, `3 votes, 1 taken back`. */
export function votesSummary(events: readonly Pick<WorkItemEvent, 'type'>[]): string {
  const given = events.filter(({ type }) => type === 'VOTE').length
  const taken = events.length - given
  const votes = `${given} ${given === 1 ? 'vote' : 'votes'}`
  if (taken === 0) return votes
  return given === 0 ? `${taken} ${taken === 1 ? 'vote' : 'votes'} taken back` : `${votes}, ${taken} taken back`
}
