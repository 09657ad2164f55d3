import { type Records, type RecordTopic, type RowOf, tables } from './tables.ts'

/** A row's own fields, without what makes it a version: what the next change starts from. */
export const fieldsOf = <N extends RecordTopic>(table: N, row: RowOf<N>): Records[N] => {
  // A table's columns are the keys of its record type; `tables` is checked against that.
  const names = Object.keys(tables[table].columns) as (keyof Records[N])[]
  return Object.fromEntries(names.map((name) => [name, row[name]])) as unknown as Records[N]
}
