import { Suspense } from 'react'
import type { WorkItemDetail } from '../../../../contracts/tickets.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { TimeAgo } from '../../../parts/TimeAgo.tsx'
import { changesBetween } from './changes-between.ts'
import { fieldWords, valueText } from './field-words.ts'
import classes from './MeanwhileNotice.module.css'
import { LineDiff } from './on-demand.ts'
import { Person } from './people.tsx'

interface NoticeProps {
  before: WorkItemDetail
  now: WorkItemDetail
  isStillPossible: boolean
  /** What was about to be done. */
  label: string
}

/** Who changed what since this person last looked; what they typed is kept. */
export function MeanwhileNotice({ before, now, isStillPossible, label }: NoticeProps) {
  const platforms = usePlatformNames()
  const nameOf = (id: string) => platforms.find((platform) => platform.id === id)?.name ?? id
  const text = (field: string, value: unknown) => valueText(field, value, nameOf) ?? 'nothing'
  return (
    <div className={classes.notice} role="alert">
      <p>
        <Person principal={now.updated_by} /> changed this <TimeAgo at={now.updated_at} />, while you were writing:
      </p>
      <ul>
        {changesBetween(before, now).map(({ field, from, to }) => (
          <li key={field}>
            {field === 'description' ? (
              <>
                the description
                <Suspense>
                  <LineDiff from={before.description} to={now.description} label="The description: what changed" />
                </Suspense>
              </>
            ) : (
              <>
                {fieldWords[field] ?? field}: <bdi>{text(field, from)}</bdi> → <bdi>{text(field, to)}</bdi>
              </>
            )}
          </li>
        ))}
      </ul>
      <p>
        {isStillPossible
          ? `What you typed is kept. “${label}” again does it to the ticket as it now is.`
          : `“${label}” is not possible any more. What you typed is kept, so that you can copy it.`}
      </p>
    </div>
  )
}
