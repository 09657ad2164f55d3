import { ago, utc, when } from '../ui/time.ts'
import { useNow } from '../ui/use-now.ts'

/** How long ago, the reader's own clock time beside it when asked, the UTC on hover. */
export function TimeAgo({
  at,
  never = 'never',
  withClock = false,
}: {
  at: string | null
  never?: string
  withClock?: boolean
}) {
  const now = useNow()
  if (at === null) return <>{never}</>
  return (
    <time dateTime={at} title={utc(at)}>
      {ago(at, now)}
      {withClock && ` (${when(at, now)})`}
    </time>
  )
}

/** The reader's own date and time, the UTC on hover. */
export function At({ at }: { at: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={utc(at)}>
      {when(at, now)}
    </time>
  )
}
