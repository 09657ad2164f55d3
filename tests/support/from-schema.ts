import * as fc from 'fast-check'

/** As much of JSON Schema as the API's own document uses. */
export interface Schema {
  type?: string
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly Schema[]
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
  required?: readonly string[]
  items?: Schema
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
}

/** Texts that have broken somebody's parser. */
const odd = fc.constantFrom(
  ...['', ' ', '\u0000', "'; DROP TABLE work_items; --", '"', '%', '_', '*', '"a" OR', 'NEAR(', '(', '-', 'a"b', '\\'],
  ...['../../etc/passwd', '{{7*7}}', '<script>alert(1)</script>', '\u202e', '\ud83d', '\ufeff', 'ﷺ'.repeat(60)],
  ...['__proto__', 'constructor', 'toString', 'null', 'true', 'NaN', '1e2', '-0', '0x10', '2026-02-30T25:61:00.000Z'],
)
const words = fc.constantFrom('orders', 'late', 'Trust', '2026-Q4', '2026-11-22T12:00:00.000Z', 'ann@x.example', 'a b')

/**
 * Values that a schema asks for, mostly; ids are taken from those that were seen, so that what is asked for is there.
 * Texts with a pattern are only now and then right: what is refused is looked at too.
 */
export function fromSchema(schema: Schema, ids: () => readonly string[]): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => fromSchema(one, ids)))
  switch (schema.type) {
    case 'string':
      return textOf(schema, ids)
    case 'integer':
      return fc.oneof(
        {
          weight: 4,
          arbitrary: fc.integer({
            min: schema.minimum ?? 0,
            max: Math.min(schema.maximum ?? Infinity, (schema.minimum ?? 0) + 5),
          }),
        },
        fc.constantFrom(schema.minimum ?? 0, schema.maximum ?? 2 ** 31),
      )
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1e6, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(fromSchema(schema.items ?? {}, ids), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 3, 3)),
      })
    case 'object':
      if (schema.properties === undefined) return entriesOf(schema, ids)
      return fc.record(
        Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, fromSchema(one, ids)])),
        { requiredKeys: (schema.required ?? []).filter((name) => name in (schema.properties ?? {})) },
      )
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

const entriesOf = ({ patternProperties = {} }: Schema, ids: () => readonly string[]) =>
  fc.dictionary(
    fc.constantFrom('resource', 'level', 'justification', 'other'),
    fromSchema(Object.values(patternProperties)[0] ?? {}, ids),
  )

function textOf({ pattern, format, minLength = 0, maxLength = 60 }: Schema, ids: () => readonly string[]) {
  const known = fc.nat().map((n) => ids()[n % Math.max(ids().length, 1)] ?? 'none')
  if (format === 'uuid' || (pattern ?? '').includes('0-9a-f')) return known
  const plain = fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)) })
  const right = pattern === undefined ? words : matching(pattern, maxLength)
  return fc.oneof(
    { weight: 14, arbitrary: right },
    { weight: 2, arbitrary: words },
    { weight: 2, arbitrary: plain },
    odd,
    known,
  )
}

/** Patterns that look ahead cannot be turned round. */
function matching(pattern: string, maxLength: number): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: Math.min(maxLength, 60) })
  } catch {
    return words
  }
}

/** The same value with one thing wrong with it. */
export const spoilt = (value: unknown): fc.Arbitrary<unknown> => {
  const nonsense = fc.oneof(
    odd,
    fc.constantFrom<unknown>(null, -1, 1e308, 0.5, [], {}, [[[]]], { $gt: '' }, 'x'.repeat(5000)),
  )
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return nonsense
  const record = value as Record<string, unknown> // An object that is no list.
  const keys = Object.keys(record)
  const extra = fc.tuple(odd, nonsense).map(([key, more]) => ({ ...record, [key || 'extra']: more }))
  if (keys.length === 0) return fc.oneof(nonsense, extra)
  const key = fc.constantFrom(...keys)
  return fc.oneof(
    nonsense,
    extra,
    key.map((gone) => Object.fromEntries(Object.entries(record).filter(([name]) => name !== gone))),
    fc.tuple(key, nonsense).map(([name, more]) => ({ ...record, [name]: more })),
  )
}
