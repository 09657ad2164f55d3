import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Reply } from '../../../api/client.ts'
import { Loaded } from '../../../parts/Loaded.tsx'
import { toRoadmap, toTerm, toTicket, toTickets } from '../../../paths.ts'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import { StateTag } from '../../tickets/StateTag.tsx'
import { type TermDetail, useTermUses } from '../queries.ts'
import { StatusTag } from '../StatusTag.tsx'
import classes from './TermPage.module.css'

type Uses = Reply<'glossaryUses'>

/** Where the word, or another word for the same, stands. */
export function TermUses({ term }: { term: TermDetail }) {
  const query = useTermUses(term.id)
  return (
    <section className={stack.section} aria-label="Where it is used">
      <h2>Where it is used</h2>
      <Loaded query={query} what="uses" skeleton={<Skeletons count={2} height={60} what="uses" />}>
        {(uses) =>
          countUses(uses) === 0 ? (
            <p className={stack.dimmed}>
              In no ticket, message, roadmap item or other term that you may read
              {term.synonyms.length > 0 && ', nor are its synonyms'}.
            </p>
          ) : (
            <UseLists uses={uses} />
          )
        }
      </Loaded>
    </section>
  )
}

const kinds = ['tickets', 'messages', 'roadmap', 'terms'] as const

export const countUses = (uses: Uses): number => kinds.reduce((sum, kind) => sum + (uses[kind]?.total ?? 0), 0)

interface ListsProps {
  uses: Uses
  /** Of each kind so many at most; the rest is counted. */
  max?: number
}

/** Each kind that has any, with what it is called and where it stands. */
export function UseLists({ uses: { tickets, messages, roadmap, terms, words }, max = 20 }: ListsProps) {
  return (
    <div className={classes.uses}>
      <UseList
        title="Tickets"
        uses={tickets}
        max={max}
        more={<Link {...toTickets({ q: `"${(words[0] ?? '').replaceAll('"', ' ')}"` })}>Search all tickets</Link>}
        show={({ id, title, state }) => (
          <>
            <Link {...toTicket(id)}>
              <bdi>{title}</bdi>
            </Link>
            <StateTag state={state} />
          </>
        )}
      />
      <UseList
        title="Messages"
        uses={messages}
        max={max}
        show={({ id, title }) => (
          <Link {...toRoadmap({ item: id })}>
            <bdi>{title}</bdi>
          </Link>
        )}
      />
      <UseList title="Roadmap" uses={roadmap} max={max} show={({ title }) => <bdi>{title}</bdi>} />
      <UseList
        title="Other terms"
        uses={terms}
        max={max}
        show={({ id, term, status }) => (
          <>
            <Link {...toTerm(id)}>
              <bdi>{term}</bdi>
            </Link>
            {status !== 'active' && <StatusTag status={status} />}
          </>
        )}
      />
    </div>
  )
}

interface ListProps<Ref> {
  title: string
  uses: { total: number; items: Ref[] } | null
  max: number
  more?: ReactNode
  show(ref: Ref): ReactNode
}

function UseList<Ref extends { id: string }>({ title, uses, max, more, show }: ListProps<Ref>) {
  if (uses === null || uses.total === 0) return null
  const shown = uses.items.slice(0, max)
  return (
    <div>
      <h3>
        {title} ({uses.total})
      </h3>
      <ul aria-label={title}>
        {shown.map((ref) => (
          <li key={ref.id}>{show(ref)}</li>
        ))}
      </ul>
      {uses.total > shown.length && (
        <p className={stack.dimmed}>
          and {uses.total - shown.length} more. {more}
        </p>
      )}
    </div>
  )
}
