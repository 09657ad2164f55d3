import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SentryEvent {
  event_id: string
  level: string
  release: string
  environment: string
  transaction?: string
  tags: Record<string, string>
  exception: { values: { type: string; value: string; mechanism: { handled: boolean }; stacktrace?: unknown }[] }
  user?: unknown
  request?: unknown
  breadcrumbs?: unknown
  server_name?: unknown
  extra?: unknown
}

export interface ReceivedEnvelope {
  headers: IncomingMessage['headers']
  path: string
  /** As it came over the wire. */
  text: string
  /** The items of the envelope that are events. */
  events: SentryEvent[]
}

export const SINK_KEY = '0123456789abcdef0123456789abcdef'

/** Somebody who takes Sentry envelopes, on a port of its own. */
export async function openSentrySink(answer: { status: number; headers?: Record<string, string> } = { status: 200 }) {
  const received: ReceivedEnvelope[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const part of request.setEncoding('utf8')) text += part
    received.push({ headers: request.headers, path: request.url ?? '', text, events: eventsOf(text) })
    response.writeHead(answer.status, answer.headers).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    received,
    dsn: `http://${SINK_KEY}@127.0.0.1:${port}/7`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Envelope header, then pairs of item header and payload, a line each. */
function eventsOf(text: string): SentryEvent[] {
  const [, ...lines] = text.split('\n')
  return lines.flatMap((line, index) =>
    index % 2 === 0 && line !== '' && JSON.parse(line).type === 'event' ? [JSON.parse(lines[index + 1] ?? '')] : [],
  )
}
