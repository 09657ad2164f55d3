import type { TObject, TSchema } from 'typebox'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { ErrorBody } from '../../contracts/fault.ts'
import { endpoints } from '../../contracts/index.ts'

interface Described {
  type?: string
  properties?: Record<string, TSchema>
  required?: string[]
}

/** The API as OpenAPI 3.1, made from the endpoint table. */
export function openApiDocument(version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lakeport',
      version,
      description: 'Internal support and status portal for the people who use a data platform.',
      license: { name: 'Internal use', identifier: 'LicenseRef-Internal' },
    },
    servers: [{ url: '/' }],
    security: [{ proxy: [] }, { token: [] }],
    paths,
    components: {
      securitySchemes: {
        proxy: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Forwarded-Email',
          description: 'Set by the trusted proxy in front of the portal.',
        },
        token: { type: 'http', scheme: 'bearer', description: 'An API token made by an administrator.' },
      },
      schemas: { Error: plain(ErrorBody) },
      responses: {
        Error: { description: 'Every error has this shape.', content: json({ $ref: '#/components/schemas/Error' }) },
      },
    },
  }
}

function operation(name: string, endpoint: Endpoint): Record<string, unknown> {
  const status = String(endpoint.status ?? 200)
  const isStream = name === 'stream'
  const isCreate = endpoint.method === 'POST' && status === '201'
  return {
    operationId: name,
    summary: endpoint.summary,
    tags: [tagOf(endpoint.path)],
    'x-permission': endpoint.permission,
    ...(endpoint.permission === 'public' ? { security: [] } : {}),
    parameters: [
      ...parameters(endpoint.params, 'path'),
      ...parameters(endpoint.query, 'query'),
      ...(isCreate ? [idempotencyKey] : []),
    ],
    ...(endpoint.body === undefined ? {} : { requestBody: { required: true, content: json(plain(endpoint.body)) } }),
    responses: {
      [status]: {
        description: isStream ? 'An event stream of these objects' : 'Done',
        content: contentOf(
          endpoint,
          isStream ? ['text/event-stream'] : (endpoint.media ?? [endpoint.text ?? 'application/json']),
        ),
      },
      ...(name === 'readyz'
        ? { 503: { description: 'Down; the same shape', content: json(plain(endpoint.reply)) } }
        : {}),
      '4XX': { $ref: '#/components/responses/Error' },
      ...(name === 'readyz' ? {} : { '5XX': { $ref: '#/components/responses/Error' } }),
    },
  }
}

const tagOf = (path: string) =>
  path.startsWith('/api/v2/') || path === endpoints.feed.path ? 'status-page' : (path.split('/')[3] ?? 'portal')

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key and body answers the first result again for 24 hours; another body is refused.',
  schema: { type: 'string', minLength: 1, maxLength: 128 },
}

function parameters(schema: TObject | undefined, place: 'path' | 'query') {
  const { properties = {}, required = [] } = (schema ?? {}) as Described
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: plain(property),
  }))
}

/** A file in JSON is a list of records, whatever the text of other files. */
const contentOf = ({ reply, media: files }: Endpoint, media: readonly string[]) =>
  Object.fromEntries(
    media.map((type) => [
      type,
      { schema: files !== undefined && type === 'application/json' ? recordList : plain(reply) },
    ]),
  )
const recordList = { type: 'array', items: { type: 'object' } }
const json = (schema: unknown) => ({ 'application/json': { schema } })

/** Without what the schema library keeps for itself. */
const plain = (schema: TSchema): unknown => JSON.parse(JSON.stringify(schema))
