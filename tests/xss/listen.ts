import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'

export interface Heard {
  /** Addresses of the documents in which a vector ran, as often as it did. */
  ran: string[]
  /** What the policy stopped, and what was asked of a host that is not ours; neither may come to that. */
  violations: string[]
  foreign: string[]
}

/**
 * Hears a vector run, be stopped, or call elsewhere, in this window and all its frames. Nothing leaves the machine:
 * requests to other hosts are noted and broken off.
 */
export async function listen(page: Page, origin: string): Promise<Heard> {
  const heard: Heard = { ran: [], violations: [], foreign: [] }
  await page.exposeBinding('reportRun', ({ frame }) => heard.ran.push(frame.url()))
  await page.exposeBinding('reportViolation', (_, what: string) => heard.violations.push(what))
  await page.addInitScript({ path: fileURLToPath(new URL('./in-page.js', import.meta.url)) })
  page.on('dialog', async (dialog) => {
    heard.ran.push(page.url())
    await dialog.dismiss()
  })
  await page.route(
    (url) => /^https?:$/.test(url.protocol) && url.origin !== origin,
    (route) => {
      heard.foreign.push(route.request().url())
      return route.abort()
    },
  )
  return heard
}

/** What must not be in rendered text, as elements, attributes and addresses; nothing when all is well. */
export const odditiesIn = (page: Page) => page.evaluate<string[]>('oddities()')

/** Pictures that a text names at our own address are all there: that one is missing is no finding. */
export const servePictures = (page: Page, origin: string) =>
  page.route(`${origin}/**`, (route) =>
    route.request().resourceType() === 'image'
      ? route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' })
      : route.fallback(),
  )
