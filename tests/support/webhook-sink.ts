import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  id: string
  headers: IncomingMessage['headers']
  text: string
  /** What the sink answered. */
  status: number
}

/** For tests only: 32 bytes that mean nothing. */
export const SINK_SECRET = `whsec_${Buffer.from('a key for tests, of no worth at all').toString('base64')}`

/** Somebody who takes webhooks: answers what it is told to, and keeps all that came. */
export async function openSink(statusOf: (received: Omit<Received, 'status'>) => number | 'hang' = () => 204) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const part of request.setEncoding('utf8')) text += part
    const one = { id: String(request.headers['webhook-id']), headers: request.headers, text }
    const status = statusOf(one)
    received.push({ ...one, status: status === 'hang' ? 0 : status })
    if (status === 'hang') return
    response.writeHead(status, status >= 300 && status < 400 ? { location: 'http://127.0.0.1:1/elsewhere' } : {}).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    received,
    url: `http://127.0.0.1:${port}/hook?token=never-to-be-logged`,
    host: `127.0.0.1:${port}`,
    /** What was accepted, once each. */
    accepted: () => new Map(received.filter(({ status }) => status < 300 && status > 0).map((one) => [one.id, one])),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** As a receiver does it, from the standard alone. */
export function isSigned({ headers, text, id }: Received, secret = SINK_SECRET): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${headers['webhook-timestamp']}.${text}`).digest()
  const [version, signature = ''] = String(headers['webhook-signature']).split(',')
  const given = Buffer.from(signature, 'base64')
  return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
}
