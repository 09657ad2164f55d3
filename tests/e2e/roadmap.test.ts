import type { Locator, Page } from '@playwright/test'
import type { RoadmapItem } from '../../src/contracts/roadmap.ts'
import { fileTicket } from './file-ticket.ts'
import { expect, expectAccessible, test, watch } from './fixtures.ts'
import { actAs, send } from './ticket-api.ts'

const ROADMAP = '/api/v1/roadmap'
const THEME = 'Zebra stripes'

async function add(page: Page, title: string, more: Record<string, unknown> = {}): Promise<RoadmapItem> {
  const answer = await send(page, 'admin', 'POST', ROADMAP, { title, theme: THEME, phase: 'next', ...more })
  return (await answer.json()) as RoadmapItem
}

/** What the portal has, as against what the page shows before it is kept. */
async function kept(page: Page, phase: string): Promise<string[]> {
  const answer = await send(page, 'admin', 'GET', `${ROADMAP}?theme=${encodeURIComponent(THEME)}&phase=${phase}`)
  const { items } = (await answer.json()) as { items: RoadmapItem[] }
  return items.map(({ title }) => title)
}

/** Only what the test made, in one theme. */
const board = `/roadmap?theme=${encodeURIComponent(THEME)}`
const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const cards = (page: Page, name: string) => column(page, name).getByRole('heading', { level: 3 })
const handle = (page: Page, title: string) => page.getByRole('button', { name: `Move ${title}`, exact: true })
const detail = (page: Page, title: string) => page.getByRole('dialog', { name: title })

test('is read by phase, narrowed by what the address says, and goes back with it', async ({ page }) => {
  await add(page, 'Zebra in the field', { description: 'Stripes', target_quarter: '2031-Q1' })
  await add(page, 'Zebra at home', { phase: 'now' })
  await page.goto('/roadmap')
  await expect(cards(page, 'Now').filter({ hasText: 'Alerts in the channel of each team' })).toBeVisible()
  await page.getByLabel('Theme', { exact: true }).selectOption(THEME)
  await expect(cards(page, 'Now')).toHaveText(['Zebra at home'])
  await expect(cards(page, 'Next')).toHaveText(['Zebra in the field'])
  await expect(page).toHaveURL(/theme=Zebra/)
  await expect(page.getByLabel('Theme', { exact: true }).getByRole('option', { name: 'Freshness' })).toHaveCount(1)
  await page.getByLabel('Search the roadmap').fill('field')
  await expect(page).toHaveURL(/q=field/)
  await expect(cards(page, 'Now')).toHaveCount(0)
  await page.reload()
  await expect(cards(page, 'Next')).toHaveText(['Zebra in the field'])
  await page.getByLabel('Search the roadmap').fill('nowhere at all')
  await page.getByRole('link', { name: 'Clear the filters' }).click()
  await expect(page).toHaveURL(/\/roadmap$/)
  await page.getByLabel('Quarter', { exact: true }).selectOption('2031-Q1')
  await expect(cards(page, 'Next')).toHaveText(['Zebra in the field'])
  await page.goBack()
  await expect(page).toHaveURL(/\/roadmap$/)
})

test('a card opens with its linked tickets; the way there and back keeps the board', async ({ page }) => {
  const ticket = await fileTicket(page, { title: 'Zebras are late' })
  const item = await add(page, 'Zebras on time', { work_item_ids: [ticket.id], description: 'Say **when**' })
  await page.goto(board)
  await expect(column(page, 'Next').getByText('0 of 1 ticket done')).toBeVisible()
  await page.getByRole('link', { name: item.title }).click()
  await expect(page).toHaveURL(new RegExp(`item=${item.id}`))
  await expect(detail(page, item.title).getByText('when')).toBeVisible()
  await detail(page, item.title).getByRole('link', { name: ticket.title }).click()
  await expect(page.getByRole('heading', { level: 1, name: ticket.title })).toBeVisible()
  await page.getByRole('complementary', { name: 'Facts' }).getByRole('link', { name: item.title }).click()
  await expect(detail(page, item.title)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(detail(page, item.title)).toBeHidden()
  await expect(page).toHaveURL(/\/roadmap$/)
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: ticket.title })).toBeVisible()
})

test('a card that is closed is closed: back leads to where one was before the board', async ({ page }) => {
  const item = await add(page, 'Zebra A')
  await page.goto('/tickets')
  await page.getByRole('link', { name: 'Roadmap', exact: true }).click()
  for (let i = 0; i < 2; i += 1) {
    await page.getByRole('link', { name: item.title }).click()
    await page.getByRole('button', { name: 'Back to the roadmap' }).click()
    await expect(detail(page, item.title)).toBeHidden()
    await expect(page.getByRole('link', { name: item.title })).toBeFocused()
  }
  await page.goBack()
  await expect(page).toHaveURL(/\/tickets/)
})

test('an item is added with a linked ticket, changed, and deleted', async ({ page }) => {
  const ticket = await fileTicket(page, { title: 'Quaggas are extinct' })
  await page.goto(board)
  await page.getByRole('button', { name: 'New roadmap item' }).click()
  const form = page.getByRole('dialog', { name: 'New roadmap item' })
  await form.getByRole('button', { name: 'Add' }).click()
  await expect(form.getByText('A title is needed')).toBeVisible()
  await form.getByLabel('Title').fill('Bring the quagga back')
  await form.getByLabel('Theme').fill(THEME)
  await form.getByLabel('Phase').selectOption('now')
  await form.getByLabel('Linked tickets').fill('quagga')
  await form.getByRole('button', { name: `Link ${ticket.title}` }).click()
  await form.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(cards(page, 'Now')).toHaveText(['Bring the quagga back'])
  await page.getByRole('link', { name: 'Bring the quagga back' }).click()
  await detail(page, 'Bring the quagga back').getByRole('button', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit roadmap item' })
  await edit.getByLabel('Quarter').selectOption({ index: 3 })
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(detail(page, 'Bring the quagga back')).toBeVisible()
  await detail(page, 'Bring the quagga back').getByRole('button', { name: 'Edit' }).click()
  await edit.getByLabel('Quarter').selectOption({ index: 5 })
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(edit.getByText('Say why, in a sentence')).toBeVisible()
  await edit.getByLabel('Why later').fill('No eggs')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(detail(page, 'Bring the quagga back').getByText('No eggs')).toBeVisible()
  await detail(page, 'Bring the quagga back').getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog', { name: 'Delete this roadmap item?' }).getByRole('button', { name: 'Delete' }).click()
  await expect(cards(page, 'Now')).toHaveCount(0)
})

test('two people change one item: the second keeps the draft and chooses', async ({ page, complaints }) => {
  const item = await add(page, 'Zebra one', { owner: 'Nobody' })
  await page.goto(`${board}&item=${item.id}`)
  await detail(page, item.title).getByRole('button', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit roadmap item' })
  await edit.getByLabel('Owner').fill('Mine')
  await send(page, 'admin', 'PATCH', `${ROADMAP}/${item.id}`, { expected_version: 1, owner: 'Theirs' })
  await edit.getByRole('button', { name: 'Save' }).click()
  const conflict = page.getByRole('dialog', { name: 'Somebody saved this first' })
  await expect(conflict.getByRole('radio', { name: 'Mine: Mine' })).toBeChecked()
  complaints.length = 0
  await conflict.getByRole('button', { name: /^Save/ }).click()
  await expect(detail(page, item.title).getByText('Mine')).toBeVisible()
})

test('a card is moved by keyboard, and each step is said', async ({ page }) => {
  for (const title of ['Zebra A', 'Zebra B', 'Zebra C']) await add(page, title)
  await page.goto(board)
  await expect(cards(page, 'Next')).toHaveText(['Zebra A', 'Zebra B', 'Zebra C'])
  const said = page.locator('[aria-live="polite"]')
  await handle(page, 'Zebra A').focus()
  await page.keyboard.press('Space')
  await expect(said).toContainText('Lifted Zebra A, 1 of 3 in Next')
  await page.keyboard.press('ArrowDown')
  await expect(said).toContainText('2 of 3 in Next')
  await expect(cards(page, 'Next')).toHaveText(['Zebra B', 'Zebra A', 'Zebra C'])
  await page.keyboard.press('Escape')
  await expect(cards(page, 'Next')).toHaveText(['Zebra A', 'Zebra B', 'Zebra C'])
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowLeft')
  await expect(cards(page, 'Now')).toHaveText(['Zebra A'])
  await expect(handle(page, 'Zebra A')).toBeFocused()
  await page.keyboard.press('Space')
  await expect(said).toContainText('Zebra A is 1 of 1 in Now')
  await expect.poll(() => kept(page, 'now')).toEqual(['Zebra A'])
  await page.reload()
  await expect(cards(page, 'Now')).toHaveText(['Zebra A'])
})

test('the menu moves it too; later asks for a reason, and the card shows what it was', async ({ page }) => {
  for (const title of ['Zebra A', 'Zebra B']) await add(page, title, { target_quarter: '2031-Q1' })
  await page.goto(board)
  const menu = (title: string) => page.getByRole('button', { name: `Where to move ${title}` })
  await menu('Zebra B').click()
  await page.getByRole('menuitem', { name: 'To the top' }).click()
  await expect(cards(page, 'Next')).toHaveText(['Zebra B', 'Zebra A'])
  await menu('Zebra A').click()
  await page.getByRole('menuitem', { name: 'To Later' }).click()
  const why = page.getByRole('dialog', { name: 'Put off: Zebra A' })
  await why.getByRole('button', { name: 'Leave it', exact: true }).click()
  await expect(cards(page, 'Next')).toHaveText(['Zebra B', 'Zebra A'])
  await menu('Zebra A').click()
  await page.getByRole('menuitem', { name: 'To Later' }).click()
  await why.getByRole('button', { name: 'Move to Later' }).click()
  await expect(why.getByText('Say why, in a sentence')).toBeVisible()
  await why.getByLabel('Why later').fill('Other animals first')
  await why.getByRole('button', { name: 'Move to Later' }).click()
  await expect(cards(page, 'Later')).toHaveText(['Zebra A'])
  await expect(column(page, 'Later').getByText('was in Next')).toBeVisible()
})

/** As a hand does it: in steps, since a drag begins with the first of them. */
async function drag(page: Page, from: Locator, to: Locator, place: 'top' | 'bottom'): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()]
  if (start === null || end === null) throw new Error('Nothing to drag, or nowhere to drag it')
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await page.mouse.down()
  const [x, y] = [end.x + end.width / 2, place === 'top' ? end.y + 4 : end.y + end.height - 4]
  await page.mouse.move(x, y, { steps: 8 })
  await page.mouse.move(x, y)
  await page.mouse.up()
}

test('a card is dragged above another, and into another column', async ({ page }) => {
  for (const title of ['Zebra A', 'Zebra B', 'Zebra C']) await add(page, title)
  await page.goto(board)
  const card = (title: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
  await expect(cards(page, 'Next')).toHaveText(['Zebra A', 'Zebra B', 'Zebra C'])
  // What drags comes after the cards.
  for (const title of ['Zebra A', 'Zebra C']) await expect(card(title)).toHaveAttribute('draggable', 'true')
  await drag(page, handle(page, 'Zebra C'), card('Zebra A'), 'top')
  await expect(cards(page, 'Next')).toHaveText(['Zebra C', 'Zebra A', 'Zebra B'])
  await drag(page, handle(page, 'Zebra A'), column(page, 'Now'), 'bottom')
  await expect(cards(page, 'Now')).toHaveText(['Zebra A'])
  await expect.poll(() => kept(page, 'now')).toEqual(['Zebra A'])
  await page.reload()
  await expect(cards(page, 'Next')).toHaveText(['Zebra C', 'Zebra B'])
  await expect(cards(page, 'Now')).toHaveText(['Zebra A'])
})

test('two windows that move at once end with one order', async ({ page, context, complaints }) => {
  for (const title of ['Zebra A', 'Zebra B', 'Zebra C', 'Zebra D']) await add(page, title)
  const other = await context.newPage()
  watch(other, complaints)
  await Promise.all([page.goto(board), other.goto(board)])
  for (const window of [page, other]) await expect(cards(window, 'Next')).toHaveCount(4)
  const top = async (window: Page, title: string) => {
    await window.getByRole('button', { name: `Where to move ${title}` }).click()
    await window.getByRole('menuitem', { name: 'To the top' }).click()
  }
  await Promise.all([top(page, 'Zebra C'), top(other, 'Zebra D')])
  const saved = async () => {
    const answer = await send(page, 'admin', 'GET', `${ROADMAP}?theme=${encodeURIComponent(THEME)}`)
    const { items } = (await answer.json()) as { items: RoadmapItem[] }
    return items.map(({ title }) => title)
  }
  await expect.poll(async () => new Set((await saved()).slice(0, 2))).toEqual(new Set(['Zebra C', 'Zebra D']))
  const order = await saved()
  for (const window of [page, other]) await expect(cards(window, 'Next')).toHaveText(order)
  // Of one card moved in both, one window loses, says so, and shows the same.
  await Promise.all([top(page, 'Zebra A'), top(other, 'Zebra B')])
  await expect.poll(async () => new Set((await saved()).slice(0, 2))).toEqual(new Set(['Zebra A', 'Zebra B']))
  const last = await saved()
  for (const window of [page, other]) await expect(cards(window, 'Next')).toHaveText(last)
})

test('a move that somebody was faster with is undone, and says so', async ({ page, complaints }) => {
  const item = await add(page, 'Zebra A')
  await add(page, 'Zebra B')
  await page.goto(board)
  await expect(cards(page, 'Next')).toHaveText(['Zebra A', 'Zebra B'])
  await page.route(`**${ROADMAP}/*/move`, async (route) => {
    await send(page, 'admin', 'PATCH', `${ROADMAP}/${item.id}`, { expected_version: 1, owner: 'Somebody' })
    await route.continue()
  })
  await page.getByRole('button', { name: 'Where to move Zebra A' }).click()
  await page.getByRole('menuitem', { name: 'To the bottom' }).click()
  await expect(page.getByText('Somebody changed this first')).toBeVisible()
  await expect(cards(page, 'Next')).toHaveText(['Zebra A', 'Zebra B'])
  complaints.length = 0
})

test('a viewer reads everything and is offered nothing that would be refused', async ({ page }) => {
  const item = await add(page, 'Zebra A')
  await actAs(page, 'viewer')
  await page.goto(`${board}&item=${item.id}`)
  await expect(detail(page, item.title)).toBeVisible()
  await expect(detail(page, item.title).getByRole('button')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(cards(page, 'Next')).toHaveText(['Zebra A'])
  await expect(column(page, 'Next').getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'New roadmap item' })).toHaveCount(0)
})

for (const theme of ['light', 'dark'] as const)
  for (const width of [375, 1440])
    test(`axe finds nothing on the roadmap, ${theme}, ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme: theme })
      await page.goto('/roadmap')
      await expect(cards(page, 'Later').first()).toBeVisible()
      await expectAccessible(page)
      await cards(page, 'Later').first().getByRole('link').click()
      await expect(page.getByRole('dialog').getByRole('button', { name: 'Edit' })).toBeVisible()
      await expectAccessible(page)
    })
