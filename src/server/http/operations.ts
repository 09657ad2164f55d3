import type { FastifyInstance } from 'fastify'
import { endpoints } from '../../contracts/index.ts'
import { Fault } from '../fault.ts'
import type { Readiness } from '../observe/health.ts'
import type { Metrics } from '../observe/metrics.ts'
import type { Journal } from '../storage/journal.ts'
import { openApiDocument } from './openapi.ts'
import { STREAMS_MAX, type Streams } from './stream.ts'

export interface OperationsParts {
  version: string
  journal: Journal
  streams: Streams
  readiness: Readiness
  metrics: Metrics
}

/** Health, readiness, metrics, the API document and the event stream. */
export function mountOperations(app: FastifyInstance, parts: OperationsParts): void {
  for (const url of [endpoints.healthz.path, '/healthz']) {
    app.get(url, { config: { endpoint: 'healthz' } }, (_request, reply) =>
      reply.header('cache-control', 'no-store').send({ status: 'ok', version: parts.version }),
    )
  }
  for (const url of [endpoints.readyz.path, '/readyz']) {
    app.get(url, { config: { endpoint: 'readyz' } }, async (_request, reply) => {
      const report = await parts.readiness.check()
      return reply
        .status(report.status === 'down' ? 503 : 200)
        .header('cache-control', 'no-store')
        .send(report)
    })
  }
  const document = JSON.stringify(openApiDocument(parts.version))
  app.get(endpoints.openapi.path, { config: { endpoint: 'openapi' } }, (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(document),
  )
  app.get(endpoints.metrics.path, { config: { endpoint: 'metrics' } }, async (_request, reply) =>
    reply
      .header('content-type', parts.metrics.contentType)
      .header('cache-control', 'no-store')
      .send(await parts.metrics.text()),
  )
  app.get(endpoints.stream.path, { config: { endpoint: 'stream' } }, (request, reply) => {
    if (parts.streams.count >= STREAMS_MAX) {
      throw new Fault('overloaded', 'Too many streams are open; poll instead.', { retryAfterSeconds: 30 })
    }
    const last = request.headers['last-event-id']
    reply.hijack()
    if (request.raw.method === 'HEAD') {
      reply.raw.end()
      return
    }
    parts.streams.start(reply.raw, typeof last === 'string' ? last : undefined, request.portal.requestId)
  })
}
