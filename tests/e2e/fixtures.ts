import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { forkPortal } from './sample-stores.ts'

export interface RunningPortal {
  origin: string
  /** Moves the portal's clock, and the sample workspace's with it. */
  tick(ms: number): Promise<void>
  /** Polls whatever is due and waits for the runs to end. */
  poll(): Promise<void>
  /** Looks whether an alert begins or ends. */
  judge(): Promise<void>
  stopWorkspace(): Promise<void>
  /** For portals with `hasWarehouse`. */
  stopWarehouse(): Promise<void>
  startWarehouse(): Promise<void>
}

interface Fixtures {
  scenario: string
  /** The store is a replica of a warehouse, of which there is a double in the portal's process. */
  hasWarehouse: boolean
  portal: RunningPortal
  /** What the page complained about; the test fails when anything is in it at the end. */
  complaints: string[]
}

/** Each test has its own portal; a console error or a policy violation on the page fails it. */
export const test = base.extend<Fixtures>({
  scenario: ['degraded', { option: true }],
  hasWarehouse: [false, { option: true }],
  portal: async ({ scenario, hasWarehouse }, use) => {
    const child = forkPortal({ act: 'serve', scenario, hasWarehouse })
    const ended = once(child, 'exit')
    const tooSoon = ended.then(([status]) => Promise.reject(new Error(`The portal ended with ${status}; see above`)))
    const [{ origin }] = (await Promise.race([once(child, 'message'), tooSoon])) as [{ origin: string }]
    await use({
      origin,
      tick: (ms) => order(child, { do: 'tick', ms }),
      poll: () => order(child, { do: 'poll' }),
      judge: () => order(child, { do: 'judge' }),
      stopWorkspace: () => order(child, { do: 'stop workspace' }),
      stopWarehouse: () => order(child, { do: 'stop warehouse' }),
      startWarehouse: () => order(child, { do: 'start warehouse' }),
    })
    child.send({ do: 'end' })
    await ended
  },
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = []
      watch(page, complaints)
      await use(complaints)
      // A reply that a test was still changing when it was done is nobody's.
      await page.unrouteAll({ behavior: 'ignoreErrors' })
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
  baseURL: async ({ portal }, use) => use(portal.origin),
})

export { expect }

/** Also for a second window of the same test. */
export function watch(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
}

async function order(child: ChildProcess, message: { do: string; ms?: number }): Promise<void> {
  const done = new Promise<void>((resolve) => {
    const hear = (answer: { done?: string }) => {
      if (answer.done !== message.do) return
      child.off('message', hear)
      resolve()
    }
    child.on('message', hear)
  })
  child.send(message)
  await done
}

/** Nothing that axe finds, with the two rules that are off by default. */
export async function expectAccessible(page: Page): Promise<void> {
  // For pages without frames: what axe finds in each is otherwise put together in a page opened for that.
  expect(page.frames()).toHaveLength(1)
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({
      rules: { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } },
      resultTypes: ['violations'],
    })
    .analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
}
