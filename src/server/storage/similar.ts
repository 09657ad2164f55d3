import { quoted, type SchemaObject } from './ddl.ts'
import type { Table } from './table.ts'

/** Word stems of one column, and its runs of three letters: what finds rows that say the same in other words. */
export const wordsOf = (name: string) => `${name}_words_fts`
export const trigramsOf = (name: string) => `${name}_trigrams_fts`

/** Both hold no text of their own, follow live rows by triggers and can be made again. */
export const similarSchema = (table: Table): SchemaObject[] =>
  table.similar === undefined
    ? []
    : [
        ...indexSchema(table, table.similar, wordsOf(table.name), 'porter unicode61 remove_diacritics 2'),
        ...indexSchema(table, table.similar, trigramsOf(table.name), 'trigram remove_diacritics 1'),
      ]

function indexSchema(table: Table, column: string, index: string, tokenizer: string): SchemaObject[] {
  const [name, fts, text] = [quoted(table.name), quoted(index), quoted(column)]
  const add = `INSERT INTO ${fts} (rowid, ${text}) SELECT new.seq, new.${text} WHERE new.is_deleted = 0`
  const remove = `DELETE FROM ${fts} WHERE rowid = old.seq AND old.is_deleted = 0`
  const differs = `old.is_deleted IS NOT new.is_deleted OR old.${text} IS NOT new.${text}`
  return [
    {
      kind: 'search',
      name: index,
      sql: `CREATE VIRTUAL TABLE ${fts} USING fts5(${text}, content='', contentless_delete=1, tokenize='${tokenizer}')`,
      fill: `INSERT INTO ${fts} (rowid, ${text}) SELECT seq, ${text} FROM ${name} WHERE is_deleted = 0`,
    },
    {
      kind: 'trigger',
      name: `${index}_in`,
      sql: `CREATE TRIGGER ${quoted(`${index}_in`)} AFTER INSERT ON ${name} BEGIN ${add}; END`,
    },
    {
      kind: 'trigger',
      name: `${index}_out`,
      sql: `CREATE TRIGGER ${quoted(`${index}_out`)} AFTER UPDATE ON ${name} WHEN ${differs} BEGIN ${remove}; ${add}; END`,
    },
  ]
}
