import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { type SimilarItem, TITLE_MAX } from '../../../../contracts/tickets.ts'
import { useCan } from '../../../api/me.ts'
import { read, useAct } from '../../../api/queries.ts'
import { toTicket } from '../../../paths.ts'
import { announce } from '../../../ui/announce.tsx'
import { tellDone, tellFault } from '../../../ui/notify.tsx'
import { StateTag } from '../StateTag.tsx'
import { TicketTypeIcon } from '../TicketTypeIcon.tsx'
import { votesText } from '../words.ts'
import classes from './SimilarTickets.module.css'

const PAUSE_MS = 300
const LETTERS_MIN = 4

/**
 * What others filed already, while the title is being typed. A ticket that many follow is worth more than five that one
 * does, so voting is one press away. It appears below the field and takes no focus.
 */
export function SimilarTickets({ title, onTaken }: { title: string; onTaken(): void }) {
  const [settled] = useDebouncedValue(title.trim().slice(0, TITLE_MAX), PAUSE_MS)
  const isLongEnough = lettersIn(settled) >= LETTERS_MIN && lettersIn(title) >= LETTERS_MIN
  const { data, isPlaceholderData } = useQuery({
    ...read('workItemSimilar', { query: { title: settled } }),
    enabled: isLongEnough,
    placeholderData: keepPreviousData,
  })
  const items = isLongEnough ? (data?.items ?? []) : []
  const count = isPlaceholderData ? null : items.length
  useEffect(() => {
    if (count !== null && count > 0) announce(`${count} similar ${count === 1 ? 'ticket' : 'tickets'} below the title`)
  }, [count])
  if (items.length === 0) return null
  return (
    <section className={classes.similar} aria-label="Similar tickets">
      <h2 className={classes.title}>Is it one of these?</h2>
      <ul className={classes.list}>
        {items.map((item) => (
          <Similar key={item.id} item={item} onTaken={onTaken} />
        ))}
      </ul>
    </section>
  )
}

function Similar({ item, onTaken }: { item: SimilarItem; onTaken(): void }) {
  const can = useCan()
  const navigate = useNavigate()
  const vote = useAct('workItemVote')
  const { id, item_type, title, state, category, platform_id, votes, voted } = item
  const isOpen = category !== 'done'
  const mayVote = can('work_item.vote', platform_id === null ? {} : { platformIds: [platform_id] })
  const act = item_type === 'INCIDENT' ? 'Affects me too' : 'Vote for this instead'
  const take = () =>
    vote.mutate(
      { params: { id } },
      {
        onSuccess: ({ votes: now }) => {
          onTaken()
          tellDone(`Your vote is counted: ${votesText(now)} now. You are told when something happens.`)
          void navigate(toTicket(id))
        },
        onError: tellFault,
      },
    )
  return (
    <li className={classes.item}>
      <TicketTypeIcon type={item_type} />
      <Link {...toTicket(id)} className={classes.link}>
        <bdi>{title}</bdi>
      </Link>
      <StateTag state={state} />
      <span className={classes.votes}>{votesText(votes)}</span>
      {voted && <span className={classes.votes}>You voted</span>}
      {isOpen && !voted && mayVote && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={take}
          loading={vote.isPending}
          aria-label={`${act}: ${title}`}
        >
          {act}
        </Button>
      )}
    </li>
  )
}

const lettersIn = (text: string) => text.match(/\p{L}/gu)?.length ?? 0
