import { expect, expectAccessible, test } from './fixtures.ts'

test.use({ hasWarehouse: true })

test.describe('while the warehouse is away', () => {
  // The browser reports every 503 that the form gets; the journey is about just those.
  test('people read on, keep what they typed, and save it when it is back', async ({ page, portal, complaints }) => {
    await page.goto('/tickets/new?type=IMPROVEMENT')
    await page.getByLabel('Title').fill('Sort the table by age')
    await page.getByRole('textbox', { name: /^What/ }).first().fill('So that the oldest is on top')
    await portal.stopWarehouse()
    await page.getByRole('button', { name: /^File/ }).click()
    await expect(page.getByText(/Nothing can be saved just now/)).toBeVisible()
    await expect(page.getByLabel('Title')).toHaveValue('Sort the table by age')
    const banner = page.getByRole('complementary', { name: 'Warehouse' })
    await page.getByRole('link', { name: 'Status', exact: true }).first().click()
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(banner).toBeVisible()
    await expectAccessible(page)
    await page.goBack()
    await expect(page.getByLabel('Title')).toHaveValue('Sort the table by age')
    await portal.startWarehouse()
    await page.getByRole('button', { name: /^File/ }).click()
    await expect(page).toHaveURL(/\/tickets\/[0-9a-f-]{36}$/)
    await expect(banner).toBeHidden({ timeout: 30_000 })
    const others = complaints.splice(0).filter((text) => !text.includes('503'))
    expect(others).toEqual([])
  })
})
