import type { Page } from '@playwright/test'
import { fileTicket } from './file-ticket.ts'
import { expect, expectAccessible, test } from './fixtures.ts'
import { actAs } from './ticket-api.ts'

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search and commands' })
const field = (page: Page) => palette(page).getByRole('combobox')
const openPalette = async (page: Page) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+k')
}
const options = (page: Page) => palette(page).getByRole('option')

test('is opened by Ctrl K from anywhere, by / and by its button; Esc returns to where one was', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const help = page.getByRole('button', { name: 'Help' })
  await help.focus()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(field(page)).toBeFocused()
  await expect(palette(page).getByRole('group', { name: 'Go to' }).getByRole('option').first()).toHaveAttribute(
    'aria-selected',
    'true',
  )
  await page.keyboard.press('Escape')
  await expect(palette(page)).toBeHidden()
  await expect(help).toBeFocused()
  await page.keyboard.press('/')
  await expect(field(page)).toBeFocused()
  await expect(field(page)).toHaveValue('')
  await page.keyboard.press('Escape')
  await page.getByRole('banner').getByRole('button', { name: 'Search' }).click()
  await expect(field(page)).toBeFocused()
})

test('finds a platform with its state and a ticket with where it stands, and goes there by keyboard', async ({
  page,
}) => {
  await fileTicket(page, { title: 'Zebra crossing is closed' })
  await openPalette(page)
  await field(page).fill('pricing')
  const platform = palette(page)
    .getByRole('group', { name: 'Platforms' })
    .getByRole('option', { name: 'Pricing engine' })
  await expect(platform).toContainText(/Healthy|Degraded|Down|Unknown/)
  await field(page).fill('zebra cross')
  const ticket = palette(page).getByRole('group', { name: 'Tickets' }).getByRole('option')
  await expect(ticket).toHaveText(['Zebra crossing is closedIncident New'])
  await expect(ticket).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(options(page).last()).toHaveAttribute('aria-selected', 'true')
  await expect(options(page).last()).toHaveText('All tickets with “zebra cross”')
  await page.keyboard.press('ArrowDown')
  await expect(ticket).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Zebra crossing is closed' })).toBeFocused()
  await expect(palette(page)).toBeHidden()
})

test('a line opens in a new tab with Ctrl and Enter, and the palette stays', async ({ page }) => {
  await openPalette(page)
  await field(page).fill('go tickets')
  await field(page).fill('tickets')
  await expect(options(page).first()).toHaveText('Tickets')
  const opened = page.context().waitForEvent('page')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(await opened).toHaveURL(/\/tickets$/)
  await expect(field(page)).toBeFocused()
})

test('offers what the caller may do, and nothing else', async ({ page }) => {
  await actAs(page, 'viewer')
  await openPalette(page)
  const acts = palette(page).getByRole('group', { name: 'Do' }).getByRole('option')
  await expect(acts).toHaveText(['Tickets that I filed', 'Switch between light and dark', 'Help and keyboard map'])
  await field(page).fill('help')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible()
})

test('says when nothing goes by that name, and when the search does not answer', async ({ page, complaints }) => {
  await openPalette(page)
  await field(page).fill('xylophone')
  await expect(palette(page).getByText('Nothing goes by that name')).toBeVisible()
  await page.route('**/api/v1/search*', (route) =>
    route.fulfill({ status: 400, json: { error: { code: 'bad_request', message: 'Not today', request_id: 'r' } } }),
  )
  await field(page).fill('xylophones')
  await expect(palette(page).getByRole('alert')).toContainText('Not today')
  complaints.length = 0
})

for (const theme of ['light', 'dark'] as const)
  for (const width of [375, 1280])
    test(`axe finds nothing on the palette, ${theme}, ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme: theme })
      await openPalette(page)
      await field(page).fill('sales')
      await expect(palette(page).getByRole('group', { name: 'Tickets' })).toBeVisible()
      await expectAccessible(page)
    })
