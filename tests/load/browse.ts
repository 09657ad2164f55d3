import { sleep } from 'k6'
import type { Options } from 'k6/options'
import { browse, type Estate, readEstate, seconds } from './portal.ts'

/** A busy hour of readers: people who look around, with a moment between two pages. */
export const options: Options = {
  scenarios: {
    readers: {
      executor: 'ramping-vus',
      stages: [
        { duration: seconds(10), target: 200 },
        { duration: seconds(40), target: 200 },
        { duration: seconds(5), target: 0 },
      ],
    },
  },
  thresholds: {
    http_req_failed: ['rate<0.001'],
    http_req_duration: ['p(95)<100', 'p(99)<250'],
    checks: ['rate>0.999'],
  },
}

export const setup = readEstate

export default function (estate: Estate): void {
  browse(estate)
  sleep(0.2 + Math.random() * 0.3)
}
