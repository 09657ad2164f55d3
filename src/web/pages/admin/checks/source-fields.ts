import { type ConnectorName, type Source, sources } from '../../../../contracts/sources.ts'

/** One input of a connector's form, read off the connector's schema. */
export interface SourceField {
  name: string
  label: string
  kind: 'text' | 'whole' | 'wholes' | 'choice'
  isRequired: boolean
  choices: string[]
  pattern: RegExp | null
  min: number
  max: number
  lengthMax: number
  hint: string | null
}

interface Described {
  type?: string
  pattern?: string
  minimum?: number
  maximum?: number
  maxLength?: number
  items?: Described
  anyOf?: { const?: string }[]
  const?: string
}

/** What a schema cannot say: where to find it, what it looks like. */
const hints: Record<string, string> = {
  job_id: 'The number in the address of the job',
  warehouse_id: 'Found under the warehouse’s connection details',
  pipeline_id: 'Found in the address of the pipeline',
  table: 'catalog.schema.table',
  time_column: 'Column whose maximum is the data’s own time',
  group_id: 'Id of the Power BI workspace',
  url: 'https://…, without a name or password in it',
  statuses: 'Statuses that count as up, comma separated; 200 to 299 unless said',
  json_path: 'Dotted path into a JSON answer, such as data.status',
  json_equals: 'The text that must be at that path',
  certificate_warn_days: 'Days before the certificate ends at which to warn; https only',
  location: 'An https address, or a path inside the folder of dbt artifacts',
  unique_id: 'One node, such as source.shop.raw.orders; the worst of all when empty',
}

export function fieldsOf(connector: ConnectorName): SourceField[] {
  // What a TypeBox object is at run time: JSON schema.
  const { properties, required } = sources[connector] as unknown as {
    properties: Record<string, Described>
    required: string[]
  }
  return Object.entries(properties)
    .filter(([name]) => name !== 'connector')
    .map(([name, schema]) => {
      const bounds = schema.items ?? schema
      return {
        name,
        label: labelOf(name),
        kind: kindOf(schema),
        isRequired: required.includes(name),
        choices: schema.anyOf?.flatMap((branch) => branch.const ?? []) ?? [],
        pattern: schema.pattern === undefined ? null : new RegExp(schema.pattern, 'u'),
        min: bounds.minimum ?? Number.MIN_SAFE_INTEGER,
        max: bounds.maximum ?? Number.MAX_SAFE_INTEGER,
        lengthMax: schema.maxLength ?? 2000,
        hint: hints[name] ?? null,
      }
    })
}

function kindOf(schema: Described): SourceField['kind'] {
  if (schema.anyOf !== undefined) return 'choice'
  if (schema.type === 'array') return 'wholes'
  return schema.type === 'integer' ? 'whole' : 'text'
}

const acronyms: Record<string, string> = { id: 'ID', url: 'URL', json: 'JSON', ms: '(ms)' }
function labelOf(name: string): string {
  const words = name
    .split('_')
    .map((word) => acronyms[word] ?? word)
    .join(' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A source as the form holds it: every field as text. */
export const textsOf = (source: Source): Record<string, string> =>
  Object.fromEntries(
    Object.entries(source)
      .filter(([name]) => name !== 'connector')
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]),
  )

export type SourceResult = { source: Source } | { errors: Record<string, string> }

/** The form's texts as a source, or what is wrong with which. Empty optional fields are left out. */
export function sourceFrom(connector: ConnectorName, texts: Readonly<Record<string, string>>): SourceResult {
  const errors: Record<string, string> = {}
  const values: Record<string, unknown> = { connector }
  for (const field of fieldsOf(connector)) {
    const text = (texts[field.name] ?? '').trim()
    if (text === '') {
      if (field.isRequired) errors[field.name] = `${field.label} is needed`
      continue
    }
    const value = readField(field, text)
    if (value === null) errors[field.name] = wants(field)
    else values[field.name] = value
  }
  return Object.keys(errors).length > 0 ? { errors } : { source: values as Source } // Each field as its schema wants it.
}

function readField(field: SourceField, text: string): unknown {
  if (field.kind === 'choice') return field.choices.includes(text) ? text : null
  if (field.kind === 'whole') return whole(text, field)
  if (field.kind === 'wholes') {
    const numbers = text
      .split(/[\s,]+/)
      .filter((part) => part !== '')
      .map((part) => whole(part, field))
    return numbers.includes(null) ? null : numbers
  }
  return text.length <= field.lengthMax && (field.pattern === null || field.pattern.test(text)) ? text : null
}

function whole(text: string, { min, max }: SourceField): number | null {
  const number = Number(text)
  return /^\d{1,15}$/.test(text) && number >= min && number <= max ? number : null
}

function wants({ label, kind, min, max, choices, hint }: SourceField): string {
  if (kind === 'choice') return `${label} is one of ${choices.join(', ')}`
  if (kind === 'whole') return `${label} is a whole number from ${min} to ${max}`
  if (kind === 'wholes') return `${label} are whole numbers from ${min} to ${max}, comma separated`
  return `${label} does not look right${hint === null ? '' : `: ${hint}`}`
}
