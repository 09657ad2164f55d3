import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './fixtures.ts'
import { send } from './ticket-api.ts'

const nasty = 'Orders ]]> <script>window.__xss = 1</script> & "late" \u202e émoji 🧨'

interface Feed {
  /** What is wrong with it; null for a document that is well formed. */
  error: string | null
  root: string
  entries: { id: string; title: string; content: { words: string; elements: string[] } }[]
}

async function parsed(page: Page, path: string): Promise<Feed> {
  const xml = await (await page.request.get(path)).text()
  const reader = await page.context().newPage()
  await reader.addScriptTag({ path: fileURLToPath(new URL('./read-feed.js', import.meta.url)) })
  const feed: Feed = await reader.evaluate(`readFeed(${JSON.stringify(xml)})`)
  await reader.close()
  return feed
}

test('the status page gives addresses that work: feed, badge and JSON', async ({ page, portal, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const body = { severity: 'critical', title: nasty, body: `${nasty}\n\nSecond line \u0001 of control` }
  const message = await (await send(page, 'admin', 'POST', '/api/v1/status-messages', body)).json()
  const publish = `/api/v1/status-messages/${message.id}/publish`
  await send(page, 'admin', 'POST', publish, { expected_version: message.version })

  await page.goto('/')
  await page.getByRole('button', { name: 'Subscribe' }).click()
  const dialog = page.getByRole('dialog', { name: 'Subscribe' })
  const feed = dialog.getByRole('textbox', { name: 'Atom feed' })
  await expect(feed).toHaveValue(`${portal.origin}/history.atom`)
  await dialog.getByRole('button', { name: 'Copy atom feed' }).click()
  await expect(dialog.getByText('Copied.')).toBeVisible()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${portal.origin}/history.atom`)
  const badge = dialog.getByRole('img', { name: 'State of Lakeport' })
  await expect(badge).not.toHaveJSProperty('naturalWidth', 0)
  const json = await dialog.getByRole('textbox', { name: 'Status as JSON' }).inputValue()
  expect((await (await page.request.get(json)).json()).status.indicator).toBe('critical')

  const { error, root, entries } = await parsed(page, await feed.inputValue())
  expect({ error, root }).toEqual({ error: null, root: 'http://www.w3.org/2005/Atom' })
  const entry = entries.find(({ id }) => id.endsWith(message.id))
  expect(entry?.title).toBe(nasty)
  expect(entry?.content.words).toContain(nasty)
  expect(new Set(entry?.content.elements)).toEqual(new Set(['p', 'small', 'var', 'br', 'strong']))
  expect(entry?.content.words).toContain('\ufffd of control')

  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Subscribe' })).toBeFocused()
})

test('a platform has its own, by keyboard, and axe finds nothing, wide and narrow, light and dark', async ({
  page,
  portal,
}) => {
  await page.goto('/')
  const name = (await page.getByRole('main').getByRole('listitem').getByRole('link').first().textContent()) ?? ''
  await page.getByRole('main').getByRole('link', { name, exact: true }).first().click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.getByRole('button', { name: 'Subscribe' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: `Subscribe to ${name}` })
  const path = new URL(page.url()).pathname
  await expect(dialog.getByRole('textbox', { name: 'Atom feed' })).toHaveValue(
    `${portal.origin}/api/v1${path}/history.atom`,
  )
  const snippet = await dialog.getByRole('textbox', { name: 'Badge in Markdown' }).inputValue()
  expect(snippet).toContain(`](${portal.origin}/api/v1${path}/badge.svg)](${portal.origin}${path})`)
  expect((await parsed(page, `/api/v1${path}/history.atom`)).error).toBeNull()
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1440, 375]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      await expectAccessible(page)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    }
  await page.goto(`/api/v1${path}/badge.svg`)
  await expect(page.locator('svg')).toHaveAccessibleName(new RegExp(`^${name}: `))
  await expect(page.locator('rect')).toHaveAttribute('fill', '#24292f')
})
