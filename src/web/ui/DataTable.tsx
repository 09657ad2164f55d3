import type { ReactNode } from 'react'
import classes from './DataTable.module.css'

export interface Column<T> {
  header: string
  cell(row: T): ReactNode
  /** Keeps its header for screen readers only, as for a column of buttons. */
  isQuiet?: boolean
}

/**
 * A table that on a narrow screen stands each row up as a card. Roles are written out, because a table whose display
 * changes loses them in some browsers. The first column names the row.
 */
export function DataTable<T>({
  label,
  columns,
  rows,
  keyOf,
}: {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf(row: T): string
}) {
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: not redundant once CSS makes blocks of rows.
    <table className={classes.table} aria-label={label} role="table">
      <thead className={classes.head} role="rowgroup">
        <tr role="row">
          {columns.map(({ header, isQuiet }) => (
            <th key={header} role="columnheader" scope="col">
              {isQuiet === true ? <span className={classes.quiet}>{header}</span> : header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row" className={classes.row}>
            {columns.map(({ header, cell, isQuiet }, index) => {
              const content = cell(row)
              return index === 0 ? (
                <th key={header} role="rowheader" scope="row">
                  {content}
                </th>
              ) : (
                <td key={header} role="cell" data-label={isQuiet === true ? undefined : header}>
                  <div>{content}</div>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: see above.
  )
}
