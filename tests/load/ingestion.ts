import { sleep } from 'k6'
import type { Options } from 'k6/options'
import { browse, type Estate, post, readEstate, seconds } from './portal.ts'

/** Readers while external jobs push: 20 bulks of 100 observations a second. */
export const options: Options = {
  scenarios: {
    readers: { executor: 'constant-vus', vus: 40, duration: seconds(30) },
    pushers: { executor: 'constant-arrival-rate', exec: 'push', rate: 20, duration: seconds(30), preAllocatedVUs: 20 },
  },
  thresholds: {
    http_req_failed: ['rate<0.001'],
    'http_req_duration{name:summary}': ['p(95)<150'],
    'http_req_duration{name:push}': ['p(95)<500'],
    checks: ['rate>0.999'],
  },
}

export const setup = readEstate

export default function (estate: Estate): void {
  browse(estate)
  sleep(0.2 + Math.random() * 0.3)
}

export function push({ pushed }: Estate): void {
  if (pushed === null) throw new Error('No check is pushed to')
  const now = Date.now()
  const observations = Array.from({ length: 100 }, (_, i) => ({
    check_id: pushed,
    // Each its own instant, also when two push in the same millisecond.
    measured_at: new Date(now - Math.floor(Math.random() * 3_600_000) - i).toISOString(),
    outcome: 'ok',
    reading: 'green',
  }))
  post('/api/v1/status-results', { observations }, 'push')
}
