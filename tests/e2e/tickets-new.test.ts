import type { Page } from '@playwright/test'
import { fileTicket, platformNamed } from './file-ticket.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

const title = (page: Page) => page.getByLabel('Title')

async function titlesLike(page: Page, words: string): Promise<string[]> {
  const answer = await page.request.get(`/api/v1/work-items?q=${encodeURIComponent(words)}`)
  const { items } = (await answer.json()) as { items: { title: string }[] }
  return items.map((item) => item.title)
}

test('an incident is filed once its form is complete, from the list to its own page', async ({ page }) => {
  const platform = await platformNamed(page, 'Customer 360')
  await page.goto('/tickets')
  await page.getByRole('link', { name: 'New ticket' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'New ticket' })).toBeVisible()
  await page.getByRole('radio', { name: /Something is broken/ }).check()
  await expect(page).toHaveURL(/type=INCIDENT/)
  await page.getByLabel('Severity').selectOption('HIGH')
  await page.getByRole('button', { name: 'File incident' }).click()
  await expect(page.getByText('A title is needed')).toBeVisible()
  await expect(page.getByText('A few words are needed')).toBeVisible()
  await expect(title(page)).toBeFocused()

  await title(page).fill('Zebra counts are wrong')
  await page.getByRole('button', { name: 'File incident' }).click()
  await expect(page.getByRole('textbox', { name: 'What happened', exact: true })).toBeFocused()
  await page.keyboard.type('They are **twice** as high')
  await page.getByLabel('Platform').selectOption('Customer 360')
  await page.getByLabel('Environment').selectOption('production')
  await page.getByLabel('Tags', { exact: true }).fill('DBT')
  await page.keyboard.press('Enter')
  await page.getByLabel('Tags', { exact: true }).fill('-no')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'File incident' }).click()
  await expect(page.getByText('"-no" is no tag')).toBeVisible()
  await expect(page.getByLabel('Tags', { exact: true })).toBeFocused()
  await page.keyboard.press('Backspace')
  await page.getByRole('button', { name: 'File incident' }).click()

  await expect(page).toHaveURL(/\/tickets\/[0-9a-f-]{36}$/)
  await expect(page.getByText('Incident filed: Zebra counts are wrong')).toBeVisible()
  const id = page.url().split('/').at(-1)
  const item = await (await page.request.get(`/api/v1/work-items/${id}`)).json()
  expect(item).toMatchObject({
    item_type: 'INCIDENT',
    title: 'Zebra counts are wrong',
    description: 'They are **twice** as high',
    severity: 'HIGH',
    environment: 'production',
    platform_id: platform.id,
    tags: ['dbt'],
  })
  // Back leads to the list, not to the form of what is filed.
  await page.goBack()
  await expect(page).toHaveURL(/\/tickets$/)
})

test('an improvement is filed from a prefilled address', async ({ page }) => {
  await page.goto('/tickets/new?type=IMPROVEMENT&title=Zebra%20in%20stripes')
  await expect(title(page)).toHaveValue('Zebra in stripes')
  await expect(page.getByRole('radio', { name: /Something could be better/ })).toBeChecked()
  await page.getByRole('textbox', { name: 'What would be better', exact: true }).fill('More stripes')
  await page.getByRole('button', { name: 'File improvement' }).click()
  await expect(page.getByText('Improvement filed: Zebra in stripes')).toBeVisible()
})

test('a request asks for what its template needs, field by field', async ({ page }) => {
  await page.goto('/tickets/new?type=PLATFORM_REQUEST')
  await title(page).fill('Read the zebra tables')
  await page.getByRole('button', { name: 'File request' }).click()
  await expect(page.getByText('Choose what you ask for')).toBeVisible()
  await page.getByLabel('What you ask for').selectOption('access')
  await expect(page.getByText('Somebody other than you approves it')).toBeVisible()
  await page.getByLabel(/^Catalog, schema, table or dashboard/).fill('main.zebra.counts')
  await page.getByLabel(/^Kind of access/).selectOption('Read')
  await page.getByRole('button', { name: 'File request' }).click()
  await expect(page.getByText('Person or group it is for is needed')).toBeVisible()
  await expect(page.getByText('It holds personal data is needed')).toBeVisible()
  await expect(page.getByLabel(/^Person or group/)).toBeFocused()
  await page.keyboard.type('analysts')
  await page.getByLabel(/^It holds personal data/).selectOption('no')
  await page.getByLabel(/^Needed until/).fill('2027-01-31')
  await page.getByLabel(/^Why it is needed/).fill('Forecasts')
  await page.getByRole('button', { name: 'File request' }).click()
  await expect(page.getByText('Request filed: Read the zebra tables')).toBeVisible()
  const id = page.url().split('/').at(-1)
  const item = await (await page.request.get(`/api/v1/work-items/${id}`)).json()
  expect(item).toMatchObject({
    template: 'access',
    state: 'PENDING_APPROVAL',
    answers: { resource: 'main.zebra.counts', level: 'Read', personal_data: false, until: '2027-01-31' },
  })
})

test('what is there already is shown while the title is typed, and one press joins it', async ({ page }) => {
  const there = await fileTicket(page, { title: 'Zebra nightly load is late' }, 'contributor')
  await page.goto('/tickets/new?type=INCIDENT')
  await title(page).pressSequentially('zebra load late')
  const similar = page.getByRole('region', { name: 'Similar tickets' })
  await expect(similar.getByRole('listitem').first()).toContainText('Zebra nightly load is late')
  await expect(similar.getByRole('listitem').first()).toContainText('0 votes')
  await expect(title(page)).toBeFocused()
  await expect(page.locator('[aria-live="polite"]').first()).toHaveText(/similar tickets? below the title/)
  await similar.getByRole('button', { name: 'Affects me too: Zebra nightly load is late' }).click()
  await expect(page).toHaveURL(new RegExp(`/tickets/${there.id}$`))
  await expect(page.getByText('Your vote is counted: 1 vote now')).toBeVisible()
  const item = await (await page.request.get(`/api/v1/work-items/${there.id}`)).json()
  expect(item).toMatchObject({ votes: 1, voted: true })
  // The draft has become that vote.
  await page.goto('/tickets/new?type=INCIDENT')
  await expect(title(page)).toHaveValue('')
})

test('a draft survives a reload and a look elsewhere, and is discarded on request', async ({ page }) => {
  await page.goto('/tickets/new?type=INCIDENT')
  await title(page).fill('Zebra half written')
  await page.getByRole('textbox', { name: 'What happened', exact: true }).fill('Only the begin')
  await page.reload()
  await expect(page.getByText('Draft restored')).toBeVisible()
  await expect(title(page)).toHaveValue('Zebra half written')
  await page.getByRole('link', { name: 'Status' }).click()
  await page.goBack()
  await expect(page.getByRole('textbox', { name: 'What happened', exact: true })).toHaveValue('Only the begin')
  // Another type begins with what both have.
  await page.getByRole('radio', { name: /I need something/ }).check()
  await expect(title(page)).toHaveValue('Zebra half written')
  await page.getByRole('radio', { name: /Something is broken/ }).check()
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByRole('textbox', { name: 'What happened', exact: true })).toHaveValue('')
  await expect(page.getByText('Draft restored')).toHaveCount(0)
})

test('a double click, and a second try after a lost answer, make one ticket', async ({ page, complaints }) => {
  await page.goto('/tickets/new?type=IMPROVEMENT&title=Zebra%20once')
  await page.getByRole('textbox', { name: 'What would be better', exact: true }).fill('Once is enough')
  let lost = 0
  await page.route('**/api/v1/work-items', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue()
    lost += 1
    await route.fetch()
    await route.abort()
  })
  await page.getByRole('button', { name: 'File improvement' }).dblclick()
  await expect(page.getByRole('alert')).toContainText('cannot be reached')
  await expect(page.getByRole('textbox', { name: 'What would be better', exact: true })).toHaveValue('Once is enough')
  await page.getByRole('button', { name: 'File improvement' }).dblclick()
  await expect(page.getByText('Improvement filed: Zebra once')).toBeVisible()
  expect(await titlesLike(page, 'zebra')).toEqual(['Zebra once'])
  complaints.length = 0
})

test('too many in a short time: it says how long, keeps the draft, and works again', async ({ page, complaints }) => {
  await page.clock.install()
  await page.goto('/tickets/new?type=IMPROVEMENT&title=Zebra%20again')
  await page.getByRole('textbox', { name: 'What would be better', exact: true }).fill('Still here')
  await page.route(
    '**/api/v1/work-items',
    (route) =>
      route.fulfill({
        status: 429,
        headers: { 'retry-after': '30' },
        json: { error: { code: 'rate_limited', message: 'Too many', request_id: 'r' } },
      }),
    { times: 1 },
  )
  await page.getByRole('button', { name: 'File improvement' }).click()
  const button = page.getByRole('button', { name: /File improvement/ })
  await expect(button).toHaveText('File improvement (in 30 s)')
  await expect(button).toBeDisabled()
  await page.clock.runFor(10_000)
  await expect(button).toHaveText('File improvement (in 20 s)')
  await page.clock.runFor(21_000)
  await expect(button).toHaveText('File improvement')
  await expect(page.getByRole('textbox', { name: 'What would be better', exact: true })).toHaveValue('Still here')
  await button.click()
  await page.clock.runFor(1000)
  await expect(page.getByText('Improvement filed: Zebra again')).toBeVisible()
  complaints.length = 0
})

test('what the portal finds wrong is said at its field', async ({ page, complaints }) => {
  await page.goto('/tickets/new?type=IMPROVEMENT&title=Zebra')
  await page.getByRole('textbox', { name: 'What would be better', exact: true }).fill('x')
  await page.route('**/api/v1/work-items', (route) =>
    route.fulfill({
      status: 422,
      json: {
        error: {
          code: 'validation_error',
          message: 'Some fields are wrong',
          request_id: 'r',
          details: { fields: { 'body.platform_id': 'is not a platform' } },
        },
      },
    }),
  )
  await page.getByRole('button', { name: 'File improvement' }).click()
  await expect(page.getByText('is not a platform')).toBeVisible()
  await expect(page.getByLabel('Platform')).toBeFocused()
  complaints.length = 0
})

test('a viewer sees no way to file, and is told who can change that', async ({ page }) => {
  await page.goto('/tickets')
  await page.getByLabel('Persona').selectOption('viewer')
  await expect(page.getByRole('link', { name: 'New ticket' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('c')
  await expect(page).toHaveURL(/\/tickets$/)
  await page.goto('/tickets/new?type=INCIDENT')
  await expect(page.getByText('An administrator of this portal can grant it')).toBeVisible()
  await expect(page.getByRole('button', { name: 'File incident' })).toHaveCount(0)
})

test('a problem is reported from the page of its platform, which shows what is open', async ({ page }) => {
  const platform = await platformNamed(page, 'Customer 360')
  await page.goto(`/platforms/${platform.id}`)
  const incidents = page.getByRole('region', { name: 'Open incidents' })
  await incidents.getByRole('link', { name: 'Report a problem' }).click()
  await expect(page.getByRole('radio', { name: /Something is broken/ })).toBeChecked()
  await expect(page.getByLabel('Platform')).toHaveValue(platform.id)
  await fileTicket(page, { title: 'Zebra late', platform_id: platform.id, severity: 'CRITICAL' })
  await page.goto('/')
  const tile = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Customer 360' }) })
  await tile.getByRole('link', { name: /incident/ }).click()
  await expect(page).toHaveURL(new RegExp(`type=INCIDENT.*platform=${platform.id}`))
  await expect(page.getByRole('link', { name: 'Zebra late' })).toBeVisible()
  await page.goto(`/platforms/${platform.id}`)
  await expect(incidents.getByRole('listitem').filter({ hasText: 'Zebra late' })).toContainText('Critical')
})

test('the toolbar marks what is selected, and undoing takes the mark off again', async ({ page }) => {
  await page.goto('/tickets/new?type=INCIDENT')
  const field = page.getByRole('textbox', { name: 'What happened', exact: true })
  await field.fill('twice')
  await field.selectText()
  const toolbar = page.getByRole('toolbar', { name: 'What happened: format' })
  await toolbar.getByRole('button', { name: 'Bold' }).click()
  await expect(field).toHaveValue('**twice**')
  await expect(field).toBeFocused()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(field).toHaveValue('twice')
  await page.keyboard.press('Shift+Tab')
  await expect(toolbar.getByRole('button', { name: 'Bold' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(toolbar.getByRole('button', { name: 'Italic' })).toBeFocused()
  await page.getByRole('tab', { name: 'Preview' }).click()
  await expect(page.getByRole('tabpanel', { name: 'Preview' })).toHaveText('twice')
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('tab', { name: 'Write' })).toBeFocused()
  await expect(field).toHaveValue('twice')
})

for (const theme of ['light', 'dark'] as const) {
  for (const width of [375, 1440]) {
    test(`axe finds nothing on the form, ${theme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      await fileTicket(page, { title: 'Zebra nightly load is late', severity: 'HIGH' }, 'contributor')
      await page.goto('/tickets/new')
      await expect(page.getByRole('radio')).toHaveCount(3)
      await expectAccessible(page)
      await page.goto('/tickets/new?type=INCIDENT&title=Zebra%20load')
      await expect(page.getByRole('region', { name: 'Similar tickets' })).toBeVisible()
      await page.getByRole('button', { name: 'File incident' }).click()
      await expect(page.getByText('A few words are needed')).toBeVisible()
      await expectAccessible(page)
      await page.goto('/tickets/new?type=PLATFORM_REQUEST&template=access')
      await page.getByRole('button', { name: 'File request' }).click()
      await expect(page.getByText('Kind of access is needed')).toBeVisible()
      await expectAccessible(page)
    })
  }
}
