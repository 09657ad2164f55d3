import { newestIn } from '../moments.ts'
import type { Story } from '../story.ts'
import type { TableThing } from '../things.ts'
import type { Column, Outcome } from './statements.ts'

/**
 * Understands `SELECT <expression> [AS name] [FROM a.b.c]`, where the expression is a number or the maximum of a column,
 * perhaps inside CAST and unix_millis. Everything else is a syntax error, told as Databricks tells it.
 */
export function runSql(story: Story, tables: readonly TableThing[], sql: string, at: number): Outcome {
  const parts = SELECT.exec(sql.trim().replace(/;$/, ''))
  const expression = parts === null ? null : parseExpression(parts[1] ?? '')
  if (parts === null || expression === null) return syntaxError(sql)
  if (expression.is === 'number')
    return parts[3] === undefined ? answer(expression, parts[2], expression.text) : syntaxError(sql)
  if (parts[3] === undefined) return unresolved(expression.column)
  const name = namesOf(parts[3])?.join('.')
  const table = tables.find(({ key }) => key.toLowerCase() === name?.toLowerCase())
  if (table === undefined) return notFound(parts[3])
  if (table.column.toLowerCase() !== expression.column.toLowerCase()) return unresolved(expression.column)
  return answer(expression, parts[2], textOf(expression, newestIn(story, table, at)))
}

const SELECT = /^select\s+(.+?)(?:\s+as\s+`?([a-z_]\w*)`?)?(?:\s+from\s+(\S+))?$/is

type Expression = { is: 'number'; text: string; type: Column } | { is: 'max'; column: string; type: Column }

const types: Record<'TIMESTAMP' | 'STRING' | 'BIGINT' | 'INT', Column> = {
  TIMESTAMP: { name: '', type_name: 'TIMESTAMP', type_text: 'TIMESTAMP' },
  STRING: { name: '', type_name: 'STRING', type_text: 'STRING' },
  BIGINT: { name: '', type_name: 'LONG', type_text: 'BIGINT' },
  INT: { name: '', type_name: 'INT', type_text: 'INT' },
}

function parseExpression(source: string): Expression | null {
  const text = source.trim()
  if (/^\d{1,9}$/.test(text)) return { is: 'number', text, type: named(types.INT, text) }
  const millis = /^unix_millis\s*\((.+)\)$/is.exec(text)
  if (millis !== null) return retyped(parseExpression(millis[1] ?? ''), types.BIGINT, text)
  const cast = /^cast\s*\((.+)\s+as\s+(timestamp|string)\s*\)$/is.exec(text)
  if (cast !== null)
    return retyped(
      parseExpression(cast[1] ?? ''),
      types[cast[2]?.toUpperCase() === 'STRING' ? 'STRING' : 'TIMESTAMP'],
      text,
    )
  const max = /^max\s*\(\s*(`(?:[^`]|``)+`|\w+)\s*\)$/is.exec(text)
  const column = namesOf(max?.[1] ?? '')
  return max === null || column?.[0] === undefined
    ? null
    : { is: 'max', column: column[0], type: named(types.TIMESTAMP, text) }
}

const named = (type: Column, name: string): Column => ({ ...type, name })

/** Only the maximum has a time to turn into something else. */
const retyped = (inner: Expression | null, type: Column, text: string): Expression | null =>
  inner?.is === 'max' ? { ...inner, type: named(type, text) } : null

/** `a`.b.`c``d` to its parts; null when that is no name. */
function namesOf(text: string): string[] | null {
  const parts = text.match(/`(?:[^`]|``)+`|\w+/g)
  if (parts === null || parts.join('.') !== text) return null
  return parts.map((part) => (part.startsWith('`') ? part.slice(1, -1).replaceAll('``', '`') : part))
}

const textOf = ({ type }: Expression, newest: number): string =>
  type.type_name === 'LONG' ? String(newest) : new Date(newest).toISOString()

function answer({ type }: Expression, alias: string | undefined, value: string): Outcome {
  return { state: 'SUCCEEDED', columns: [named(type, alias ?? type.name)], rows: [[value]] }
}

const failed = (name: string, text: string, sqlState: string): Outcome => ({
  state: 'FAILED',
  errorCode: 'BAD_REQUEST',
  message: `[${name}] ${text} SQLSTATE: ${sqlState}`,
  sqlState,
})

const syntaxError = (sql: string) =>
  failed('PARSE_SYNTAX_ERROR', `Syntax error at or near '${sql.trim().split(/\s+/)[0] ?? ''}'.`, '42601')
const notFound = (name: string) =>
  failed('TABLE_OR_VIEW_NOT_FOUND', `The table or view ${name} cannot be found.`, '42P01')
const unresolved = (column: string) =>
  failed('UNRESOLVED_COLUMN.WITHOUT_SUGGESTION', `A column with name \`${column}\` cannot be resolved.`, '42703')
