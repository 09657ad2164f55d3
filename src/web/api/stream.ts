/** `open`: changes arrive by themselves. `connecting`: they may be late. `down`: we ask every 30 s instead. */
export type LinkState = 'connecting' | 'open' | 'down'

export interface StreamParts {
  open(): EventSource
  /** These topics changed; `*` is anything. */
  onTopics(topics: readonly string[]): void
  onState(state: LinkState): void
}

export const POLL_MS = 30_000
const DOWN_AFTER_MS = 10_000
const REOPEN_MS = { first: 5000, longest: 60_000 }
const CLOSED = 2

/**
 * Listens for changes until stopped. The browser itself resumes a cut connection and says what it saw last; a refused
 * one we open anew, later each time, and then anything may have changed.
 */
export function followChanges(parts: StreamParts) {
  let source: EventSource | null = null
  let reopenMs = REOPEN_MS.first
  let hasMissed = false
  let downTimer: Timer
  let reopenTimer: Timer
  let pollTimer: Timer

  const up = () => {
    clearTimeout(downTimer)
    clearInterval(pollTimer)
    downTimer = pollTimer = undefined
    reopenMs = REOPEN_MS.first
    parts.onState('open')
    if (hasMissed) parts.onTopics(['*'])
    hasMissed = false
  }
  const down = () => {
    hasMissed = true
    parts.onState('down')
    pollTimer ??= setInterval(() => parts.onTopics(['*']), POLL_MS)
  }
  const failed = () => {
    if (source?.readyState === CLOSED) {
      down()
      clearTimeout(reopenTimer)
      reopenTimer = setTimeout(connect, reopenMs)
      reopenMs = Math.min(reopenMs * 2, REOPEN_MS.longest)
    } else if (downTimer === undefined && pollTimer === undefined) {
      parts.onState('connecting')
      downTimer = setTimeout(down, DOWN_AFTER_MS)
    }
  }
  function connect() {
    source?.close()
    source = parts.open()
    source.onopen = up
    source.onerror = failed
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const topics = topicsIn(data)
      if (topics.length > 0) parts.onTopics(topics)
    }
  }

  connect()
  return {
    stop(): void {
      source?.close()
      clearTimeout(downTimer)
      clearTimeout(reopenTimer)
      clearInterval(pollTimer)
    },
  }
}

type Timer = ReturnType<typeof setTimeout> | undefined

/** An event that cannot be read still says that something happened. */
export function topicsIn(data: string): readonly string[] {
  try {
    const event: unknown = JSON.parse(data)
    const topics = typeof event === 'object' && event !== null && 'topics' in event ? event.topics : null
    return Array.isArray(topics) ? topics.filter((topic) => typeof topic === 'string') : ['*']
  } catch {
    return ['*']
  }
}
