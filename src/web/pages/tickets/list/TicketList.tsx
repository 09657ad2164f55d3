import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { canSomewhere } from '../../../api/can.ts'
import { useMe } from '../../../api/me.ts'
import { CONFIRM_MS } from '../../../api/queries.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { AsOf } from '../../../parts/AsOf.tsx'
import { Loaded } from '../../../parts/Loaded.tsx'
import { useFreshness } from '../../../parts/use-freshness.ts'
import { toNewTicket, toTickets } from '../../../paths.ts'
import { useRowKeys } from '../../../shell/use-row-keys.ts'
import linkButton from '../../../ui/LinkButton.module.css'
import { MoreButton } from '../../../ui/MoreButton.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import { useTitle } from '../../../ui/use-title.ts'
import { ExportMenu } from './ExportMenu.tsx'
import { isFiltered, needsMe, ticketsQuery } from './filter.ts'
import { TicketFilters } from './TicketFilters.tsx'
import { TicketTable } from './TicketTable.tsx'
import { useTicketFilter } from './use-ticket-filter.ts'
import { Views } from './Views.tsx'

export function TicketList() {
  useTitle('Tickets')
  const me = useMe()
  const { search } = useTicketFilter()
  const platforms = usePlatformNames()
  const list = useRef<HTMLDivElement>(null)
  const searchField = useRef<HTMLInputElement>(null)
  useRowKeys(list, searchField)
  const query = useInfiniteQuery({
    ...ticketsQuery(search, me),
    enabled: me !== undefined || !needsMe(search),
    refetchInterval: CONFIRM_MS,
    // The rows of before stay until the others are here, so that typing does not make the page jump.
    placeholderData: keepPreviousData,
  })
  const freshness = useFreshness(query)
  const newTicket = canSomewhere(me, 'work_item.create') && (
    <Button
      className={linkButton.button}
      leftSection={<IconPlus size={16} aria-hidden />}
      renderRoot={(props) => <Link {...toNewTicket()} {...props} />}
    >
      New ticket
    </Button>
  )
  return (
    <div className={stack.section}>
      <div className={stack.bar}>
        <h1 tabIndex={-1}>Tickets</h1>
        <div className={stack.row}>
          <AsOf {...freshness} />
          <ExportMenu search={search} total={query.data?.total} />
          {newTicket}
        </div>
      </div>
      <Views search={search} />
      <TicketFilters searchField={searchField} />
      <Loaded query={query} what="tickets" skeleton={<Skeletons count={8} height={62} what="tickets" />}>
        {({ items, total }) =>
          items.length > 0 ? (
            <>
              <TicketTable
                items={items}
                platformName={(id) => platforms.find((platform) => platform.id === id)?.name}
                isOld={query.isPlaceholderData}
                list={list}
              />
              <MoreButton shown={items.length} total={total} what="tickets" pages={query} />
            </>
          ) : isFiltered(search) ? (
            <Notice role="status" title="No ticket matches" action={<Link {...toTickets()}>Clear the filters</Link>}>
              Other words, or fewer filters, may find it.
            </Notice>
          ) : (
            <Notice title="No tickets yet" action={newTicket}>
              A ticket says what is broken, what would be better, or what somebody needs, and everybody can follow it.
            </Notice>
          )
        }
      </Loaded>
    </div>
  )
}
