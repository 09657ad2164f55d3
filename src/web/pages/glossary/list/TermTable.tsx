import { Link } from '@tanstack/react-router'
import type { RefObject } from 'react'
import type { ListedTerm } from '../../../../contracts/glossary.ts'
import { toTerm } from '../../../paths.ts'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import stack from '../../../ui/Stack.module.css'
import { StatusTag } from '../StatusTag.tsx'
import { TermLink } from '../TermLink.tsx'
import { firstLine } from './first-line.ts'
import classes from './GlossaryList.module.css'

interface TableProps {
  items: readonly ListedTerm[]
  /** What is shown is of another filter, and the answer on its way. */
  isOld: boolean
  list: RefObject<HTMLDivElement | null>
}

export function TermTable({ items, isOld, list }: TableProps) {
  return (
    <div ref={list} className={classes.list} aria-busy={isOld}>
      <DataTable label="Terms" columns={columns} rows={items} keyOf={({ id }) => id} />
    </div>
  )
}

const columns: Column<ListedTerm>[] = [
  {
    header: 'Term',
    cell: ({ id, term, synonyms }) => (
      <>
        <Link {...toTerm(id)} className={classes.term}>
          <bdi>{term}</bdi>
        </Link>
        {synonyms.length > 0 && (
          <p className={stack.dimmed}>
            also <bdi>{synonyms.join(', ')}</bdi>
          </p>
        )}
      </>
    ),
  },
  {
    header: 'Definition',
    cell: ({ definition, successor, domain }) => (
      <>
        {successor !== null && (
          <p className={classes.definition}>
            Use <TermLink term={successor} besides={domain} /> instead.
          </p>
        )}
        {definition.trim() === '' ? (
          <span className={stack.dimmed}>Not defined yet</span>
        ) : (
          <p className={classes.definition}>
            <bdi>{firstLine(definition)}</bdi>
          </p>
        )}
      </>
    ),
  },
  { header: 'Domain', cell: ({ domain }) => <bdi>{domain}</bdi> },
  { header: 'Status', cell: ({ status }) => <StatusTag status={status} /> },
]
