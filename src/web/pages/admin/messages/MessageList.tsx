import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { messageStates, type StatusMessage } from '../../../../contracts/status.ts'
import { canSomewhere } from '../../../api/can.ts'
import { useCan, useMe } from '../../../api/me.ts'
import { readPages } from '../../../api/queries.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { Banner } from '../../../parts/Banner.tsx'
import { Loaded } from '../../../parts/Loaded.tsx'
import { PlatformChoice } from '../../../parts/PlatformChoice.tsx'
import { toAdminMessages } from '../../../paths.ts'
import { Choice, choosing } from '../../../ui/Choice.tsx'
import { MoreButton } from '../../../ui/MoreButton.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import { MessageActions } from './MessageActions.tsx'

// Most people only read the list, and the form weighs several times as much.
const MessageForm = lazy(() => import('./MessageForm.tsx').then((part) => ({ default: part.MessageForm })))
const NoteForm = lazy(() => import('./NoteForm.tsx').then((part) => ({ default: part.NoteForm })))

const route = getRouteApi('/admin/messages')
const words: Record<StatusMessage['state'], string> = { draft: 'Draft', published: 'Published', archived: 'Archived' }

export function MessageList() {
  const can = useCan()
  const me = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const platforms = usePlatformNames()
  const [editing, setEditing] = useState<StatusMessage | 'new' | null>(null)
  const [noting, setNoting] = useState<StatusMessage | null>(null)
  const query = useInfiniteQuery(
    readPages('statusMessageList', { limit: 25, state: search.state, platform_id: search.platform }),
  )
  const filter = (key: 'state' | 'platform', value: string) =>
    void navigate({ search: choosing(search, key, value), replace: true })
  const isFiltered = search.state !== undefined || search.platform !== undefined
  const newButton = (can('message.write_global') || canSomewhere(me, 'message.write')) && (
    <Button onClick={() => setEditing('new')}>New message</Button>
  )
  return (
    <div className={stack.section}>
      <div className={stack.bar}>
        <h1 tabIndex={-1}>Messages</h1>
        <div className={stack.row}>
          <Choice
            label="State"
            all="All states"
            options={messageStates.map((state) => ({ value: state, label: words[state] }))}
            value={search.state}
            onChange={(value) => filter('state', value)}
          />
          <PlatformChoice platforms={platforms} value={search.platform} onChange={(id) => filter('platform', id)} />
          {newButton}
        </div>
      </div>
      <Loaded query={query} what="messages" skeleton={<Skeletons count={3} height={120} what="messages" />}>
        {({ items, total }) =>
          items.length > 0 ? (
            <div className={stack.page}>
              {items.map((message) => (
                <section
                  key={message.id}
                  className={stack.section}
                  aria-label={`${words[message.state]}: ${message.title}`}
                >
                  <div className={stack.bar}>
                    <strong>{words[message.state]}</strong>
                    <MessageActions
                      message={message}
                      onEdit={() => setEditing(message)}
                      onNote={() => setNoting(message)}
                    />
                  </div>
                  <Banner message={message} platforms={platforms} />
                </section>
              ))}
              <MoreButton shown={items.length} total={total} what="messages" pages={query} />
            </div>
          ) : isFiltered ? (
            <Notice title="No message matches" action={<Link {...toAdminMessages()}>Clear the filters</Link>} />
          ) : (
            <Notice title="No messages yet" action={newButton}>
              A message tells people what is going on: an outage, planned work, or news.
            </Notice>
          )
        }
      </Loaded>
      <Suspense>
        {editing !== null && (
          <MessageForm message={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
        )}
        {noting !== null && <NoteForm message={noting} onClose={() => setNoting(null)} />}
      </Suspense>
    </div>
  )
}
