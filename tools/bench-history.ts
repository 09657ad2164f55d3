import { DAY, openStatus } from '../tests/support/status-core.ts'

/** What one look at a platform's outages costs: ten checks, measured for 90 days, down for half an hour of each. */
const MINUTE = 60_000
const CHECKS = 10
const NOW = Date.UTC(2028, 2, 3, 12)
const TODAY = NOW - (NOW % DAY)
const FIRST = TODAY - 89 * DAY

async function run(everyMinutes: number): Promise<void> {
  const status = openStatus(':memory:', NOW, { results: 90, rollups: 730, runs: 90 })
  const measured = (check_id: string, at: number) => {
    const minute = (at % DAY) / MINUTE
    const outcome = minute >= 600 && minute < 630 ? ('fail' as const) : ('ok' as const)
    const measured_at = new Date(at).toISOString()
    return {
      check_id,
      measured_at,
      outcome,
      data_time: null,
      reading: null,
      observed_value: null,
      message: null,
      run_id: null,
    }
  }
  await status.platform('platform', FIRST)
  for (let check = 0; check < CHECKS; check += 1) {
    const rule = {
      platform_id: 'platform',
      kind: 'availability',
      warn_after_seconds: null,
      crit_after_seconds: null,
    } as const
    await status.check(`check-${check}`, FIRST, rule)
    const observations = []
    for (let at = FIRST; at < NOW; at += everyMinutes * MINUTE) observations.push(measured(`check-${check}`, at))
    status.local.observe(observations)
  }
  for (const _ of status.history.rollUpBefore(TODAY));

  const look = () => {
    const start = performance.now()
    status.history.of('platform', FIRST, status.now)
    status.history.failures('platform', FIRST, status.now)
    return `${(performance.now() - start).toFixed(1)} ms`
  }
  const first = look()
  status.to(NOW + MINUTE)
  await status.observe([measured('check-0', status.now)])
  console.log(`| ${everyMinutes} min | ${first} | ${look()} |`)
  status.local.close()
}

console.log('| Measured every | First look | After one more result |\n|---|---|---|')
for (const minutes of [5, 1]) await run(minutes)
