import { Suspense, useState } from 'react'
import type { WorkItemEvent } from '../../../../contracts/tickets.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { Markdown } from '../../../parts/markdown/Markdown.tsx'
import { TimeAgo } from '../../../parts/TimeAgo.tsx'
import { fieldWords } from './field-words.ts'
import { LineDiff } from './on-demand.ts'
import { Person } from './people.tsx'
import { tell } from './sentences.ts'
import classes from './Timeline.module.css'

/** What happened, as a sentence; with what was said about it, and on demand what changed in a long text. */
export function EventLine({ event }: { event: WorkItemEvent }) {
  const platforms = usePlatformNames()
  const { deed, texts } = tell(event, (id) => platforms.find((platform) => platform.id === id)?.name ?? 'a platform')
  return (
    <div className={classes.event}>
      <p>
        <Person principal={event.by} /> <bdi>{deed}</bdi> · <TimeAgo at={event.at} />
      </p>
      {event.note !== null && (
        <div className={classes.note}>
          <Markdown source={event.note} />
        </div>
      )}
      {texts.map((text) => (
        <TextChange key={text.field} {...text} />
      ))}
    </div>
  )
}

/** Compared only when somebody looks. */
function TextChange({ field, from, to }: { field: string; from: string; to: string }) {
  const [isOpen, setIsOpen] = useState(false)
  const label = `What changed in the ${fieldWords[field] ?? field}`
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{label}</summary>
      <Suspense>{isOpen && <LineDiff from={from} to={to} label={label} />}</Suspense>
    </details>
  )
}
