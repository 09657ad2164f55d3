import type { Locator, Page } from '@playwright/test'
import type { RoadmapItem } from '../../src/contracts/roadmap.ts'
import { expect, test } from './fixtures.ts'
import { add, board, cards, column, handle, ROADMAP, saved, THEME } from './roadmap-api.ts'
import { send } from './ticket-api.ts'

const card = (page: Page, title: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) })
const menu = (page: Page, title: string) => page.getByRole('button', { name: `Where to move ${title}`, exact: true })

async function choose(page: Page, title: string, where: string): Promise<void> {
  await menu(page, title).click()
  await page.getByRole('menuitem', { name: where, exact: true }).click()
}

/** As a hand does it: in steps, since a drag begins with the first of them. */
async function dragTo(page: Page, from: Locator, x: number, y: number): Promise<void> {
  const start = await boxOf(from)
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(x, y, { steps: 8 })
  await page.mouse.move(x, y)
  await page.mouse.up()
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('It is not on the page')
  return box
}

test('a card that is let go over its own place stays, and in the gap between two cards goes between them', async ({
  page,
}) => {
  for (const title of ['Zebra A', 'Zebra B', 'Zebra C', 'Zebra D']) await add(page, title)
  await page.goto(board)
  // What drags comes after the cards.
  for (const title of ['Zebra A', 'Zebra D']) await expect(card(page, title)).toHaveAttribute('draggable', 'true')
  const own = await boxOf(card(page, 'Zebra A'))
  await dragTo(page, handle(page, 'Zebra A'), own.x + own.width / 2, own.y + own.height / 2)
  const second = await boxOf(card(page, 'Zebra B'))
  const third = await boxOf(card(page, 'Zebra C'))
  const gap = (second.y + second.height + third.y) / 2
  await dragTo(page, handle(page, 'Zebra D'), second.x + second.width / 2, gap)
  const order = ['Zebra A', 'Zebra B', 'Zebra D', 'Zebra C']
  await expect(cards(page, 'Next')).toHaveText(order)
  await expect.poll(() => saved(page)).toEqual(order)
})

test('one move after another, without waiting, all count', async ({ page }) => {
  for (const title of ['Zebra A', 'Zebra B', 'Zebra C']) await add(page, title)
  await page.goto(board)
  await expect(cards(page, 'Next')).toHaveCount(3)
  // The portal takes its time with the first, so that the others are made meanwhile.
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(
    `**${ROADMAP}/*/move`,
    async (route) => {
      await held
      await route.continue()
    },
    { times: 1 },
  )
  await choose(page, 'Zebra A', 'Down')
  await choose(page, 'Zebra A', 'Down')
  await choose(page, 'Zebra C', 'To the top')
  const order = ['Zebra C', 'Zebra B', 'Zebra A']
  await expect(cards(page, 'Next')).toHaveText(order)
  letGo()
  await expect.poll(() => saved(page)).toEqual(order)
  await expect(cards(page, 'Next')).toHaveText(order)
})

test('the focus goes with a card, wherever it goes and however', async ({ page }) => {
  for (const title of ['Zebra A', 'Zebra B']) await add(page, title)
  await page.goto(board)
  await choose(page, 'Zebra A', 'To Now')
  await expect(cards(page, 'Now')).toHaveText(['Zebra A'])
  await expect(menu(page, 'Zebra A')).toBeFocused()
  await choose(page, 'Zebra A', 'To Later')
  const why = page.getByRole('dialog', { name: 'Put off: Zebra A' })
  await why.getByLabel('Why later').fill('Other animals first')
  await page.keyboard.press('Enter')
  await expect(cards(page, 'Later')).toHaveText(['Zebra A'])
  await expect(handle(page, 'Zebra A')).toBeFocused()

  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await expect(handle(page, 'Zebra A'), 'what is done unfolds for it').toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(() => saved(page, 'done')).toEqual(['Zebra A'])
  await expect(handle(page, 'Zebra A')).toBeFocused()

  await handle(page, 'Zebra B').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await page
    .getByRole('dialog', { name: 'Put off: Zebra B' })
    .getByRole('button', { name: 'Leave it', exact: true })
    .click()
  await expect(cards(page, 'Next')).toHaveText(['Zebra B'])
  await expect(handle(page, 'Zebra B')).toBeFocused()
})

test('while other cards are hidden, a card moves past those that are seen', async ({ page }) => {
  const hidden = 'Okapi'
  for (const [title, theme] of [
    ['Zebra A', THEME],
    ['Okapi one', hidden],
    ['Zebra B', THEME],
    ['Okapi two', hidden],
    ['Zebra C', THEME],
  ] as const)
    await add(page, title, { theme })
  await page.goto(board)
  await choose(page, 'Zebra C', 'Up')
  await expect(cards(page, 'Next')).toHaveText(['Zebra A', 'Zebra C', 'Zebra B'])
  await choose(page, 'Zebra A', 'Down')
  await expect(cards(page, 'Next')).toHaveText(['Zebra C', 'Zebra A', 'Zebra B'])
  // The page shows a move before it is kept, and a page that is read anew keeps nothing.
  await expect.poll(() => saved(page)).toEqual(['Zebra C', 'Zebra A', 'Zebra B'])
  await page.reload()
  await expect(cards(page, 'Next')).toHaveText(['Zebra C', 'Zebra A', 'Zebra B'])
  await expect.poll(() => saved(page, 'next', hidden)).toEqual(['Okapi one', 'Okapi two'])
})

test('where a column is not whole, what would need its end is not offered, and says why', async ({ page }) => {
  for (let i = 0; i < 52; i += 1) await add(page, `Zebra ${i}`)
  await page.goto(board)
  await expect(cards(page, 'Next')).toHaveCount(50)
  await menu(page, 'Zebra 0').click()
  await expect(page.getByRole('menuitem', { name: 'To the top' })).toContainText('It is there already')
  const bottom = page.getByRole('menuitem', { name: /^To the bottom/ })
  await expect(bottom).toHaveAttribute('aria-disabled', 'true')
  await expect(bottom).toContainText('Show all cards of Next first')
  await page.keyboard.press('Escape')
  await column(page, 'Next').getByRole('button', { name: 'Show more' }).click()
  await expect(cards(page, 'Next')).toHaveCount(52)
  await choose(page, 'Zebra 0', 'To the bottom')
  await expect(cards(page, 'Next').last()).toHaveText('Zebra 0')
  await expect.poll(async () => (await saved(page)).at(-1)).toBe('Zebra 0')
})

test('a move next to a card that has gone is undone, and says so', async ({ page, complaints }) => {
  for (const title of ['Zebra A', 'Zebra B', 'Zebra C']) await add(page, title)
  await page.goto(board)
  await expect(cards(page, 'Next')).toHaveCount(3)
  // Nobody tells this window, so that only the refusal does.
  await page.route('**/api/v1/stream', (route) => route.abort())
  await page.route(
    `**${ROADMAP}/*/move`,
    async (route) => {
      const answer = await send(page, 'admin', 'GET', `${ROADMAP}?q=${encodeURIComponent('"Zebra B"')}`)
      const [gone] = ((await answer.json()) as { items: RoadmapItem[] }).items
      await send(page, 'admin', 'DELETE', `${ROADMAP}/${gone?.id}?expected_version=1`)
      await route.continue()
    },
    { times: 1 },
  )
  await choose(page, 'Zebra A', 'Down')
  await expect(page.getByText('has gone from there meanwhile')).toBeVisible()
  await expect(cards(page, 'Next')).toHaveText(['Zebra A', 'Zebra C'])
  complaints.length = 0
})
