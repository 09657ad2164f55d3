import { check, sleep } from 'k6'
import http from 'k6/http'
import type { Options } from 'k6/options'
import { type Estate, origin, readEstate, seconds } from './portal.ts'

/** Everybody opens the portal at once, as when something breaks; who is refused comes again when asked to. */
export const options: Options = {
  scenarios: {
    everybody: {
      executor: 'ramping-vus',
      startVUs: 10,
      stages: [
        { duration: seconds(5), target: 10 },
        { duration: seconds(2), target: 1000 },
        { duration: seconds(15), target: 1000 },
        { duration: seconds(2), target: 10 },
        { duration: seconds(6), target: 10 },
      ],
    },
    health: { executor: 'constant-arrival-rate', exec: 'health', rate: 5, duration: seconds(28), preAllocatedVUs: 5 },
  },
  thresholds: { 'checks{kind:look}': ['rate>0.99'], 'checks{kind:health}': ['rate==1'] },
}

export const setup = readEstate

export default function (_estate: Estate): void {
  const answer = http.get(`${origin}/api/v1/status/summary`, { responseCallback: http.expectedStatuses(200, 503) })
  check(
    answer,
    {
      'is answered or told when to come again': ({ status, headers }) =>
        status === 200 || headers['Retry-After'] !== undefined,
    },
    { kind: 'look' },
  )
  sleep(answer.status === 503 ? Number(answer.headers['Retry-After'] ?? '1') : 1)
}

export function health(): void {
  check(http.get(`${origin}/healthz`), { 'is alive': ({ status }) => status === 200 }, { kind: 'health' })
}
