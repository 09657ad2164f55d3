import { IconThumbUp, IconThumbUpFilled } from '@tabler/icons-react'
import { useState } from 'react'
import type { WorkItemSummary } from '../../../contracts/tickets.ts'
import type { Target } from '../../api/can.ts'
import { useCan } from '../../api/me.ts'
import { useAct } from '../../api/queries.ts'
import { announce } from '../../ui/announce.tsx'
import { tellFault } from '../../ui/notify.tsx'
import classes from './VoteButton.module.css'
import { votesText, voteWord } from './words.ts'

type Votable = Pick<WorkItemSummary, 'id' | 'item_type' | 'title' | 'category' | 'platform_id' | 'votes' | 'voted'>
type Vote = Pick<Votable, 'votes' | 'voted'>

/**
 * Says "me too", or takes it back. Shows the wish at once and undoes it when the portal refuses; what the page then
 * reads of the ticket replaces it. `withWord`: for a place that has room to say what it is.
 */
export function VoteButton({ item, withWord = false }: { item: Votable; withWord?: boolean }) {
  const vote = useAct('workItemVote')
  const unvote = useAct('workItemUnvote')
  const [wish, setWish] = useState<{ now: Vote; over: Vote } | null>(null)
  const blocked = useBlocked(item)
  // The page knows better by now.
  if (wish !== null && (wish.over.votes !== item.votes || wish.over.voted !== item.voted)) setWish(null)
  const { votes, voted } = wish?.now ?? item
  const isActing = vote.isPending || unvote.isPending

  const toggle = () => {
    if (blocked !== null || isActing) return
    const over = { votes: item.votes, voted: item.voted }
    setWish({ now: { votes: votes + (voted ? -1 : 1), voted: !voted }, over })
    const act = voted ? unvote : vote
    act.mutate(
      { params: { id: item.id } },
      {
        onSuccess: (answer) => {
          setWish({ now: answer, over })
          announce(`${answer.voted ? 'Voted' : 'Vote taken back'}: ${votesText(answer.votes)}`)
        },
        onError: (fault) => {
          setWish(null)
          tellFault(fault)
        },
      },
    )
  }
  const word = voteWord(item.item_type)
  // What is seen comes first in the name, as it is seen.
  const shown = withWord ? `${word} ${votes}` : `${votes}: ${word}`
  const Icon = voted ? IconThumbUpFilled : IconThumbUp
  return (
    <button
      type="button"
      className={classes.vote}
      aria-pressed={voted}
      aria-disabled={blocked !== null}
      aria-label={[`${shown}, ${item.title}`, ...(blocked === null ? [] : [blocked])].join('. ')}
      title={blocked ?? (voted ? 'Take your vote back' : word)}
      onClick={toggle}
    >
      <Icon size={16} aria-hidden />
      {withWord && <span>{word} </span>}
      <span>{votes}</span>
    </button>
  )
}

/** Why this person cannot vote on it now; null when they can. */
function useBlocked({ category, platform_id }: Votable): string | null {
  const can = useCan()
  const target: Target = platform_id === null ? {} : { platformIds: [platform_id] }
  if (!can('work_item.vote', target)) return 'You may not vote here; an administrator of this portal can grant it'
  return category === 'done' ? 'It is done, so its votes stay as they are' : null
}
