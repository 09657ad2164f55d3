import { expect, expectAccessible, test } from './fixtures.ts'

test.use({ scenario: 'outage' })

test('on the day of an outage a viewer sees what is down, what is said about it, since when, and that it lasts', async ({
  page,
}) => {
  await page.goto('/')
  await page.getByLabel('Persona').selectOption('viewer')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/5 down/)
  await expect(page.getByText('Storage outage: sales data is not loaded').first()).toBeVisible()
  await expect(page.getByText('The cloud provider has confirmed the incident.').first()).toBeVisible()

  await page.getByRole('link', { name: /^Needs attention/ }).click()
  await expect(page).toHaveURL(/show=attention/)
  await expect(page.getByRole('heading', { name: 'Pricing engine' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Treasury desk' })).toHaveCount(0)

  await page.getByRole('link', { name: 'Sales lakehouse', exact: true }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sales lakehouse' })).toBeVisible()
  await expect(page.getByText('Storage outage: sales data is not loaded').first()).toBeVisible()
  const outages = page.getByRole('table', { name: 'Outages' })
  await expect(outages.getByRole('row').nth(1)).toContainText(/so far/)
  const days = page.getByRole('slider', { name: 'History of Sales lakehouse by day' })
  await days.focus()
  await page.keyboard.press('End')
  await expect(days).toHaveAttribute('aria-valuetext', /down/)
  await page.keyboard.press('ArrowLeft')
  await expect(days).toHaveAttribute('aria-valuenow', '89')
})

for (const theme of ['light', 'dark'] as const) {
  for (const width of [375, 1440]) {
    test(`axe finds nothing while much is down, ${theme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme })
      await page.setViewportSize({ width, height: 900 })
      await page.goto('/')
      await expect(page.getByText('Storage outage').first()).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('link', { name: 'Sales lakehouse', exact: true }).first().click()
      await expect(page.getByRole('table', { name: 'Outages' })).toBeVisible()
      await expectAccessible(page)
    })
  }
}
