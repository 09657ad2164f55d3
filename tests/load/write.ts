import { sleep } from 'k6'
import type { Options } from 'k6/options'
import { browse, type Estate, readEstate, seconds, write } from './portal.ts'

/** One in four who look also writes. */
export const options: Options = {
  scenarios: { people: { executor: 'constant-vus', vus: 40, duration: seconds(40) } },
  thresholds: {
    http_req_failed: ['rate<0.001'],
    'http_req_duration{name:file}': ['p(95)<250'],
    'http_req_duration{name:comment}': ['p(95)<250'],
    'http_req_duration{name:vote}': ['p(95)<250'],
    'http_req_duration{name:summary}': ['p(95)<150'],
    checks: ['rate>0.999'],
  },
}

export const setup = readEstate

export default function (estate: Estate): void {
  if (Math.random() < 0.25) write(estate)
  else browse(estate)
  sleep(0.2 + Math.random() * 0.3)
}
