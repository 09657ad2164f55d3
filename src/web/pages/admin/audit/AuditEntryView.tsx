import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { AuditChange, AuditEntry } from '../../../../contracts/audit.ts'
import { At } from '../../../parts/TimeAgo.tsx'
import { toAdminAudit } from '../../../paths.ts'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import { utc } from '../../../ui/time.ts'
import classes from './AuditEntry.module.css'
import { recordLink } from './record-link.ts'
import { fieldWord, isLongText, kindWords, type ShownValue, shownValue, tableWords } from './words.ts'

const LineDiff = lazy(() => import('../../../parts/LineDiff.tsx').then((part) => ({ default: part.LineDiff })))

/** One version: what became of which record, by whom and when; on demand field by field. */
export function AuditEntryView({ entry }: { entry: AuditEntry }) {
  const [isOpen, setIsOpen] = useState(false)
  const link = recordLink(entry)
  const name = <bdi>{entry.name ?? `of version ${entry.version}`}</bdi>
  return (
    <li className={classes.entry}>
      <div className={classes.head}>
        <p>
          {kindWords[entry.kind]}: {tableWords[entry.table]}{' '}
          {link === null ? <strong>{name}</strong> : <Link {...link}>{name}</Link>}
        </p>
        <p className={classes.by}>
          <bdi>{entry.by}</bdi> · <At at={entry.at} />
        </p>
      </div>
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>
          {entry.changes.length === 0
            ? 'No field changed'
            : `Fields: ${entry.changes.map(({ field }) => fieldWord(field)).join(', ')}`}
        </summary>
        {isOpen && <Details entry={entry} />}
      </details>
    </li>
  )
}

function Details({ entry }: { entry: AuditEntry }) {
  const long = entry.changes.filter(isLongText)
  const short = entry.changes.filter((change) => !isLongText(change))
  return (
    <div className={classes.details}>
      {short.length > 0 && (
        <DataTable label="Changed fields" columns={columns} rows={short} keyOf={({ field }) => field} />
      )}
      <Suspense>
        {long.map(({ field, from, to }) => (
          <LineDiff key={field} from={String(from)} to={String(to)} label={`What changed in the ${fieldWord(field)}`} />
        ))}
      </Suspense>
      <dl className={classes.facts}>
        <dt>Act</dt>
        <dd>
          <code>{entry.action}</code>
        </dd>
        {entry.actor?.name != null && (
          <>
            <dt>Known as</dt>
            <dd>
              <bdi>{entry.actor.name}</bdi>
            </dd>
          </>
        )}
        <dt>Time</dt>
        <dd>{utc(entry.at)}</dd>
        <dt>Version</dt>
        <dd>{entry.version}</dd>
        <dt>Request</dt>
        <dd>
          <code>{entry.request_id}</code>
        </dd>
        <dt>Record</dt>
        <dd>
          <code>{entry.record_id}</code>{' '}
          <Link {...toAdminAudit({ record: entry.record_id })}>All versions of this record</Link>
        </dd>
      </dl>
    </div>
  )
}

const columns: Column<AuditChange>[] = [
  { header: 'Field', cell: ({ field }) => fieldWord(field) },
  { header: 'Before', cell: (change) => <Value {...shownValue(change.from, change)} /> },
  { header: 'After', cell: (change) => <Value {...shownValue(change.to, change)} /> },
]

function Value(value: ShownValue) {
  switch (value.kind) {
    case 'nothing':
      return <span className={classes.nothing}>nothing</span>
    case 'hidden':
      return <span className={classes.nothing}>a secret, not shown</span>
    case 'text':
      return (
        <pre className={classes.value}>
          <bdi>{value.text}</bdi>
        </pre>
      )
  }
}
