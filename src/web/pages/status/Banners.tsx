import { Button } from '@mantine/core'
import { useState } from 'react'
import { type PlatformStatus, type StatusMessage, severities } from '../../../contracts/status.ts'
import { Banner } from '../../parts/Banner.tsx'
import classes from './Banners.module.css'
import { dismiss, dismissalOf, readDismissed, showAgain } from './dismissed.ts'

/** Messages in force, the gravest on top. Dismissing lasts for this session; what is hidden can be brought back. */
export function Banners({
  messages,
  platforms,
}: {
  messages: readonly StatusMessage[]
  platforms: readonly Pick<PlatformStatus, 'id' | 'name'>[]
}) {
  const [dismissed, setDismissed] = useState(readDismissed)
  const shown = messages
    .filter((message) => !dismissed.includes(dismissalOf(message)))
    .toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity))
  const hidden = messages.length - shown.length
  if (messages.length === 0) return null
  return (
    <section className={classes.banners} aria-label="Messages">
      {shown.map((message) => (
        <Banner
          key={message.id}
          message={message}
          platforms={platforms}
          onDismiss={() => setDismissed(dismiss(message))}
        />
      ))}
      {hidden > 0 && (
        <div>
          <Button variant="subtle" size="compact-sm" color="gray" onClick={() => setDismissed(showAgain())}>
            Show {hidden} dismissed {hidden === 1 ? 'message' : 'messages'}
          </Button>
        </div>
      )}
    </section>
  )
}
