import { Button } from '@mantine/core'
import { IconCloudOff, IconLock } from '@tabler/icons-react'
import { ApiFault } from '../api/fault.ts'
import { Notice } from '../ui/Notice.tsx'
import { StateIcon } from './StateBadge.tsx'

interface ErrorProps {
  error: unknown
  what: string
  onRetry?: () => void
  /** 1 where it stands for the whole page. */
  level?: 1 | 2
}

/** What went wrong, its reference, and a way to try again. A refusal has other words, because trying again is no help. */
export function ErrorState({ error, what, onRetry, level = 2 }: ErrorProps) {
  const fault = error instanceof ApiFault ? error : null
  if (fault?.code === 'forbidden') return <NoPermission sentence={fault.message} level={level} />
  if (fault?.code === 'not_found') {
    return (
      <Notice level={level} icon={<StateIcon shown="unknown" size={28} />} title={`No such ${what}`}>
        It may have been removed, or you may not see it.
      </Notice>
    )
  }
  const isAway = fault?.code === 'unreachable'
  return (
    <Notice
      level={level}
      role="alert"
      icon={isAway ? <IconCloudOff size={28} aria-hidden /> : <StateIcon shown="yellow" size={28} />}
      title={isAway ? `You are offline, or the portal is: no ${what}` : `Could not load the ${what}`}
      action={
        onRetry !== undefined && (
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      <p>{fault?.message ?? 'Something in this page failed. Reloading it usually helps.'}</p>
      {fault?.requestId != null && (
        <p>
          Reference for support: <code>{fault.requestId}</code>
        </p>
      )}
    </Notice>
  )
}

export function NoPermission({ sentence, level = 2 }: { sentence: string; level?: 1 | 2 }) {
  return (
    <Notice level={level} icon={<IconLock size={28} aria-hidden />} title="You may not see this">
      {sentence.includes('administrator') ? sentence : `${sentence} An administrator of this portal can grant it.`}
    </Notice>
  )
}
