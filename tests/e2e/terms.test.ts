import type { Locator, Page } from '@playwright/test'
import type { GlossaryTerm } from '../../src/contracts/glossary.ts'
import type { WorkItem } from '../../src/contracts/tickets.ts'
import { expect, expectAccessible, test } from './fixtures.ts'
import { actAs, send, WORK_ITEMS } from './ticket-api.ts'

interface Glossary {
  netSales: GlossaryTerm
  quagga: GlossaryTerm
}

async function define(page: Page, term: string, more: Partial<GlossaryTerm> = {}): Promise<GlossaryTerm> {
  const data = { term, domain: 'Sales', status: 'active', ...more }
  return (await send(page, 'triager', 'POST', '/api/v1/glossary', data)).json()
}

/** Two terms of one domain, one replaced by the other, and a word with two meanings. */
async function fillGlossary(page: Page): Promise<Glossary> {
  const netSales = await define(page, 'Zebra yield', {
    synonyms: ['ZY'],
    definition: 'What **orders** brought, less returns.\n\nTaxes are left out.',
    steward: 'mara@example.com',
  })
  const deprecated = { status: 'deprecated' as const, replaced_by: netSales.id, definition: 'An old word.' }
  const quagga = await define(page, 'Quagga', deprecated)
  await define(page, 'Okapi', { definition: 'Sales less their cost.' })
  await define(page, 'Okapi', { domain: 'Logistics', definition: 'Spare minutes of a route.' })
  return { netSales, quagga }
}

const TEXT = `## Zebra yield of the night

Zebra yield are low; the zebra yield, \`zebra yield\` and [zebra yield](/tickets) too. Quagga fell.

Zebra yield again, and *quagga*.`

const MESSAGES = '/api/v1/status-messages'

async function openTicket(page: Page, description = TEXT, comment?: string): Promise<void> {
  const data = { item_type: 'INCIDENT', title: 'Numbers look odd', severity: 'LOW', description }
  const item: WorkItem = await (await send(page, 'contributor', 'POST', WORK_ITEMS, data)).json()
  if (comment !== undefined)
    await send(page, 'contributor', 'POST', `${WORK_ITEMS}/${item.id}/comments`, { body: comment })
  await actAs(page, 'contributor')
  await page.goto(`/tickets/${item.id}`)
}

const description = (page: Page) => page.getByRole('region', { name: 'Description' })
const marks = (page: Page): Locator => description(page).locator('a[href^="/glossary/"]:not([role="group"] a)')
const card = (page: Page) => page.getByRole('group', { name: 'Glossary' })

test('description and comments name terms: each is marked once per paragraph, not in code, links and headings', async ({
  page,
}) => {
  const { netSales, quagga } = await fillGlossary(page)
  await openTicket(page, TEXT, 'Zebra yield are right')
  const comment = page.getByRole('article', { name: /^Comment by/ })
  await expect(comment.getByRole('link', { name: 'Zebra yield' })).toHaveAttribute('href', `/glossary/${netSales.id}`)
  await expect(marks(page)).toHaveText(['Zebra yield', 'Quagga', 'Zebra yield', 'quagga'])
  await expect(marks(page).first()).toHaveAttribute('href', `/glossary/${netSales.id}`)
  await expect(marks(page).nth(1)).toHaveAttribute('href', `/glossary/${quagga.id}`)
  await expect(marks(page).nth(1), 'not by colour alone').toHaveAccessibleName('Quagga (deprecated)')
  await expect(description(page).getByRole('link', { name: 'zebra yield', exact: true })).toHaveAttribute(
    'href',
    '/tickets',
  )
})

test('a mouse on a term shows its card, may move onto it, and the card goes when the mouse does', async ({ page }) => {
  await fillGlossary(page)
  await openTicket(page)
  await marks(page).first().hover()
  await expect(card(page)).toContainText('What orders brought, less returns.')
  await expect(card(page)).not.toContainText('Taxes')
  for (const fact of ['Zebra yield', 'Sales', 'Active', 'Steward: mara@example.com'])
    await expect(card(page)).toContainText(fact)
  await card(page).getByText('Steward').hover()
  await expect(card(page)).toBeVisible()
  await page.getByRole('heading', { level: 1 }).hover()
  await expect(card(page)).toHaveCount(0)

  await marks(page).first().hover()
  await expect(card(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(card(page), 'Escape closes what the mouse is still on').toHaveCount(0)
})

test('by keyboard: the card comes with the focus, Tab goes into it, Escape closes it and leads back', async ({
  page,
}) => {
  const { netSales, quagga } = await fillGlossary(page)
  await openTicket(page)
  await marks(page).nth(1).focus()
  await expect(card(page)).toContainText('Deprecated')
  await expect(card(page)).toContainText('Say Zebra yield instead.')
  await expect(marks(page).nth(1)).toHaveAccessibleDescription(/Say Zebra yield instead.*An old word/)
  await page.keyboard.press('Tab')
  const instead = card(page).getByRole('link', { name: 'Zebra yield', exact: true })
  await expect(instead).toBeFocused()
  await expect(instead).toHaveAttribute('href', `/glossary/${netSales.id}`)
  await page.keyboard.press('Escape')
  await expect(card(page)).toHaveCount(0)
  await expect(marks(page).nth(1)).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(marks(page).nth(2)).toBeFocused()
  await expect(card(page)).toContainText('What orders brought')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/glossary/${quagga.id}`)
})

test('a word with two meanings shows both', async ({ page }) => {
  await fillGlossary(page)
  await openTicket(page, 'The okapi is thin')
  await marks(page).first().focus()
  await expect(card(page)).toContainText('Spare minutes of a route.')
  await expect(card(page)).toContainText('Sales less their cost.')
  await expect(card(page)).toContainText('Logistics')
  await expect(card(page).getByRole('link')).toHaveCount(2)
})

test('messages name terms too, and a change of the glossary reaches the open page', async ({ page }) => {
  const { netSales } = await fillGlossary(page)
  const message = { severity: 'info', title: 'Notice', body: 'Zebra yield come late.', platform_ids: [] }
  const drafted = await (await send(page, 'admin', 'POST', MESSAGES, message)).json()
  await send(page, 'admin', 'POST', `${MESSAGES}/${drafted.id}/publish`, { expected_version: 1 })
  await actAs(page, 'triager')
  await page.goto('/')
  const notice = page.getByRole('article').filter({ hasText: 'Notice' })
  await expect(notice.locator('a[href^="/glossary/"]')).toHaveText('Zebra yield')
  const edit = { expected_version: 1, term: 'Zebra revenue', synonyms: ['come late'] }
  await send(page, 'triager', 'PATCH', `/api/v1/glossary/${netSales.id}`, edit)
  await expect(notice.locator('a[href^="/glossary/"]')).toHaveText('come late')
})

test('without the words the text is there, only unmarked', async ({ page, complaints }) => {
  await fillGlossary(page)
  await page.route('**/api/v1/glossary/words', (route) => route.fulfill({ status: 404, json: {} }))
  await openTicket(page)
  await expect(description(page)).toContainText('Zebra yield again, and quagga.')
  await expect(description(page).getByRole('link')).toHaveText(['zebra yield'])
  complaints.splice(0)
})

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 375, height: 800 } })
  test('the first touch shows the card, a touch elsewhere closes it, and the card leads on', async ({ page }) => {
    const { netSales } = await fillGlossary(page)
    await openTicket(page)
    await marks(page).first().tap()
    await expect(card(page)).toContainText('What orders brought')
    await expect(page).toHaveURL(/\/tickets\//)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375)
    await page.getByRole('heading', { level: 1 }).tap()
    await expect(card(page)).toHaveCount(0)
    await marks(page).first().tap()
    await card(page).getByRole('link', { name: 'Open the term Zebra yield' }).tap()
    await expect(page).toHaveURL(`/glossary/${netSales.id}`)
  })
})

for (const theme of ['light', 'dark'] as const) {
  test(`marks and cards have nothing for axe to find, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await fillGlossary(page)
    await openTicket(page)
    for (const [index, width] of [1440, 375].entries()) {
      await page.setViewportSize({ width, height: 900 })
      await marks(page).nth(index).focus()
      await expect(card(page)).toContainText('Steward')
      await expectAccessible(page)
    }
  })
}
