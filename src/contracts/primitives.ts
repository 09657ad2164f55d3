import * as Type from 'typebox'

/** UUID, lower case. Version 7 for new records, version 5 where a natural key must be unique. */
export const Id = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  maxLength: 36,
})

/** UTC instant, ISO 8601 with exactly three digits of milliseconds. */
export const Instant = Type.String({
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z$',
  maxLength: 24,
})

/** UTC calendar day, `2026-11-22`. */
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', maxLength: 10 })

/** One line of text a person typed: no control characters, not only blanks. */
export const line = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^(?=.*\\S)[^\\u0000-\\u001f\\u007f\\u2028\\u2029]*$' })

/** Markdown source. 100,000 characters is the renderer's limit. */
export const Markdown = Type.String({ maxLength: 100_000 })

/** Who did it: a lower-cased email, a user name, `token:<name>` or `system:<part>`. */
export const Principal = Type.String({ minLength: 1, maxLength: 320 })

export const Version = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })

export const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const closed = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

/** A closed set of words, written once as a tuple of literals. */
export const oneOf = <const Values extends readonly string[]>(values: Values) =>
  Type.Unsafe<Values[number]>(Type.String({ enum: [...values], maxLength: 64 }))

/** What every record carries beside its own fields. */
export const recordFields = {
  id: Id,
  version: Version,
  created_at: Instant,
  created_by: Principal,
  updated_at: Instant,
  updated_by: Principal,
}

export const LIMIT_DEFAULT = 25
export const LIMIT_MAX = 200

export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
}

/** A bounded list: `total` counts what the filter shows to this caller, over all pages. */
export const page = <T extends Type.TSchema>(item: T) =>
  closed({
    items: Type.Array(item, { maxItems: LIMIT_MAX }),
    next_cursor: nullable(Type.String({ maxLength: 512 })),
    total: Type.Integer({ minimum: 0 }),
  })

export interface Page<T> {
  items: T[]
  next_cursor: string | null
  total: number
}
