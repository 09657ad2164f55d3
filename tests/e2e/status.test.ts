import { expect, expectAccessible, test, watch } from './fixtures.ts'

const MINUTE = 60_000

test('a viewer reads the state of everything, and drills into one platform', async ({ page }) => {
  await page.goto('/')
  await page.getByLabel('Persona').selectOption('viewer')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\d+ (degraded|down)/)
  await expect(page.getByText('Sample data')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Admin' })).toHaveCount(0)
  const tile = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Customer 360' }) })
  await expect(tile).toContainText('Last success')
  await expect(tile).toContainText('Freshness')
  await expect(tile.getByText(/% over 90 days/)).toBeVisible()
  await tile.getByRole('link', { name: 'Customer 360' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Customer 360' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Checks' }).getByRole('row')).toHaveCount(4)
  await page.getByRole('navigation', { name: 'Time range' }).getByRole('link', { name: /^7/ }).click()
  await expect(page).toHaveURL(/days=7/)
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Status' }).click()
  await expect(page).toHaveURL(/\/$/)
})

test('a service owner publishes a message, and it appears in a second window without a reload', async ({
  page,
  browser,
  portal,
  complaints,
}) => {
  const other = await (await browser.newContext({ baseURL: portal.origin })).newPage()
  watch(other, complaints)
  await other.goto('/')
  await expect(other.getByText(/Live, as of/)).toBeVisible()

  await page.goto('/')
  await page.getByLabel('Persona').selectOption('service_owner')
  await page.getByRole('link', { name: 'Admin' }).click()
  await page.getByRole('link', { name: 'Messages' }).click()
  await page.getByRole('button', { name: 'New message' }).click()
  const dialog = page.getByRole('dialog', { name: 'New message' })
  await dialog.getByLabel(/^Title/).fill('Orders are delayed')
  await dialog.getByLabel(/^Severity/).selectOption('warning')
  await dialog.getByLabel('Platforms concerned').first().click()
  await page.getByRole('listbox', { name: 'Platforms concerned' }).getByRole('option', { name: 'Customer 360' }).click()
  await page.keyboard.press('Tab')
  await dialog.getByRole('button', { name: 'Save draft' }).click()
  await expect(dialog).toBeHidden()
  await expect(other.getByText('Orders are delayed')).toHaveCount(0)
  await page.getByRole('button', { name: 'Publish: Orders are delayed' }).click()
  await expect(other.getByRole('heading', { name: 'Warning: Orders are delayed' })).toBeVisible()
  await other.getByRole('button', { name: 'Dismiss: Orders are delayed' }).click()
  await expect(other.getByRole('heading', { name: 'Warning: Orders are delayed' })).toHaveCount(0)
  await other.close()
})

test('an admin presses run now and sees the run finish', async ({ page }) => {
  await page.goto('/admin/runs')
  const runs = page
    .getByRole('table', { name: 'Runs' })
    .getByRole('row')
    .filter({ hasText: 'Databricks SQL warehouse' })
  await expect(runs.filter({ hasText: 'Succeeded' })).toHaveCount(1)
  await page.getByRole('button', { name: 'Run now: Databricks SQL warehouse' }).click()
  await expect(page.getByText('Polling: Databricks SQL warehouse')).toBeVisible()
  await expect(runs.filter({ hasText: 'Succeeded' })).toHaveCount(2)
})

test('when the workspace stops, platforms become unknown with a reason, never green but stale', async ({
  page,
  portal,
}) => {
  await page.goto('/')
  const tile = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'Finance warehouse' }) })
    .or(page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Customer 360' }) }))
    .first()
  await expect(tile).toBeVisible()
  await portal.stopWorkspace()
  for (let minute = 0; minute < 8; minute += 1) {
    await portal.tick(MINUTE)
    await portal.poll()
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\d+ unknown/)
  await expect(tile).toContainText('Unknown')
  await expect(tile).toContainText(/not measured for too long/i)
})

test('a portal that cannot be reached says how old its answer is', async ({ page, context, complaints }) => {
  await page.goto('/')
  await expect(page.getByText(/as of/).first()).toBeVisible()
  await page.clock.install()
  await context.setOffline(true)
  await page.clock.runFor(5 * MINUTE)
  await expect(page.getByText(/Stale: as of/)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Last known:/)
  // The browser itself complains about each request that found no network.
  complaints.length = 0
})

test('the keyboard reaches the help, the sections and the content', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/degraded|down|healthy/)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeHidden()
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await expect(page).toHaveURL(/\/admin/)
})

test('an address that leads nowhere says so, and nobody sees what they may not', async ({ page, complaints }) => {
  await page.goto('/nowhere')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page here')
  await page.getByLabel('Persona').selectOption('viewer')
  await page.goto('/admin/runs')
  await expect(page.getByText('You may not see this')).toBeVisible()
  complaints.length = 0
})

for (const theme of ['light', 'dark'] as const) {
  for (const width of [375, 1440]) {
    test(`axe finds nothing on any page, ${theme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      await page.goto('/')
      await expect(page.getByText(/% over 90 days/).first()).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('link', { name: 'Customer 360' }).first().click()
      await expect(page.getByRole('region', { name: 'Checks' }).getByRole('row').nth(1)).toBeVisible()
      await expectAccessible(page)
      for (const section of ['platforms', 'checks', 'messages', 'runs']) {
        await page.goto(`/admin/${section}`)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.getByRole('status', { name: /loading/i })).toHaveCount(0)
        await expectAccessible(page)
      }
      await page.goto('/api/docs')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expectAccessible(page)
    })
  }
}
