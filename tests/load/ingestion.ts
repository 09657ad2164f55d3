import { sleep } from 'k6'
import type { Options } from 'k6/options'
import { browse, type Estate, pick, post, readEstate, seconds } from './portal.ts'

/** Readers while external jobs push: 5 bulks of 100 observations a second, over all checks. */
export const options: Options = {
  scenarios: {
    readers: { executor: 'constant-vus', vus: 40, duration: seconds(30) },
    pushers: { executor: 'constant-arrival-rate', exec: 'push', rate: 5, duration: seconds(30), preAllocatedVUs: 20 },
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

/** One in so many comes an hour late, as what was queued somewhere does. */
const LATE_ONE_IN = 20

export function push({ pushed }: Estate): void {
  if (pushed.length === 0) throw new Error('No check is pushed to')
  const now = Date.now()
  const observations = Array.from({ length: 100 }, (_, i) => ({
    check_id: pick(pushed),
    measured_at: new Date(now - (i % LATE_ONE_IN === 0 ? 3_600_000 : 0) - i).toISOString(),
    outcome: 'ok',
    reading: 'green',
  }))
  post('/api/v1/status-results', { observations }, 'push')
}
