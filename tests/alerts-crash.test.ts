import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { openLocal } from '../src/server/storage/local/open.ts'
import { START } from '../src/server/storage/samples.ts'
import type { CrashOrder } from './alerts-crash-process.ts'
import { isSigned, openSink, SINK_SECRET } from './support/webhook-sink.ts'

type Plan = CrashOrder['kill'] | { at: 'received'; nth: number }

/** Each is one life of the process; the last lives on. */
const plans: readonly Plan[] = [
  { at: 'fired', nth: 1 },
  { at: 'claimed', nth: 1 },
  { at: 'answered', nth: 1 },
  { at: 'received', nth: 2 },
  { at: 'fired', nth: 2 },
  { at: 'answered', nth: 3 },
  { at: 'claimed', nth: 2 },
  { at: 'received', nth: 1 },
  { at: 'answered', nth: 2 },
  { at: 'fired', nth: 1 },
  { at: 'received', nth: 3 },
  { at: 'answered', nth: 1 },
  null,
]

test('killed between firing, telling and writing it down, each alert is told and logged as if nothing had happened', async () => {
  const calm = await live([null], () => true)
  const rough = await live(plans, isAccepted)
  expect(rough.kills).toBe(plans.length - 1)
  // Same records, at the same instants, as in a life without a crash.
  expect(rough.alerts).toEqual(calm.alerts)
  expect(calm.alerts.filter(({ state }) => state === 'resolved').length).toBeGreaterThan(5)
  // Each firing and each resolving is told once, known by its id, and logged once.
  const expected = rough.alerts.flatMap(({ id, state }) => [
    `${id} firing`,
    ...(state === 'resolved' ? [`${id} resolved`] : []),
  ])
  expect(rough.told.toSorted()).toEqual(expected.toSorted())
  expect(rough.logged.toSorted()).toEqual(expected.toSorted())
  expect(calm.logged.toSorted()).toEqual(expected.toSorted())
  expect(rough.repeats).toBeGreaterThan(0)
})

/** Fails about a third of all tries, always the same ones: what decides is the webhook and how often it was tried. */
const isAccepted = (id: string, tries: number) => (createHash('sha256').update(`${id} ${tries}`).digest()[0] ?? 0) > 85

async function live(lives: readonly Plan[], accepts: (id: string, tries: number) => boolean) {
  const dir = mkdtempSync(join(tmpdir(), 'lakeport-alerts-'))
  const tries = new Map<string, number>()
  let child: ChildProcess | null = null
  let killAfter = 0
  const sink = await openSink(({ id }) => {
    tries.set(id, (tries.get(id) ?? 0) + 1)
    if (killAfter > 0 && --killAfter === 0) child?.kill('SIGKILL')
    return accepts(id, tries.get(id) ?? 0) ? 204 : 500
  })
  const logged: string[] = []
  let from = START
  let kills = 0
  try {
    for (const plan of lives) {
      const kill = plan?.at === 'received' ? null : plan
      killAfter = plan?.at === 'received' ? plan.nth : 0
      const order: CrashOrder = { dir, url: sink.url, secret: SINK_SECRET, from, kill }
      child = spawn(process.execPath, [join(import.meta.dirname, 'alerts-crash-process.ts'), JSON.stringify(order)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const exited = once(child, 'exit')
      if (child.stdout === null) throw new Error('It was started with a pipe')
      for await (const line of createInterface({ input: child.stdout })) {
        const [what, first = '', second = ''] = line.split(' ')
        if (what === 'now') from = Number(first)
        if (what === 'log') logged.push(`${second} ${first === 'check.failing' ? 'firing' : 'resolved'}`)
      }
      const [code, signal] = await exited
      expect([code, signal]).toEqual(plan === null ? [0, null] : [null, 'SIGKILL'])
      kills += signal === 'SIGKILL' ? 1 : 0
    }
    const local = openLocal(dir)
    const alerts = local
      .rows('alerts', 'ORDER BY id')
      .map(({ id, state, episode, firing_since, resolved_at, version }) => ({
        ...{ id, state, episode, firing_since, resolved_at, version },
      }))
    const byDelivery = new Map(local.rows('webhook_deliveries').map((row) => [row.id, row]))
    local.close()
    expect(sink.received.every((one) => isSigned(one))).toBe(true)
    const accepted = [...sink.accepted().keys()]
    return {
      alerts: alerts.filter(({ firing_since }) => firing_since !== null),
      told: accepted.map((id) => `${byDelivery.get(id)?.subject_id} ${byDelivery.get(id)?.event}`),
      logged,
      kills,
      repeats: sink.received.filter(({ status }) => status === 204).length - accepted.length,
    }
  } finally {
    await sink.close()
    rmSync(dir, { recursive: true, force: true })
  }
}
