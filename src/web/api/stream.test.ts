import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { endpoints } from '../../contracts/index.ts'
import { followChanges, POLL_MS, topicsIn } from './stream.ts'
import { isTouched, topicOf } from './topics.ts'

describe('a change', () => {
  test('asks again for exactly what is made of it', () => {
    expect(isTouched('statusSummary', ['ingestion_runs'])).toBe(true)
    expect(isTouched('platformRead', ['ingestion_runs'])).toBe(false)
    expect(isTouched('platformRead', ['platforms', 'status_results'])).toBe(true)
    expect(isTouched('statusSummary', [])).toBe(false)
  })
  test('of anything at all touches every read that depends on something, and no other', () => {
    expect(isTouched('statusSummary', ['*'])).toBe(true)
    expect(isTouched('openapi', ['*'])).toBe(false)
    expect(isTouched('readyz', ['*'])).toBe(false)
    expect(isTouched('toString', ['*'])).toBe(false)
  })
  test('by a write here is known by its table', () => {
    expect(topicOf('platformUpdate')).toBe('platforms')
    expect(topicOf('statusMessagePublish')).toBe('status_messages')
    expect(topicOf('ingestionRunTrigger')).toBe('ingestion_runs')
    expect(topicOf('me')).toBeNull()
  })
  test('by any write is a topic, so that nobody waits for the stream to see their own change', () => {
    for (const [name, { method }] of Object.entries(endpoints)) {
      if (method !== 'GET') expect(topicOf(name as keyof typeof endpoints), name).not.toBeNull()
    }
  })
  test('that cannot be read may be anything', () => {
    expect(topicsIn('{"revision":3,"topics":["platforms"]}')).toEqual(['platforms'])
    expect(topicsIn('{"revision":3}')).toEqual(['*'])
    expect(topicsIn('not json')).toEqual(['*'])
  })
})

class FakeSource {
  readyState = 0
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  isClosed = false
  close() {
    this.isClosed = true
  }
}

describe('the stream', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function follow() {
    const sources: FakeSource[] = []
    const topics: (readonly string[])[] = []
    const states: string[] = []
    const link = followChanges({
      open: () => {
        const source = new FakeSource()
        sources.push(source)
        return source as unknown as EventSource // As much of one as is used.
      },
      onTopics: (changed) => topics.push(changed),
      onState: (state) => states.push(state),
    })
    const newest = () => sources.at(-1) ?? new FakeSource()
    return { sources, topics, states, link, newest }
  }

  test('hands on what changed, and nothing for an empty first event', () => {
    const { newest, topics, states } = follow()
    newest().onopen?.()
    newest().onmessage?.({ data: '{"revision":1,"topics":[]}' })
    newest().onmessage?.({ data: '{"revision":2,"topics":["platforms"]}' })
    expect(states).toEqual(['open'])
    expect(topics).toEqual([['platforms']])
  })
  test('that is back soon was never down', () => {
    const { newest, topics, states } = follow()
    newest().onopen?.()
    newest().onerror?.()
    vi.advanceTimersByTime(5000)
    newest().onopen?.()
    vi.advanceTimersByTime(POLL_MS * 2)
    expect(states).toEqual(['open', 'connecting', 'open'])
    expect(topics).toEqual([])
  })
  test('that stays away is replaced by asking every 30 s, until it is back', () => {
    const { newest, topics, states } = follow()
    newest().onopen?.()
    newest().onerror?.()
    vi.advanceTimersByTime(10_000 + POLL_MS * 2)
    expect(states).toEqual(['open', 'connecting', 'down'])
    expect(topics).toEqual([['*'], ['*']])
    newest().onopen?.()
    expect(topics).toHaveLength(3)
    vi.advanceTimersByTime(POLL_MS * 3)
    expect(topics).toHaveLength(3)
  })
  test('that is refused is opened anew, later each time, and then anything may have changed', () => {
    const { newest, sources, topics } = follow()
    const refuse = () => {
      newest().readyState = 2
      newest().onerror?.()
    }
    refuse()
    vi.advanceTimersByTime(5000)
    expect(sources).toHaveLength(2)
    refuse()
    vi.advanceTimersByTime(5000)
    expect(sources).toHaveLength(2)
    vi.advanceTimersByTime(5000)
    expect(sources).toHaveLength(3)
    newest().onopen?.()
    expect(topics.at(-1)).toEqual(['*'])
  })
  test('leaves nothing behind when stopped', () => {
    const { newest, link, topics, sources } = follow()
    newest().readyState = 2
    newest().onerror?.()
    link.stop()
    vi.advanceTimersByTime(POLL_MS * 10)
    expect(topics).toEqual([])
    expect(sources).toHaveLength(1)
    expect(newest().isClosed).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })
})
