import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Fault } from '../fault.ts'
import type { Log } from '../observe/log.ts'
import type { Metrics } from '../observe/metrics.ts'
import { errorBody, faultHeaders, faultOf } from './faults.ts'
import { apiHeaders } from './headers.ts'
import { recordUnread } from './request-log.ts'

const answeredEarly = new WeakSet<Socket>()

/**
 * Reads and forgets what still comes of a request that is answered already, until its end or the time that a request
 * may take: a client that is cut off while it sends sees a broken connection instead of the answer.
 */
export function readOn(request: IncomingMessage): void {
  if (request.complete) return
  const { socket } = request
  answeredEarly.add(socket)
  request.once('end', () => answeredEarly.delete(socket))
  request.resume()
}

/**
 * Answers, in our shape, what is no request: malformed, oversized or too slow on the wire. The connection is ended, and
 * closed a little later: closing a socket that has unread bytes resets it, and the reset can overtake the answer
 * (RFC 9112, 9.6).
 */
export function refuseSocket(
  error: NodeJS.ErrnoException,
  socket: Socket,
  lingerMs: number,
  parts: { requestLog: Log; metrics: Metrics },
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || answeredEarly.has(socket)) {
    socket.destroy()
    return
  }
  // More bytes of what has had its answer.
  if (!socket.writable) return
  const fault = faultOf(
    error.code === 'HPE_HEADER_OVERFLOW' || error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? error
      : new Fault('bad_request', 'This is not a request we can read.'),
  )
  const requestId = crypto.randomUUID()
  const body = JSON.stringify(errorBody(fault, requestId))
  const headers = {
    ...apiHeaders,
    ...faultHeaders(fault),
    'x-request-id': requestId,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const head = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n')
  socket.end(`HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status] ?? ''}\r\n${head}\r\n\r\n${body}`)
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(timer)).resume()
  recordUnread(fault, requestId, parts)
}
