import { describe, expect, it } from 'vitest'
import { RETRY_AFTER_MS_MAX, waitMs } from './retry.ts'

const NOW = Date.UTC(2026, 10, 23, 12)
const none = () => 0
const most = () => 1

describe('how long to wait for a busy system', () => {
  it('is what it asks for in seconds, or until the date it names', () => {
    expect(waitMs('3', 1, NOW, none)).toBe(3000)
    expect(waitMs('0', 1, NOW, none)).toBe(0)
    expect(waitMs('Mon, 23 Nov 2026 12:00:05 GMT', 1, NOW, none)).toBe(5000)
    expect(waitMs('Mon, 23 Nov 2026 11:00:00 GMT', 1, NOW, none)).toBe(0)
  })

  it('is never shorter than asked, and a little longer so that askers spread', () => {
    expect(waitMs('8', 1, NOW, most)).toBe(10_000)
  })

  it('is not worth it past our limit', () => {
    expect(waitMs(String(RETRY_AFTER_MS_MAX / 1000), 1, NOW, none)).toBe(RETRY_AFTER_MS_MAX)
    expect(waitMs(String(RETRY_AFTER_MS_MAX / 1000 + 1), 1, NOW, none)).toBeNull()
    expect(waitMs('999999999', 1, NOW, none)).toBeNull()
  })

  it('grows with every try when nothing is asked, or nothing readable', () => {
    for (const header of [null, '', 'soon', '-1', '1.5', '1e3']) {
      expect([1, 2, 3].map((tries) => waitMs(header, tries, NOW, most))).toEqual([500, 1000, 2000])
      expect(waitMs(header, 1, NOW, none)).toBe(250)
    }
  })
})
