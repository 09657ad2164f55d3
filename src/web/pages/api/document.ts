/** What of OpenAPI 3.1 the reference shows. */
export interface Schema {
  type?: string
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  maxItems?: number
  default?: unknown
  $ref?: string
}
interface Content {
  content?: Record<string, { schema?: Schema }>
  description?: string
}
export interface Operation {
  operationId: string
  summary: string
  tags?: string[]
  'x-permission'?: string
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: Content
  responses?: Record<string, Content>
}
export interface Document {
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
}

export interface Line {
  method: string
  path: string
  operation: Operation
}

const methods = ['get', 'post', 'put', 'patch', 'delete']

/** Every operation by its tag, in the order of the document; single ones together. */
export function linesByTag({ paths }: Document): Map<string, Line[]> {
  const lines = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
  const byTag = Map.groupBy(lines, ({ operation }) => operation.tags?.[0] ?? GENERAL)
  const alone = [...byTag.values()].filter((group) => group.length === 1).flat()
  const groups = [...byTag].filter(([, group]) => group.length > 1)
  return new Map(alone.length === 0 ? groups : [[GENERAL, alone], ...groups])
}

/** Where endpoints stand that have no group of their own. */
const GENERAL = 'general'

export const schemaIn = ({ content = {} }: Content): Schema | undefined => Object.values(content)[0]?.schema

/** A schema's type and bounds in a few words. */
export function typeText(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? 'object'
  const branches = schema.anyOf ?? schema.oneOf
  if (branches !== undefined) return [...new Set(branches.map(typeText))].join(' or ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.type === 'array')
    return `list of ${schema.items === undefined ? 'anything' : typeText(schema.items)}${bound(', at most ', schema.maxItems)}`
  return `${schema.type ?? 'anything'}${range(schema)}${schema.default === undefined ? '' : `, ${JSON.stringify(schema.default)} unless said`}`
}

function range({ minimum, maximum, maxLength }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return ` ${minimum} to ${maximum}`
  return `${bound(' from ', minimum)}${bound(' to ', maximum)}${bound(', at most ', maxLength)}${maxLength === undefined ? '' : ' characters'}`
}
const bound = (word: string, value: number | undefined) => (value === undefined ? '' : `${word}${value}`)

/** The objects inside a schema that have fields of their own to show. */
export function objectsIn(schema: Schema): Schema[] {
  if (schema.properties !== undefined) return [schema]
  if (schema.items !== undefined) return objectsIn(schema.items)
  return (schema.anyOf ?? schema.oneOf ?? []).flatMap(objectsIn)
}
