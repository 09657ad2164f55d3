import * as Type from 'typebox'
import { type Resolution, resolutions } from '../../contracts/workflows.ts'
import { compileCheck } from '../http/validate.ts'
import { type Imported, Refusal } from './imported.ts'

const fields = [
  'source_id',
  'item_type',
  'title',
  'description',
  'author',
  'created_at',
  'state',
  'closed_at',
  'resolution',
  'severity',
  'priority',
  'platform',
  'tags',
  'assigned_to',
  'due_at',
] as const
type Field = (typeof fields)[number]

/** Which column holds a field; what their words are in ours; or one value for all. */
type Source = string | { column: string; values?: Record<string, string>; separator?: string } | { constant: string }
export type Mapping = Partial<Record<Field, Source>>

const line = Type.String({ minLength: 1, maxLength: 200 })
const closed = { additionalProperties: false }
const SourceSchema = Type.Union([
  line,
  Type.Object(
    {
      column: line,
      values: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 400 }))),
      separator: Type.Optional(Type.String({ minLength: 1, maxLength: 5 })),
    },
    closed,
  ),
  Type.Object({ constant: Type.String({ maxLength: 400 }) }, closed),
])
const check = compileCheck(
  Type.Object(Object.fromEntries(fields.map((field) => [field, Type.Optional(SourceSchema)])), closed),
)

/** Columns named like our fields. */
export const plainMapping: Mapping = Object.fromEntries(fields.map((field) => [field, field]))

/** @throws Fault `validation_error` */
export function readMapping(value: unknown): Mapping {
  check(value, 'body')
  return value as Mapping // As just checked.
}

export interface CsvOptions {
  mapping: Mapping
  type?: string | undefined
  platform?: string | undefined
  /** Tells one system's ids from another's. */
  source: string
}

/** @throws Refusal for a row without an id of its own */
export function fromCsv(
  row: Readonly<Record<string, string>>,
  at: string,
  { mapping, type, platform, source }: CsvOptions,
): Imported {
  const value = (field: Field): string => {
    const from = mapping[field]
    if (from === undefined) return ''
    if (typeof from === 'object' && 'constant' in from) return from.constant
    const text = (row[typeof from === 'string' ? from : from.column] ?? '').trim()
    return typeof from === 'object' ? (from.values?.[text] ?? text) : text
  }
  const sourceId = value('source_id')
  if (sourceId === '') throw new Refusal('has no source_id, by which it would be known again')
  const tags = mapping.tags
  const separator = typeof tags === 'object' && 'separator' in tags ? (tags.separator ?? ' ') : ' '
  const state = value('state').toUpperCase()
  const resolution = value('resolution').toUpperCase()
  if (resolution !== '' && !(resolutions as readonly string[]).includes(resolution))
    throw new Refusal(`${resolution} is no resolution`)
  return {
    at,
    sourceId: `${source}:${sourceId}`,
    itemType: type ?? value('item_type'),
    title: value('title'),
    description: value('description'),
    author: value('author'),
    createdAt: value('created_at'),
    severity: value('severity').toUpperCase() || null,
    priority: value('priority').toUpperCase() || null,
    platform: value('platform') || platform || null,
    tags: value('tags').split(separator),
    assignedTo: value('assigned_to') || null,
    dueAt: value('due_at') || null,
    became:
      state === ''
        ? null
        : {
            state,
            at: value('closed_at') || value('created_at'),
            resolution: (resolution || null) as Resolution | null,
          }, // One of them, as just seen.
    comments: [],
  }
}
