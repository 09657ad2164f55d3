import { Button, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { ImportAnswer, ImportRow } from '../../../../contracts/glossary-import.ts'
import { isLongText } from '../../../parts/compare.ts'
import { toTerm } from '../../../paths.ts'
import stack from '../../../ui/Stack.module.css'
import classes from './ImportPage.module.css'
import { previewWords } from './words.ts'

const LineDiff = lazy(() => import('../../../parts/LineDiff.tsx').then((module) => ({ default: module.LineDiff })))

/** What a file would do: what is refused first, then what would change and how, then what would be new. */
export function Preview({ answer: { counts, rows } }: { answer: ImportAnswer }) {
  const of = (outcome: ImportRow['outcome']) => rows.filter((row) => row.outcome === outcome)
  return (
    <section className={stack.section} aria-label="Preview">
      <h2>What would happen</h2>
      <p className={stack.plain} role="status">
        {previewWords(counts)}
      </p>
      <Rows title="Refused" rows={of('refused')} show={(row) => <p className={classes.reason}>{row.reason}</p>} />
      <Rows title="Changed" rows={of('changed')} show={(row) => <Changes row={row} />} />
      <Rows title="New" rows={of('created')} show={(row) => <Changes row={row} />} />
    </section>
  )
}

const STEP = 50

function Rows({ title, rows, show }: { title: string; rows: readonly ImportRow[]; show(row: ImportRow): ReactNode }) {
  const [count, setCount] = useState(STEP)
  if (rows.length === 0) return null
  return (
    <section className={stack.section} aria-label={title}>
      <h3>
        {title} ({rows.length})
      </h3>
      <ul className={classes.rows}>
        {rows.slice(0, count).map((row) => (
          <li key={row.line} className={classes.row}>
            <p className={stack.row}>
              <strong>
                <Named row={row} />
              </strong>
              <span className={stack.dimmed}>
                <bdi>{row.domain || 'no domain'}</bdi>, line {row.line}
              </span>
            </p>
            {show(row)}
          </li>
        ))}
      </ul>
      {rows.length > count && (
        <div>
          <Button variant="default" size="xs" onClick={() => setCount(count + STEP)}>
            Show more ({rows.length - count} left)
          </Button>
        </div>
      )}
    </section>
  )
}

const Named = ({ row: { term, term_id } }: { row: ImportRow }) =>
  term_id === null ? (
    <bdi>{term || 'No term'}</bdi>
  ) : (
    <Link {...toTerm(term_id)} target="_blank" title="Opens in a new tab">
      <bdi>{term}</bdi>
    </Link>
  )

/** Field by field: short values side by side, long ones line by line. */
function Changes({ row: { changes, outcome } }: { row: ImportRow }) {
  // A new term is named above.
  const shown = outcome === 'created' ? changes.filter(({ field }) => field !== 'term' && field !== 'domain') : changes
  return (
    <dl className={classes.changes}>
      {shown.map(({ field, from, to }) => (
        <div key={field}>
          <dt>{field.replaceAll('_', ' ')}</dt>
          <dd>
            <Change field={field} from={from} to={to} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Change({ field, from, to }: ImportRow['changes'][number]) {
  if (isLongText(to) || isLongText(from))
    return (
      <Suspense fallback={<bdi>{to}</bdi>}>
        <LineDiff from={from ?? ''} to={to} label={`Change of the ${field.replaceAll('_', ' ')}`} />
      </Suspense>
    )
  return (
    <>
      {from !== null && from !== '' && (
        <>
          <VisuallyHidden component="span">Was: </VisuallyHidden>
          <del>
            <bdi>{from}</bdi>
          </del>{' '}
          <span aria-hidden>→ </span>
          <VisuallyHidden component="span">Now: </VisuallyHidden>
        </>
      )}
      {to === '' ? (
        <span className={stack.dimmed}>emptied</span>
      ) : (
        <ins>
          <bdi>{to}</bdi>
        </ins>
      )}
    </>
  )
}
