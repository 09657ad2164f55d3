import { makeCheck, makePlatform, type TestPortal } from './portal.ts'

const MINUTE = 60_000
/** A check that is red once a job reports that it failed. */
export const pushed = { source: { connector: 'push' }, warn_after_seconds: 3600, crit_after_seconds: 7200 }

/** What tests of alerts do with the portal that is open. */
export function actsOn(p: () => TestPortal) {
  const report = async (check: { id: string }, outcome: 'ok' | 'fail') => {
    p().tick(1)
    const body = {
      check_id: check.id,
      measured_at: p().at(),
      data_time: p().at(),
      outcome,
      message: `It is ${outcome}`,
    }
    const answer = await p().admin.statusResultPush({ body })
    if (answer.error !== null) throw new Error(answer.error.message)
  }
  const judge = async (minutes = 0) => {
    p().tick(minutes * MINUTE)
    await p().portal.alerting.evaluate()
  }
  const alerts = async (query = {}) => (await p().admin.alertList({ query })).body.items
  const only = async (query = {}) => {
    const [alert, ...more] = await alerts(query)
    if (alert === undefined || more.length > 0) throw new Error(`There should be one alert, not ${more.length + 1}`)
    return alert
  }
  const told = () =>
    p().lines.filter(({ event }) => /^(ingestion\.(stale|recovered)|check\.(failing|recovered))$/.test(String(event)))
  const ready = async () => (await p().plain.readyz()).body.components.find(({ name }) => name === 'alerts')

  /** A platform with one check that has been red for long enough. */
  const failing = async () => {
    const platform = await makePlatform(p())
    const check = await makeCheck(p(), platform.id, pushed)
    await report(check, 'fail')
    await judge()
    await judge(5)
    return { platform, check }
  }
  return { report, judge, failing, alerts, only, told, ready }
}
