import type { Page } from '@playwright/test'
import type { Alert } from '../../src/contracts/alerts.ts'
import { expect, expectAccessible, test } from './fixtures.ts'
import { actAs, send } from './ticket-api.ts'

const table = (page: Page) => page.getByRole('table', { name: 'Alerts' })
const firing = async (page: Page): Promise<Alert> => {
  const answer = await send(page, 'admin', 'GET', '/api/v1/alerts?state=firing&limit=1')
  const { items } = (await answer.json()) as { items: Alert[] }
  const [alert] = items
  if (alert === undefined) throw new Error('Something should fire in the sample workspace')
  return alert
}

test('nothing fires until a check has been red for long enough; then the page says so without a reload', async ({
  page,
  portal,
}) => {
  await page.goto('/admin/alerts')
  await expect(page.getByText('Nothing fires')).toBeVisible()
  await portal.judge()
  const alert = await firing(page)
  const row = table(page).getByRole('row').filter({ hasText: alert.name })
  await expect(row).toContainText('Firing')
  await expect(row).toContainText('Nobody yet')
  await page.getByLabel('State').selectOption('Resolved')
  await expect(page).toHaveURL(/state=resolved/)
  await page.getByRole('link', { name: 'Clear the filters' }).click()
  await expect(row).toBeVisible()
})

test('from the dashboard a triager finds what fires, says what they do about it, and others read it', async ({
  page,
  portal,
}) => {
  await portal.judge()
  const alert = await firing(page)
  await actAs(page, 'triager')
  await page.goto('/')
  await page
    .getByRole('main')
    .getByRole('link', { name: /^\d+ alerts?$/ })
    .first()
    .click()
  await expect(page).toHaveURL(/admin\/alerts\?platform=/)
  await page.goto('/admin/alerts')
  await page.getByRole('button', { name: `Acknowledge: ${alert.name}` }).click()
  const dialog = page.getByRole('dialog', { name: /^Acknowledge/ })
  await dialog.getByLabel('Note').fill('Restarting the warehouse')
  await dialog.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(dialog).toBeHidden()
  const row = table(page).getByRole('row').filter({ hasText: alert.name })
  await expect(row).toContainText('triager@localhost')
  await expect(row).toContainText('Restarting the warehouse')
  await page.goto(`/platforms/${alert.platform_id}`)
  const alerts = page.getByRole('region', { name: 'Alerts', exact: true })
  await expect(alerts).toContainText('triager@localhost looks at it')
})

test('the page of alerts is accessible and fits, light and dark, narrow and wide', async ({ page, portal }) => {
  await portal.judge()
  await page.goto('/admin/alerts?state=all')
  await expect(table(page)).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [375, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      await expectAccessible(page)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    }
  }
  await page
    .getByRole('button', { name: /^Acknowledge/ })
    .first()
    .click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible(page)
})
