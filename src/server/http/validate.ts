import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { TObject, TProperties, TSchema } from 'typebox'
import { closed } from '../../contracts/primitives.ts'
import { invalid } from '../fault.ts'

// Nothing is coerced and nothing is dropped: what does not fit is refused.
const ajv = new Ajv({
  allErrors: true,
  discriminator: true,
  useDefaults: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allowUnionTypes: true,
})

export type Check = (value: unknown, where: 'params' | 'query' | 'body') => void

/**
 * Compiles a schema to a check; defaults are filled in.
 * @throws (the check) Fault `validation_error` with `details.fields`: path to what is wrong
 */
export function compileCheck(schema: TSchema): Check {
  const validate: ValidateFunction = ajv.compile(schema)
  return (value, where) => {
    if (!validate(value)) throw invalid(fieldsOf(validate.errors ?? [], where))
  }
}

const FIELDS_MAX = 20

function fieldsOf(errors: readonly ErrorObject[], where: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const error of errors.filter((candidate) => candidate.keyword !== 'if')) {
    if (Object.keys(fields).length >= FIELDS_MAX) break
    const path = [where, ...error.instancePath.split('/').slice(1), ...subject(error)].join('.')
    fields[path] ??= wordsFor(error)
  }
  return fields
}

/** The property an error is about, where Ajv reports it on the object around it. Names of unknown ones are clipped. */
function subject(error: ErrorObject): string[] {
  const { missingProperty, additionalProperty, tag } = error.params as Record<string, unknown>
  const name = missingProperty ?? additionalProperty ?? tag
  return typeof name === 'string' ? [name.slice(0, 64)] : []
}

function wordsFor(error: ErrorObject): string {
  switch (error.keyword) {
    case 'required':
      return 'is required'
    case 'additionalProperties':
      return 'is not known here'
    case 'enum':
      return `must be one of ${(error.params.allowedValues as unknown[]).join(', ')}`
    case 'discriminator':
      return 'must be the name of a connector'
    case 'pattern':
      return 'is not written as it should be'
    default:
      return error.message ?? 'is not valid'
  }
}

/** Schema of a request that takes no such part: anything given is unknown. */
export const nothing = closed({})

const INTEGER = /^(0|-?[1-9]\d{0,15})$/

/**
 * Reads the query string by its schema: integers and booleans in their one spelling, everything else as text. What does
 * not read stays text, so that the check refuses it; a parameter given twice becomes a list and is refused likewise.
 */
export function readQuery(raw: Record<string, unknown>, schema: TObject): Record<string, unknown> {
  const properties: TProperties = schema.properties
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [
      name,
      readValue(value, Object.hasOwn(properties, name) ? properties[name] : undefined),
    ]),
  )
}

function readValue(value: unknown, schema: TSchema | undefined): unknown {
  const type = (schema as { type?: string } | undefined)?.type
  if (typeof value !== 'string') return value
  if (type === 'integer' && INTEGER.test(value)) return Number(value)
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  return value
}
