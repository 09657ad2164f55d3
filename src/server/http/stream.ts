import type { ServerResponse } from 'node:http'
import type { StreamEvent } from '../../contracts/operations.ts'
import type { Announcement, Journal } from '../storage/journal.ts'
import { apiHeaders } from './headers.ts'

// Databricks Apps cuts a stream at about 300 s whatever it sends, so it ends itself before and the browser resumes.
export const STREAM_MS_MAX = 235_000
const HEARTBEAT_MS = 20_000
export const STREAMS_MAX = 2000

/** Open event streams: each gets every announcement, a heartbeat, and an end. */
export function createStreams(journal: Journal) {
  const open = new Set<ServerResponse>()
  let waiting: Announcement | null = null

  const send = (response: ServerResponse, { revision, topics }: Announcement) => {
    const event: StreamEvent = { revision, topics: [...topics] }
    response.write(`id: ${journal.epoch}.${revision}\ndata: ${JSON.stringify(event)}\n\n`)
  }

  // Many changes in one turn of the event loop reach the browsers as one event.
  const flush = () => {
    const announcement = waiting
    waiting = null
    if (announcement !== null) for (const response of open) send(response, announcement)
  }
  const unsubscribe = journal.subscribe(({ revision, topics }) => {
    if (waiting === null) setImmediate(flush)
    waiting = { revision, topics: [...new Set([...(waiting?.topics ?? []), ...topics])] }
  })

  return {
    get count() {
      return open.size
    },
    /** `lastEventId` as the browser resends it; unknown or too old means: everything may have changed. */
    start(response: ServerResponse, lastEventId: string | undefined, requestId: string): void {
      response.writeHead(200, {
        ...apiHeaders,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
        'x-request-id': requestId,
      })
      response.write('retry: 2000\n\n')
      send(response, missedSince(journal, lastEventId))
      open.add(response)
      const heartbeat = setInterval(() => response.write(': heartbeat\n\n'), HEARTBEAT_MS)
      const end = setTimeout(() => response.end(), STREAM_MS_MAX)
      response.on('close', () => {
        open.delete(response)
        clearInterval(heartbeat)
        clearTimeout(end)
      })
    },
    close(): void {
      unsubscribe()
      for (const response of open) response.end()
    },
  }
}

export type Streams = ReturnType<typeof createStreams>

function missedSince(journal: Journal, lastEventId: string | undefined): Announcement {
  const [epoch, revision] = (lastEventId ?? '').split('.')
  const known = epoch === journal.epoch && /^\d{1,15}$/.test(revision ?? '') ? Number(revision) : null
  const missed = known === null ? null : journal.changedSince(known)
  if (missed !== null) return missed
  // A first connection has missed nothing; one that we cannot place may have missed anything.
  return { revision: journal.revision, topics: lastEventId === undefined ? [] : ALL }
}

const ALL = ['*'] as unknown as Announcement['topics'] // "Everything", for the browser: not a topic of the journal.
