import { sleep } from 'k6'
import type { Options } from 'k6/options'
import { browse, type Estate, readEstate, seconds, write } from './portal.ts'

/** An ordinary day, for long: what leaks shows. Half an hour as written. */
export const options: Options = {
  scenarios: { people: { executor: 'constant-vus', vus: 30, duration: seconds(1800) } },
  thresholds: { http_req_failed: ['rate<0.001'], http_req_duration: ['p(95)<150'], checks: ['rate>0.999'] },
}

export const setup = readEstate

export default function (estate: Estate): void {
  if (Math.random() < 0.05) write(estate)
  else browse(estate)
  sleep(0.5 + Math.random())
}
