import { writeSync } from 'node:fs'
import { createNews } from '../src/server/alert-news.ts'
import { alertmanagerBody } from '../src/server/alerts/channels/alertmanager.ts'
import { createWebhook } from '../src/server/alerts/channels/webhook.ts'
import { createDelivery } from '../src/server/alerts/deliver.ts'
import { createEvaluator } from '../src/server/alerts/evaluate.ts'
import { createQueue } from '../src/server/alerts/queue.ts'
import type { Reading } from '../src/server/alerts/rules.ts'
import { createAlertStore } from '../src/server/features/alerts/store.ts'
import type { Log } from '../src/server/observe/log.ts'
import { createJournal } from '../src/server/storage/create-journal.ts'
import { embeddedLedger } from '../src/server/storage/embedded.ts'
import { openLocal } from '../src/server/storage/local/open.ts'
import { START } from '../src/server/storage/samples.ts'

/**
 * Judges and tells minute by minute, over a world that turns by a plan, until all is told; or until it kills itself
 * where it was told to. Lines on stdout: `now <ms>` when a minute begins, `log <event> <alert>` for what an operator's
 * log would get. Started again with the minute in which it ended, it goes on.
 */
export interface CrashOrder {
  dir: string
  url: string
  secret: string
  from: number
  /** `fired`: committed, nothing sent. `claimed`: about to send. `answered`: sent, not yet written down. */
  kill: { at: 'fired' | 'claimed' | 'answered'; nth: number } | null
}

const MINUTE = 60_000
const WORLD_MINUTES = 60
const order = JSON.parse(process.argv[2] ?? '') as CrashOrder
const say = (line: string) => writeSync(1, `${line}\n`)

let left = order.kill?.nth ?? 0
const here = (point: NonNullable<CrashOrder['kill']>['at']) => {
  if (order.kill?.at === point && --left === 0) process.kill(process.pid, 'SIGKILL')
}

let now = order.from
const local = openLocal(order.dir, { now: () => now })
const journal = createJournal(local, embeddedLedger(local))
const store = createAlertStore(local, journal)
const silent = () => undefined
const told = ({ event, alert_id }: Record<string, unknown>) => say(`log ${event} ${alert_id}`)
const log = { debug: silent, info: told, warn: told, error: told, fatal: silent } as unknown as Log // What is used of it.
const evaluate = createEvaluator({
  readings,
  alerts: store,
  journal,
  log,
  damping: { forMs: 3 * MINUTE, recoverMs: 2 * MINUTE },
})
const enqueue = createQueue({ untold: createNews(local), channels: ['alert'], journal, clock: () => now })
const webhook = createWebhook({ url: order.url, secret: order.secret, timeoutMs: 5000, steadyClock: () => 0 })
const deliver = createDelivery({
  channels: [
    {
      name: 'alert',
      host: webhook.host,
      async send(outgoing, signal) {
        here('claimed')
        const error = await webhook.send(outgoing, signal)
        here('answered')
        return error
      },
      render({ subject_id, subject_version }) {
        const row = store.version('alerts', subject_id, subject_version)
        return row === null ? null : { body: alertmanagerBody(row, null, ''), requestId: row.request_id }
      },
    },
  ],
  waiting: store.waiting,
  journal,
  log: { ...log, info: silent, warn: silent, error: silent },
  clock: () => now,
  random: () => 0.5,
  timeoutMs: 5000,
  onNotification: silent,
})

for (; now < START + WORLD_MINUTES * MINUTE || store.waiting('alert').length > 0; now += MINUTE) {
  say(`now ${now}`)
  const before = store.firing().length
  await evaluate(now)
  if (store.firing().length > before) here('fired')
  await enqueue()
  await deliver.pass(new AbortController().signal)
}
say('done')
local.close()

/** Three checks, each bad and good by turns of its own. */
function readings(at: number): Reading[] {
  return [7, 9, 12].map((turn, i) => {
    const signal = { rule: 'check.failing' as const, subject: `check-${i}`, platformId: null, name: `Check ${i}` }
    const begun = Math.floor((at - START) / (turn * MINUTE))
    const since = START + begun * turn * MINUTE
    return begun % 2 === 0
      ? { ...signal, isMuted: false, is: 'bad', since, reason: 'failing', detail: null }
      : { ...signal, isMuted: false, is: 'good', since }
  })
}
