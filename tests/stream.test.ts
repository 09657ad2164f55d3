import type { ServerResponse } from 'node:http'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createStreams, STREAM_MS_MAX } from '../src/server/http/stream.ts'
import { makePlatform, openPortal, type TestPortal } from './support/portal.ts'

describe('the event stream', () => {
  let p: TestPortal
  beforeEach(async () => {
    p = await openPortal()
  })
  afterEach(() => p.close())

  /** Events as the browser gets them; `next` waits for one more. */
  async function listen(lastEventId?: string) {
    const controller = new AbortController()
    const response = await fetch(`${p.origin}/api/v1/stream`, {
      signal: controller.signal,
      headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
    })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    const next = async (): Promise<{ id: string; revision: number; topics: string[] }> => {
      for (;;) {
        const found = /id: (\S+)\ndata: (.*)\n\n/.exec(text)
        if (found !== null) {
          text = text.slice(found.index + found[0].length)
          return { id: found[1] ?? '', ...JSON.parse(found[2] ?? '{}') }
        }
        const chunk = await reader?.read()
        if (chunk === undefined || chunk.done) throw new Error('The stream ended')
        text += chunk.value
      }
    }
    return { response, next, close: () => controller.abort() }
  }

  test('says what changed, with the headers that keep proxies from holding it back', async () => {
    const stream = await listen()
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(stream.response.headers.get('cache-control')).toBe('no-cache, no-transform')
    expect(stream.response.headers.get('x-accel-buffering')).toBe('no')
    const first = await stream.next()
    expect(first.topics).toEqual([])
    await makePlatform(p)
    expect(await stream.next()).toMatchObject({ revision: first.revision + 1, topics: ['platforms'] })
    stream.close()
  })

  test('resumed, it tells what was missed; from an unknown place, that everything may have changed', async () => {
    const stream = await listen()
    const { id } = await stream.next()
    stream.close()
    await makePlatform(p)
    const resumed = await listen(id)
    expect((await resumed.next()).topics).toEqual(['platforms'])
    resumed.close()
    for (const strange of ['another-store.1', `${id.split('.')[0]}.999999`, 'nonsense']) {
      const lost = await listen(strange)
      expect((await lost.next()).topics).toEqual(['*'])
      lost.close()
    }
  })

  test('needs somebody who is signed in', async () => {
    const trusted = await openPortal({ env: { TRUSTED_PROXIES: '127.0.0.0/8' } })
    expect((await fetch(`${trusted.origin}/api/v1/stream`)).status).toBe(401)
    await trusted.close()
  })

  test('sends a heartbeat every 20 s and ends itself before a proxy would cut it', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] })
    try {
      const streams = createStreams(p.portal.journal)
      const out = new PassThrough()
      const response = Object.assign(out, { writeHead: () => response }) as unknown as ServerResponse
      streams.start(response, undefined, 'id')
      vi.advanceTimersByTime(60_000)
      expect(String(out.read()).match(/^: heartbeat$/gm)).toHaveLength(3)
      expect(out.writableEnded).toBe(false)
      expect(STREAM_MS_MAX).toBeLessThan(240_000)
      vi.advanceTimersByTime(STREAM_MS_MAX - 60_000)
      expect(out.writableEnded).toBe(true)
      streams.close()
    } finally {
      vi.useRealTimers()
    }
  })
})
