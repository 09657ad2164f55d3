import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { fileTicket, moveTicket, platformNamed } from './file-ticket.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

const table = (page: Page) => page.getByRole('table', { name: 'Tickets' })
const row = (page: Page, title: string) => table(page).getByRole('row').filter({ hasText: title })

test('an address shows what it filters, and can be shared', async ({ page }) => {
  const platform = await platformNamed(page, 'Customer 360')
  await fileTicket(page, { title: 'Zebra late', tags: ['zebra'], severity: 'HIGH', platform_id: platform.id })
  await fileTicket(page, { title: 'Zebra idea', item_type: 'IMPROVEMENT', tags: ['zebra'] })
  await page.goto(`/tickets?tag=zebra&type=INCIDENT&severity=HIGH&platform=${platform.id}&author=me&nonsense=1`)
  await expect(row(page, 'Zebra late')).toBeVisible()
  await expect(row(page, 'Zebra idea')).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: '1 of 1 tickets' })).toBeVisible()
  await expect(page.getByLabel('Type')).toHaveValue('INCIDENT')
  await expect(page.getByLabel('Platform', { exact: true })).toHaveValue(platform.id)
  await expect(page.getByLabel('Severity', { exact: true })).toHaveValue('HIGH')
  await expect(page.getByLabel('Filed by')).toHaveValue('me')
  await expect(page.getByLabel('Tag', { exact: true })).toHaveValue('zebra')
})

test('controls write the address, typing after a pause and without a history entry per letter', async ({ page }) => {
  await fileTicket(page, { title: 'Zebra late', tags: ['zebra'] })
  await fileTicket(page, { title: 'Zebra idea', item_type: 'IMPROVEMENT' })
  await page.goto('/')
  await page.getByRole('link', { name: 'Tickets' }).click()
  await expect(table(page)).toBeVisible()
  await page.getByLabel('Search tickets').pressSequentially('zebra')
  await expect(page).toHaveURL(/q=zebra$/)
  await expect(table(page).getByRole('row')).toHaveCount(3)
  await page.getByLabel('Type').selectOption('IMPROVEMENT')
  await expect(page).toHaveURL(/type=IMPROVEMENT/)
  await expect(row(page, 'Zebra late')).toHaveCount(0)
  await expect(row(page, 'Zebra idea')).toBeVisible()
  await page.goBack()
  await expect(row(page, 'Zebra late')).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/\/$/)
  await page.goForward()
  await expect(page.getByLabel('Search tickets')).toHaveValue('zebra')

  await page.getByRole('link', { name: 'zebra', exact: true }).click()
  await expect(page).toHaveURL(/\/tickets\?tag=zebra$/)
  await expect(page.getByRole('button', { name: 'More filters (1 on)' })).toHaveAttribute('aria-expanded', 'true')
  await page.getByLabel('Assigned to', { exact: true }).selectOption('somebody')
  await page.getByLabel('Assigned to: who').fill('nobody-of-this-name@x.example')
  await expect(page.getByRole('heading', { name: 'No ticket matches' })).toBeVisible()
  await page.getByRole('link', { name: 'Clear the filters' }).click()
  await expect(page).toHaveURL(/\/tickets$/)
  await expect(table(page)).toBeVisible()
})

test('sorting shows its order in the address, and turns round', async ({ page }) => {
  const first = await fileTicket(page, { title: 'Zebra one' })
  await fileTicket(page, { title: 'Zebra two' })
  await page.request.put(`/api/v1/work-items/${first.id}/vote`)
  await page.goto('/tickets?q=zebra')
  await expect(page.getByRole('button', { name: 'Reverse the order' })).toBeDisabled()
  await page.getByLabel('Sort by').selectOption('votes')
  const titles = table(page).getByRole('rowheader')
  await expect(titles).toContainText(['Zebra one', 'Zebra two'])
  await page.getByRole('button', { name: 'Reverse the order' }).click()
  await expect(page).toHaveURL(/order=asc/)
  await expect(titles).toContainText(['Zebra two', 'Zebra one'])
  await expect(page.getByRole('button', { name: 'Reverse the order' })).toHaveAttribute('aria-pressed', 'true')
})

test('a view is named, kept through a reload, listed with the others, and removed', async ({ page }) => {
  await page.goto('/tickets')
  const views = page.getByRole('navigation', { name: 'Views' })
  await expect(views.getByRole('link')).toHaveText([
    'Open',
    'Assigned to me',
    'Filed by me',
    'Following',
    'Unassigned',
    'All',
  ])
  await expect(views.getByRole('link', { name: 'All' })).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('button', { name: 'Save this view' })).toHaveCount(0)
  await views.getByRole('link', { name: 'Open', exact: true }).click()
  await expect(page).toHaveURL(/done=false$/)
  await page.getByLabel('Severity', { exact: true }).selectOption('HIGH')
  await page.getByRole('button', { name: 'Save this view' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save this view' })
  await dialog.getByLabel('Name').fill('open')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('There is such a view already')).toBeVisible()
  await dialog.getByLabel('Name').fill('Open and grave')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await views.getByRole('link', { name: 'All' }).click()
  await page.reload()
  await views.getByRole('link', { name: 'Open and grave' }).click()
  await expect(page).toHaveURL(/done=false/)
  await expect(page).toHaveURL(/severity=HIGH/)
  await expect(views.getByRole('link', { name: 'Open and grave' })).toHaveAttribute('aria-current', 'page')
  await page.getByRole('button', { name: 'Remove the view Open and grave' }).click()
  await expect(views.getByRole('link', { name: 'Open and grave' })).toHaveCount(0)
  await page.reload()
  await expect(views.getByRole('link')).toHaveCount(6)
})

test('the keyboard goes through the list, opens a ticket, searches and files', async ({ page }) => {
  const ticket = await fileTicket(page, { title: 'Zebra one' })
  await fileTicket(page, { title: 'Zebra two' })
  await page.goto('/tickets?tag=none-has-it')
  await expect(page.getByRole('heading', { name: 'No ticket matches' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await expect(page).toHaveURL(/\/tickets$/)
  await expect(row(page, 'Zebra two')).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.getByRole('link', { name: 'Zebra two' })).toBeFocused()
  await page.keyboard.press('j')
  await expect(page.getByRole('link', { name: 'Zebra one' })).toBeFocused()
  await page.keyboard.press('k')
  await expect(page.getByRole('link', { name: 'Zebra two' })).toBeFocused()
  await page.keyboard.press('/')
  await expect(page.getByLabel('Search tickets')).toBeFocused()
  await page.keyboard.type('jack')
  await expect(page.getByLabel('Search tickets')).toHaveValue('jack')
  await page.getByLabel('Search tickets').fill('')
  await page.getByLabel('Search tickets').blur()
  await expect(page).toHaveURL(/\/tickets$/)
  // From the row that was the current one.
  await page.keyboard.press('j')
  await expect(page.getByRole('link', { name: 'Zebra one' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/tickets/${ticket.id}$`))
  await page.keyboard.press('c')
  await expect(page).toHaveURL(/\/tickets\/new$/)
  await expect(page.getByRole('heading', { level: 1, name: 'New ticket' })).toBeVisible()
})

test('keys that are switched off do nothing', async ({ page }) => {
  await page.goto('/tickets')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Help' })
  await expect(help).toContainText('New ticket')
  await expect(help).toContainText('Next in the list')
  await help.getByLabel('Single-key shortcuts').uncheck({ force: true })
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
  await page.keyboard.press('c')
  await page.keyboard.press('j')
  await expect(page.locator('th a:focus')).toHaveCount(0)
  await expect(page).toHaveURL(/\/tickets$/)
})

test('a vote in the list counts at once and stays, and is taken back', async ({ page }) => {
  await fileTicket(page, { title: 'Zebra idea', item_type: 'IMPROVEMENT' })
  await page.goto('/tickets?q=zebra')
  const vote = page.getByRole('button', { name: /Vote, Zebra idea/ })
  await expect(vote).toHaveAttribute('aria-pressed', 'false')
  await vote.click()
  await expect(vote).toHaveAttribute('aria-pressed', 'true')
  await expect(vote).toHaveText('1')
  await page.reload()
  await expect(vote).toHaveAttribute('aria-pressed', 'true')
  await vote.click()
  await expect(vote).toHaveText('0')
  await page.reload()
  await expect(vote).toHaveAttribute('aria-pressed', 'false')
})

test('a vote that the portal refuses is undone, and says why', async ({ page, complaints }) => {
  await fileTicket(page, { title: 'Zebra idea', item_type: 'IMPROVEMENT' })
  await page.goto('/tickets?q=zebra')
  await page.route('**/vote', (route) => route.abort())
  const vote = page.getByRole('button', { name: /Vote, Zebra idea/ })
  await vote.click()
  await expect(page.getByText('The portal cannot be reached')).toBeVisible()
  await expect(vote).toHaveAttribute('aria-pressed', 'false')
  await expect(vote).toHaveText('0')
  // The browser reports the request that failed.
  complaints.length = 0
})

test('nobody votes on what is done, and a viewer votes on nothing; each says why', async ({ page }) => {
  const done = await fileTicket(page, { title: 'Zebra done' })
  await moveTicket(page, done, { to_state: 'RESOLVED', resolution: 'FIXED', note: 'It runs again' })
  await fileTicket(page, { title: 'Zebra open' })
  await page.goto('/tickets?q=zebra')
  const votes = row(page, 'Zebra done').getByRole('button')
  await expect(votes).toHaveAttribute('aria-disabled', 'true')
  await expect(votes).toHaveAttribute('title', /It is done/)
  await votes.dispatchEvent('click')
  await expect(votes).toHaveText('0')
  await page.getByLabel('Persona').selectOption('viewer')
  const refused = row(page, 'Zebra open').getByRole('button')
  await expect(refused).toHaveAttribute('title', /may not vote/)
  await refused.dispatchEvent('click')
  await expect(refused).toHaveText('0')
  await expect(page.getByRole('link', { name: 'New ticket' })).toHaveCount(0)
})

test('what the filter shows is exported as a file, as the person that the page acts for', async ({ page }) => {
  await fileTicket(page, { title: '=Zebra, "late"' })
  await fileTicket(page, { title: 'Something else' })
  await page.goto('/tickets?q=zebra')
  await expect(row(page, 'Zebra')).toBeVisible()
  for (const [format, ending] of [
    ['CSV', 'csv'],
    ['JSON', 'json'],
  ] as const) {
    await page.getByRole('button', { name: 'Export' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: format }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(new RegExp(`^tickets-.*\\.${ending}$`))
    const text = await readFile(await file.path(), 'utf8')
    expect(text).toContain('Zebra')
    expect(text).not.toContain('Something else')
    await expect(page.getByText(`Exported to ${file.suggestedFilename()}`)).toBeVisible()
  }
})

test('an export that fails says so', async ({ page, complaints }) => {
  await fileTicket(page, { title: 'Zebra' })
  await page.goto('/tickets')
  await page.route('**/work-items/export*', (route) => route.abort())
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'CSV' }).click()
  await expect(page.getByText('That did not work')).toBeVisible()
  complaints.length = 0
})

test('a long list grows on demand and says how much of it is shown', async ({ page }) => {
  for (let index = 0; index < 30; index += 1) await fileTicket(page, { title: `Zebra ${index}`, tags: ['zebra'] })
  await page.goto('/tickets?tag=zebra')
  await expect(page.getByRole('status').filter({ hasText: '25 of 30 tickets' })).toBeVisible()
  await page.getByRole('button', { name: 'Show more' }).click()
  await expect(page.getByRole('status').filter({ hasText: '30 of 30 tickets' })).toBeVisible()
  await expect(table(page).getByRole('row')).toHaveCount(31)
  await expect(page.getByRole('button', { name: 'Show more' })).toHaveCount(0)
})

test('a ticket that somebody files appears without a reload', async ({ page }) => {
  await fileTicket(page, { title: 'Zebra one' })
  await page.goto('/tickets?q=zebra')
  await expect(row(page, 'Zebra one')).toBeVisible()
  await fileTicket(page, { title: 'Zebra two' }, 'contributor')
  await expect(row(page, 'Zebra two')).toBeVisible()
})

for (const theme of ['light', 'dark'] as const) {
  for (const width of [375, 1440]) {
    test(`axe finds nothing on the list, ${theme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      const done = await fileTicket(page, { title: 'Zebra done', tags: ['zebra', 'dbt/nightly'], severity: 'CRITICAL' })
      await moveTicket(page, done, { to_state: 'RESOLVED', resolution: 'FIXED', note: 'It runs again' })
      await fileTicket(page, { title: 'Zebra idea', item_type: 'IMPROVEMENT', tags: ['zebra'] })
      await page.goto('/tickets')
      await expect(row(page, 'Zebra idea')).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('button', { name: 'More filters' }).click()
      await page.getByLabel('Filed by', { exact: true }).selectOption('somebody')
      await page.getByLabel('Tag', { exact: true }).fill('-no')
      await page.getByRole('button', { name: 'Export' }).click()
      await expect(page.getByRole('menu')).toBeVisible()
      await expectAccessible(page)
      await page.goto('/tickets?tag=none-has-it')
      await expect(page.getByRole('heading', { name: 'No ticket matches' })).toBeVisible()
      await expectAccessible(page)
    })
  }
}
