import { quoted, quotedList, type SchemaObject } from './ddl.ts'
import type { Table } from './table.ts'

/**
 * What SQLite keeps beside the rows so that lists of any length answer at once. All of it follows from the rows, is
 * kept in step by triggers within the same transaction, and can be dropped and made again.
 */
export const derivedSchema = (table: Table): SchemaObject[] => [
  ...countsSchema(table),
  ...Object.entries(table.tallies ?? {}).flatMap(([name, tally]) => tallySchema(table, name, tally)),
  ...(table.sorted ?? []).map((column) => sortedSchema(table, column)),
  ...(table.listed ?? []).flatMap((column) => listedSchema(table, column)),
]

export const countsOf = (name: string) => `${name}_counts`
export const sortedOf = (name: string, column: string) => `${name}_sorted_by_${column}`
export const listedOf = (name: string, column: string) => `${name}_${column}_listed`

/** A table or search index that holds nothing of its own. */
export const isDerivedTable = (name: string) => /_(fts(_[a-z]+)?|counts|listed)$/.test(name)

/** Live rows per combination of the counted columns. A column counted by presence holds NULL or the empty string. */
function countsSchema(table: Table): SchemaObject[] {
  if (table.counted === undefined) return []
  const [name, counts] = [quoted(table.name), quoted(countsOf(table.name))]
  const columns = Object.keys(table.counted)
  const values = (row: 'old' | 'new' | 'live') =>
    Object.entries(table.counted ?? {})
      .map(([column, by]) => {
        const value = `${row}.${quoted(column)}`
        return by === 'presence' ? `CASE WHEN ${value} IS NOT NULL THEN '' END` : value
      })
      .join(', ')
  const add = `INSERT INTO ${counts} (key, ${quotedList(columns)}, n) SELECT json_array(${values('new')}), ${values('new')}, 1
    WHERE new.is_deleted = 0 ON CONFLICT (key) DO UPDATE SET n = n + 1`
  const remove = `UPDATE ${counts} SET n = n - 1 WHERE key = json_array(${values('old')}) AND old.is_deleted = 0`
  return [
    {
      kind: 'derived',
      name: countsOf(table.name),
      sql: `CREATE TABLE ${counts} (key TEXT PRIMARY KEY, ${columns.map((column) => `${quoted(column)} TEXT`).join(', ')}, n INTEGER NOT NULL) STRICT`,
      fill: `INSERT INTO ${counts} (key, ${quotedList(columns)}, n) SELECT json_array(${values('live')}), ${values('live')}, count(*)
        FROM ${name} AS live WHERE live.is_deleted = 0 GROUP BY 1`,
    },
    trigger(`${table.name}_counted`, `AFTER INSERT ON ${name}`, add),
    trigger(
      `${table.name}_recounted`,
      `AFTER UPDATE ON ${name} WHEN ${differs(['is_deleted', ...columns])}`,
      `${remove}; ${add}`,
    ),
  ]
}

/** How many live rows of another table name a row, whichever of the two came first. */
function tallySchema(table: Table, tally: string, { of, by }: { of: string; by: string }): SchemaObject[] {
  const [name, column, others, key] = [quoted(table.name), quoted(tally), quoted(of), quoted(by)]
  const counted = (id: string) => `(SELECT count(*) FROM ${others} WHERE ${key} = ${id} AND is_deleted = 0)`
  const prefix = `${table.name}_${tally}`
  return [
    {
      ...trigger(
        `${prefix}_begun`,
        `AFTER INSERT ON ${name}`,
        `UPDATE ${name} SET ${column} = ${counted('new.id')} WHERE id = new.id`,
      ),
      fill: `UPDATE ${name} SET ${column} = ${counted(`${name}.id`)}`,
    },
    trigger(
      `${prefix}_added`,
      `AFTER INSERT ON ${others} WHEN new.is_deleted = 0`,
      `UPDATE ${name} SET ${column} = ${column} + 1 WHERE id = new.${key}`,
    ),
    trigger(
      `${prefix}_changed`,
      `AFTER UPDATE ON ${others} WHEN ${differs(['is_deleted', by])}`,
      `UPDATE ${name} SET ${column} = ${column} - 1 WHERE id = old.${key} AND old.is_deleted = 0;
       UPDATE ${name} SET ${column} = ${column} + 1 WHERE id = new.${key} AND new.is_deleted = 0`,
    ),
  ]
}

/** Live rows in an order, with what lists are narrowed by, so that a walk along it seldom has to look at a row. */
const sortedSchema = (table: Table, column: string): SchemaObject => ({
  kind: 'index',
  name: sortedOf(table.name, column),
  sql: `CREATE INDEX ${quoted(sortedOf(table.name, column))} ON ${quoted(table.name)}
    (${quotedList([column, 'id', ...Object.keys(table.counted ?? {}).filter((name) => name !== column), 'created_by'])}) WHERE is_deleted = 0`,
})

/** Which live rows hold a value in a list: found by an index rather than by reading every list. */
function listedSchema(table: Table, column: string): SchemaObject[] {
  const [name, listed, list] = [quoted(table.name), quoted(listedOf(table.name, column)), quoted(column)]
  const add = `INSERT OR IGNORE INTO ${listed} (value, id) SELECT value, new.id FROM json_each(new.${list}) WHERE new.is_deleted = 0`
  const remove = `DELETE FROM ${listed} WHERE id = old.id AND value IN (SELECT value FROM json_each(old.${list}))`
  return [
    {
      kind: 'derived',
      name: listedOf(table.name, column),
      sql: `CREATE TABLE ${listed} (value TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (value, id)) STRICT, WITHOUT ROWID`,
      fill: `INSERT OR IGNORE INTO ${listed} (value, id) SELECT item.value, live.id FROM ${name} AS live, json_each(live.${list}) AS item
        WHERE live.is_deleted = 0`,
    },
    trigger(`${table.name}_${column}_in`, `AFTER INSERT ON ${name}`, add),
    trigger(
      `${table.name}_${column}_out`,
      `AFTER UPDATE ON ${name} WHEN ${differs(['is_deleted', column])}`,
      `${remove}; ${add}`,
    ),
  ]
}

const differs = (columns: readonly string[]) =>
  columns.map((column) => `old.${quoted(column)} IS NOT new.${quoted(column)}`).join(' OR ')

const trigger = (name: string, when: string, act: string) => ({
  kind: 'trigger' as const,
  name,
  sql: `CREATE TRIGGER ${quoted(name)} ${when} BEGIN ${act}; END`,
})
