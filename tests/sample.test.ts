import { expect, test } from 'vitest'
import { sampleEstate } from '../src/server/demo/estate.ts'
import { createLog } from '../src/server/observe/log.ts'
import { seedSample } from '../src/server/sample.ts'
import { openPortal } from './support/portal.ts'

const WORKSPACE = 'http://workspace.test'
const MINUTE = 60_000

test.each([
  ['just before a step of the past that is made up', 5 * MINUTE - 100],
  ['just after it', 1],
])('begun %s, the sample was looked at a minute ago and tells nothing stale', async (_when, into) => {
  const p = await openPortal()
  p.tick(5 * MINUTE - (Date.parse(p.at()) % (5 * MINUTE)) + into)
  const now = Date.parse(p.at())
  const options = {
    clock: () => now,
    scenario: 'degraded',
    workspaceUrl: WORKSPACE,
    log: createLog(p.config, { write: () => undefined }).log,
  } as const
  await seedSample(p.portal, options)
  const polled = sampleEstate(WORKSPACE).checks.filter(({ watches }) => watches.kind !== 'report')
  const newest = p.portal.local.results.latest(polled.map(({ id }) => id))
  expect(newest.length).toBeGreaterThan(20)
  expect(new Set(newest.map(({ measured_at }) => measured_at))).toEqual(new Set([new Date(now - MINUTE).toISOString()]))
  await p.close()
})
