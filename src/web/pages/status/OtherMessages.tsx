import { useQuery } from '@tanstack/react-query'
import { read } from '../../api/queries.ts'
import { Banner } from '../../parts/Banner.tsx'
import { ErrorState } from '../../parts/ErrorState.tsx'
import stack from '../../ui/Stack.module.css'

interface OtherProps {
  platformId: string
  activeIds: readonly string[]
  platforms: readonly { id: string; name: string }[]
}

/** Messages about this platform beside those in force above: planned and past, as far as the reader may see them. */
export function OtherMessages({ platformId, activeIds, platforms }: OtherProps) {
  const query = useQuery(read('statusMessageList', { query: { platform_id: platformId, limit: 10 } }))
  const others = query.data?.items.filter(({ id }) => !activeIds.includes(id)) ?? []
  return (
    <section className={stack.section} aria-label="Messages">
      <h2>Messages</h2>
      {query.error !== null && query.data === undefined && (
        <ErrorState error={query.error} what="messages" onRetry={() => void query.refetch()} />
      )}
      {others.length === 0 && query.data !== undefined && (
        <p className={stack.dimmed}>
          {activeIds.length > 0 ? 'No others than those above.' : 'No message concerns this platform.'}
        </p>
      )}
      {others.map((message) => (
        <div key={message.id} className={stack.section}>
          {message.state !== 'published' && (
            <p className={stack.dimmed}>{message.state === 'draft' ? 'Draft, not published' : 'Archived'}</p>
          )}
          <Banner message={message} platforms={platforms} />
        </div>
      ))}
    </section>
  )
}
