import type { Page, Route } from '@playwright/test'
import { expect, expectAccessible, test } from './fixtures.ts'
import { actAs } from './ticket-api.ts'

const search = (page: Page) => page.getByRole('combobox', { name: 'Search the docs' })
const sidebar = (page: Page) => page.getByRole('navigation', { name: 'Docs' })
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const contents = (page: Page) => page.getByRole('navigation', { name: 'On this page' })

/** Answers as the portal does, but for what `change` makes of it. */
const changed = (change: (body: never) => unknown) => async (route: Route) => {
  const response = await route.fetch()
  await route.fulfill({ response, json: change((await response.json()) as never) })
}

test('docs are browsed from the navigation, by groups and by the sidebar, and a gap is reported', async ({ page }) => {
  await actAs(page, 'contributor')
  await page.goto('/')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Docs' }).click()
  await expect(title(page, 'Docs')).toBeFocused()
  const group = page.getByRole('region', { name: 'Start here' })
  await expect(group.getByRole('listitem').first()).toContainText('What this portal answers')
  await group.getByRole('link', { name: 'Reading the status page' }).click()
  await expect(title(page, 'Reading the status page')).toBeFocused()
  await expect(page).toHaveTitle('Reading the status page · Docs · Lakeport')
  await expect(sidebar(page).locator('[aria-current="page"]')).toHaveText('Reading the status page')
  await expect(page.getByText(/^Last changed /)).toBeVisible()

  await sidebar(page).getByRole('link', { name: 'Publishing messages' }).click()
  await expect(title(page, 'Publishing messages')).toBeFocused()
  await page.getByRole('link', { name: 'No, say what is missing' }).click()
  await expect(page).toHaveURL(/\/tickets\/new/)
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Docs: Publishing messages')
  await expect(page.getByRole('radio', { name: /^Something could be better/ })).toBeChecked()
})

test('a link in the text stays in the portal; a viewer is not asked to file a ticket', async ({ page }) => {
  await actAs(page, 'viewer')
  await page.goto('/docs/getting-started')
  await expect(page.getByText(/^Last changed /)).toBeVisible()
  await page.evaluate('window.isSamePage = true')
  await page.getByRole('main').getByRole('link', { name: "A platform's page" }).last().click()
  await expect(title(page, "A platform's page")).toBeFocused()
  await page.getByRole('link', { name: 'Checks and connectors' }).last().click()
  await expect(page).toHaveURL(/\/docs\/operators\/checks#runs$/)
  await expect(page.getByRole('heading', { level: 2, name: 'Runs' })).toBeFocused()
  expect(await page.evaluate('window.isSamePage')).toBe(true)
  await expect(page.getByText('Was this helpful?')).toHaveCount(0)
})

test('the contents lead to headings below the sticky header, follow the reader, and each heading has its link', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/docs/operators/security')
  await contents(page).getByRole('link', { name: 'Secrets' }).click()
  await expect(page).toHaveURL(/#secrets$/)
  const heading = page.getByRole('heading', { level: 2, name: 'Secrets' })
  await expect(heading).toBeFocused()
  await expect(heading).toBeInViewport()
  const header = await page.getByRole('banner').boundingBox()
  const box = await heading.boundingBox()
  expect(box?.y).toBeGreaterThanOrEqual((header?.y ?? 0) + (header?.height ?? 0))
  await expect(contents(page).locator('[aria-current="location"]')).toHaveText('Secrets')
  await page.evaluate('scrollTo(0, 0)')
  await expect(contents(page).locator('[aria-current="location"]')).toHaveCount(0)

  await page.getByRole('link', { name: 'Copy the link to this section' }).first().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Link copied')).toBeVisible()
  const link = await page.evaluate('navigator.clipboard.readText()')
  await page.goto(String(link))
  await expect(page).toHaveURL(/\/docs\/operators\/security#identity$/)
})

test('a link to a section opens there', async ({ page }) => {
  await page.goto('/docs/operators/troubleshooting#one-check-is-unknown')
  const heading = page.getByRole('heading', { level: 2, name: 'One check is unknown' })
  await expect(heading).toBeInViewport()
  await expect(contents(page).locator('[aria-current="location"]')).toHaveText('One check is unknown')
})

test('keys turn the pages and go to the docs', async ({ page }) => {
  await page.goto('/docs/getting-started')
  await expect(title(page, 'Getting started')).toBeVisible()
  await page.keyboard.press(']')
  await expect(title(page, 'Reading the status page')).toBeFocused()
  await page.keyboard.press('[')
  await expect(title(page, 'Getting started')).toBeFocused()
  await page.keyboard.press('[')
  await expect(title(page, 'Getting started')).toBeFocused()
  const turn = page.getByRole('navigation', { name: 'Previous and next page' })
  await expect(turn.getByRole('link')).toHaveText([/^Next/])
  await turn.getByRole('link').click()
  await expect(turn.getByRole('link')).toHaveText([/Getting started$/, /A platform's page$/])
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await expect(title(page, 'Docs')).toBeFocused()
})

test('the search is used by keyboard alone, says what it found, and forgives a typing error', async ({ page }) => {
  await page.goto('/docs')
  await expect(title(page, 'Docs')).toBeVisible()
  await page.keyboard.press('/')
  await expect(search(page)).toBeFocused()
  await page.keyboard.type('persona swich')
  const options = page.getByRole('listbox', { name: 'Results' }).getByRole('option')
  await expect(options.first()).toHaveAttribute('aria-selected', 'true')
  await expect(page.locator('[aria-live="polite"]').filter({ hasText: /^\d+ results?$/ })).toHaveCount(1)
  await expect(options.first().locator('mark').first()).toHaveText(/persona|switch/i)

  await search(page).fill('backing')
  await expect(options.first()).toContainText('Storage and backups')
  await page.keyboard.press('ArrowDown')
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true')
  const id = await options.nth(1).getAttribute('id')
  await expect(search(page)).toHaveAttribute('aria-activedescendant', String(id))
  await page.keyboard.press('Escape')
  await expect(options).toHaveCount(0)
  await expect(search(page)).toHaveAttribute('aria-expanded', 'false')
  await expect(search(page)).toHaveValue('backing')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/docs\/operators\/storage#backing-up-and-restoring$/)
  await expect(page.getByRole('heading', { level: 2, name: 'Backing up and restoring' })).toBeFocused()

  await search(page).fill('xyzzy')
  await expect(page.getByText('Nothing found. Other words may find it.')).toBeVisible()
})

test('an address that leads nowhere suggests what may have been meant', async ({ page }) => {
  await page.goto('/docs/pushing-result')
  await expect(title(page, 'There is no such page in the docs')).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'Pushing results from a job' }).first().click()
  await expect(title(page, 'Pushing results from a job')).toBeFocused()
})

test('a page shows how the platforms it is about are right now, and says when there is none of that name', async ({
  page,
}) => {
  await page.route(
    '**/api/v1/status/summary',
    changed((body: { platforms: { name: string }[] }) => ({
      ...body,
      platforms: body.platforms.filter(({ name }) => name !== 'Pricing engine'),
    })),
  )
  await page.goto('/docs/operators/sample-workspace')
  const platforms = page.getByRole('list', { name: 'Platforms that this page is about' }).getByRole('listitem')
  await expect(platforms.nth(0)).toContainText(/Sales lakehouse.*(Healthy|Degraded|Down|Unknown)/)
  await expect(platforms.nth(1)).toHaveText(/Pricing engine.*no platform of this portal has this name/)
  await platforms.nth(0).getByRole('link').click()
  await expect(title(page, 'Sales lakehouse')).toBeVisible()
})

test('a page past its review says so and whom to ask; without the permission there are no docs', async ({ page }) => {
  await page.route('**/api/v1/**', async (route) => {
    if (route.request().url().includes('/stream')) return route.continue()
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), date: 'Fri, 03 Dec 2027 00:00:00 GMT' } })
  })
  await page.goto('/docs/operators/security')
  const banner = page.getByRole('note')
  await expect(banner).toContainText('This page may be out of date.')
  await expect(banner).toContainText("ask The portal's maintainers")
  await sidebar(page).getByRole('link', { name: 'Storage and backups' }).click()
  await expect(title(page, 'Storage and backups')).toBeVisible()
  await expect(banner).toHaveCount(0)

  await page.route(
    '**/api/v1/me',
    changed((me: { permissions: Record<string, unknown> }) => {
      const { 'docs.read': _, ...permissions } = me.permissions
      return { ...me, permissions }
    }),
  )
  await page.reload()
  await expect(title(page, 'You may not see this')).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Docs' })).toHaveCount(0)
})

test('on a telephone the sidebar is a drawer that closes behind the choice, and nothing is cut off', async ({
  page,
}) => {
  await page.setViewportSize({ width: 375, height: 800 })
  await page.goto('/docs/permissions')
  await expect(title(page, 'Permission matrix')).toBeVisible()
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375)
  await page.getByRole('button', { name: 'Pages' }).click()
  const drawer = page.getByRole('dialog', { name: 'Pages of the docs' })
  await expect(drawer.locator('[aria-current="page"]')).toHaveText('Permission matrix')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(drawer).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Pages' })).toBeFocused()
  await page.getByRole('button', { name: 'Pages' }).click()
  await drawer.getByRole('link', { name: 'Pushing results from a job' }).click()
  await expect(drawer).toHaveCount(0)
  await expect(title(page, 'Pushing results from a job')).toBeFocused()
  await contents(page).getByRole('link', { name: 'Fields' }).click()
  const header = await page.getByRole('banner').boundingBox()
  const heading = page.getByRole('heading', { level: 2, name: 'Fields' })
  await expect(heading).toBeFocused()
  const box = await heading.boundingBox()
  expect(box?.y).toBeGreaterThanOrEqual((header?.y ?? 0) + (header?.height ?? 0))
  await expectAccessible(page)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375)
})

for (const theme of ['light', 'dark'] as const) {
  for (const width of [375, 1440]) {
    test(`the docs have nothing for axe to find, ${theme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme })
      await page.setViewportSize({ width, height: 900 })
      await page.goto('/docs')
      await expect(title(page, 'Docs')).toBeVisible()
      await expectAccessible(page)
      await search(page).fill('votes')
      await expect(page.getByRole('listbox', { name: 'Results' })).toBeVisible()
      await expectAccessible(page)
      for (const slug of [
        'workflows',
        'operators/pushing-results',
        'api-and-tokens',
        'operators/sample-workspace',
        'x',
      ]) {
        await page.goto(`/docs/${slug}`)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expectAccessible(page)
      }
    })
  }
}
