import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import type { GlossaryTerm } from '../../src/contracts/glossary.ts'
import { expect, expectAccessible, test } from './fixtures.ts'
import { actAs, send } from './ticket-api.ts'

const GLOSSARY = '/api/v1/glossary'

async function define(page: Page, term: string, more: Record<string, unknown> = {}): Promise<GlossaryTerm> {
  const body = { term, domain: 'Zoo', ...more }
  return (await send(page, 'triager', 'POST', GLOSSARY, body)).json()
}
const change = async (page: Page, { id }: { id: string }, changes: Record<string, unknown>) => {
  const { version } = (await (await send(page, 'admin', 'GET', `${GLOSSARY}/${id}`)).json()) as GlossaryTerm
  await send(page, 'admin', 'PATCH', `${GLOSSARY}/${id}`, { ...changes, expected_version: version })
}
const read = async (page: Page, { id }: { id: string }): Promise<GlossaryTerm> =>
  (await send(page, 'admin', 'GET', `${GLOSSARY}/${id}`)).json()

const table = (page: Page) => page.getByRole('table', { name: 'Terms' })
const row = (page: Page, term: string) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader').getByRole('link', { name: term, exact: true }) })
const facts = (page: Page) => page.getByRole('complementary', { name: 'Facts' })

/** A refused save is a 409, which the browser reports. */
function expectOnly(complaints: string[], status: string): void {
  expect(complaints.filter((complaint) => !complaint.includes(status))).toEqual([])
  complaints.length = 0
}

test('the glossary lists by name, says what a term means and what replaces it, and the address filters it', async ({
  page,
}) => {
  await page.goto('/')
  await page.getByRole('link', { name: 'Glossary' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Glossary' })).toBeVisible()
  await expect(table(page).getByRole('rowheader').first()).toContainText('Active customer')
  await expect(page.getByRole('status').filter({ hasText: /^50 of 62 terms$/ })).toBeVisible()
  await page.getByRole('button', { name: 'Show more' }).click()
  await expect(page.getByRole('status').filter({ hasText: '62 of 62 terms' })).toBeVisible()
  await expect(row(page, 'Turnover')).toContainText('Use Net sales instead.')
  await expect(row(page, 'Turnover')).toContainText('Deprecated')
  await expect(row(page, 'Net sales')).toContainText('also Net revenue, Net turnover')

  await page.getByLabel('Domain').selectOption('Finance')
  await expect(page).toHaveURL(/domain=Finance$/)
  await page.getByLabel('Status').selectOption('draft')
  await expect(table(page).getByRole('rowheader')).toHaveCount(1)
  await page.getByLabel('Search terms').pressSequentially('nothing like it')
  await expect(page.getByRole('heading', { name: 'No term matches' })).toBeVisible()
  await page.getByRole('link', { name: 'Clear the filters' }).click()
  await expect(page).toHaveURL(/\/glossary$/)

  await page.goto('/glossary?q=cogs&status=nonsense')
  await expect(page.getByLabel('Search terms')).toHaveValue('cogs')
  await expect(table(page).getByRole('rowheader')).toHaveText([/Cost of goods sold/])
})

test('hands stay on the keys: g g, slash, j, k and Enter', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('g')
  await expect(page.getByRole('heading', { level: 1, name: 'Glossary' })).toBeVisible()
  await expect(table(page)).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByLabel('Search terms')).toBeFocused()
  await page.keyboard.type('margin')
  await expect(page).toHaveURL(/q=margin$/)
  await expect(table(page).getByRole('rowheader').first()).toContainText(/margin/i)
  await page.getByLabel('Search terms').blur()
  for (const key of ['j', 'j', 'k']) await page.keyboard.press(key)
  const first = table(page).getByRole('rowheader').first().getByRole('link')
  await expect(first).toBeFocused()
  const name = (await first.textContent()) ?? ''
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})

test('a term says what it means, who answers for it, where it is used and how it came to be', async ({ page }) => {
  const next = await define(page, 'Zebra', { status: 'active' })
  const term = await define(page, 'Quagga', {
    definition: 'A **striped** animal',
    synonyms: ['Half zebra'],
    steward: 'keeper@x.example',
    related_assets: [
      { name: 'Herd book', url: 'https://zoo.example/herd' },
      { name: 'Paper file', url: null },
    ],
  })
  await send(page, 'contributor', 'POST', '/api/v1/work-items', {
    item_type: 'INCIDENT',
    title: 'The half-zebra is missing',
  })
  await change(page, term, { definition: 'A **striped** horse', status: 'deprecated', replaced_by: next.id })
  await page.goto(`/glossary/${term.id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Quagga' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Definition' }).locator('strong')).toHaveText('striped')
  await expect(facts(page)).toContainText('keeper@x.example')
  const asset = facts(page).getByRole('link', { name: 'Herd book' })
  await expect(asset).toHaveAttribute('rel', 'noopener noreferrer nofollow')
  await expect(facts(page)).toContainText('zoo.example')
  await expect(facts(page).getByRole('link', { name: 'Paper file' })).toHaveCount(0)
  await expect(page.getByText('Deprecated: use Zebra instead.')).toBeVisible()
  await expect(
    page.getByRole('list', { name: 'Tickets' }).getByRole('link', { name: 'The half-zebra is missing' }),
  ).toBeVisible()
  const history = page.getByRole('region', { name: 'History' })
  await expect(history.getByRole('listitem')).toHaveText([
    /added it/,
    /edited the definition, deprecated it and named Zebra as its successor/,
  ])
  await history.getByText('What changed in the definition').click()
  await expect(history.getByRole('region', { name: 'What changed in the definition' })).toContainText('horse')

  await page.getByRole('link', { name: 'Zebra' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Zebra' })).toBeVisible()
  await expect(facts(page)).toContainText('Replaces')
  await expect(facts(page).getByRole('link', { name: 'Quagga' })).toBeVisible()
})

test('a term is added, corrected where the portal refuses it, and put into use', async ({ page, complaints }) => {
  await define(page, 'Okapi')
  await actAs(page, 'triager')
  await page.goto('/glossary')
  await page.getByRole('button', { name: 'Add term' }).click()
  const form = page.getByRole('dialog', { name: 'Add term' })
  await form.getByRole('button', { name: 'Add term' }).click()
  await expect(form.getByText('A term is needed')).toBeVisible()
  await form.getByLabel('Term', { exact: false }).first().fill('okapi')
  await form.getByLabel('Domain').fill('zoo')
  await form.getByRole('textbox', { name: 'Definition' }).fill('Not a zebra')
  await form.getByLabel('Synonyms').fill('Forest giraffe\n\nCongo giraffe')
  await form.getByRole('button', { name: 'Add asset' }).click()
  await form.getByLabel('Name of asset 1').fill('Herd book')
  await form.getByLabel('Address of asset 1').fill('ftp://zoo.example')
  await form.getByRole('button', { name: 'Add term' }).click()
  await expect(form.getByText('does not begin with http')).toBeVisible()
  await form.getByLabel('Address of asset 1').fill('https://zoo.example')
  await form.getByRole('button', { name: 'Add term' }).click()
  await expect(form.getByRole('alert')).toContainText('Zoo already has the term Okapi.')
  expectOnly(complaints, '409')
  await form.getByLabel('Term', { exact: false }).first().fill('Okapia')
  await form.getByRole('button', { name: 'Add term' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Okapia' })).toBeVisible()
  await expect(facts(page)).toContainText('Congo giraffe')
  await expect(page.getByText('A draft: what it means is still being agreed on.')).toBeVisible()
  await page.getByRole('button', { name: 'Put into use' }).click()
  await expect(page.getByRole('main').getByText('Active', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Delete' })).toHaveCount(0)
})

test('two people edit one term, and nobody loses what they wrote', async ({ page, complaints }) => {
  const term = await define(page, 'Tapir', { definition: 'One\n\nTwo\n\nThree', synonyms: ['Anta'] })
  await actAs(page, 'triager')
  await page.goto(`/glossary/${term.id}`)
  await page.getByRole('region', { name: 'Actions' }).getByRole('button', { name: 'Edit' }).click()
  const form = page.getByRole('dialog', { name: 'Edit term' })
  await form.getByRole('textbox', { name: 'Definition' }).fill('One\n\nTwo\n\nThree of mine')
  await form.getByLabel('Synonyms').fill('Anta\nDanta')
  await change(page, term, { definition: 'One of theirs\n\nTwo\n\nThree', steward: 'them@x.example' })
  await expect(form.getByText('changed this term')).toBeVisible()
  await form.getByRole('button', { name: 'Save' }).click()
  const conflict = page.getByRole('dialog', { name: 'Somebody saved this first' })
  await expect(conflict.getByRole('textbox', { name: 'Merged definition' })).toHaveValue(
    'One of theirs\n\nTwo\n\nThree of mine',
  )
  await conflict.getByRole('button', { name: 'Save this' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const saved = await read(page, term)
  expect([saved.definition, saved.synonyms, saved.steward]).toEqual([
    'One of theirs\n\nTwo\n\nThree of mine',
    ['Anta', 'Danta'],
    'them@x.example',
  ])
  expectOnly(complaints, '409')
})

test('deprecating shows who is left behind, and a successor is found by its words', async ({ page }) => {
  const term = await define(page, 'Gnu', { status: 'active' })
  await define(page, 'Wildebeest', { status: 'active', domain: 'Savanna' })
  await define(page, 'Herd', { definition: 'Many a gnu' })
  await actAs(page, 'triager')
  await page.goto(`/glossary/${term.id}`)
  await page.getByRole('button', { name: 'Deprecate' }).click()
  const dialog = page.getByRole('dialog', { name: 'Deprecate Gnu?' })
  await expect(dialog.getByText('Without a successor, readers of these find no other word')).toBeVisible()
  await expect(dialog.getByRole('list', { name: 'Other terms' })).toContainText('Herd')
  await dialog.getByRole('button', { name: 'Deprecate without a successor' }).click()
  await expect(page.getByText('it is still used in 1 other term')).toBeVisible()
  await expect(page.getByText('Nothing takes its place')).toBeVisible()

  await page.getByRole('button', { name: 'Change successor' }).click()
  const successor = page.getByRole('dialog', { name: 'Successor of Gnu' })
  await successor.getByLabel('Find its successor').fill('wilde')
  await successor.getByRole('radio', { name: 'Wildebeest (Savanna)' }).check()
  await expect(successor.getByText('Without a successor')).toHaveCount(0)
  await successor.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Deprecated: use Wildebeest (Savanna) instead.')).toBeVisible()
  await page.getByRole('button', { name: 'Use again' }).click()
  await expect(page.getByRole('main').getByText('Active', { exact: true })).toBeVisible()
  expect((await read(page, term)).replaced_by).toBeNull()
})

test('a term is deleted after a look at its uses, but not while others name it', async ({ page, complaints }) => {
  const next = await define(page, 'Lynx', { status: 'active' })
  const old = await define(page, 'Bobcat', { status: 'deprecated', replaced_by: next.id })
  await page.goto(`/glossary/${next.id}`)
  await page.getByRole('button', { name: 'Delete' }).click()
  const notYet = page.getByRole('dialog', { name: 'Lynx cannot be deleted yet' })
  await expect(notYet.getByRole('link', { name: 'Bobcat' })).toBeVisible()
  await notYet.getByRole('button', { name: 'Close' }).click()
  await change(page, old, { replaced_by: null, definition: 'A lynx' })
  await expect(facts(page).getByText('Replaces')).toHaveCount(0)
  await page.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete Lynx?' })
  await expect(dialog.getByRole('list', { name: 'Other terms' })).toContainText('Bobcat')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('Term deleted')).toBeVisible()
  await expect(page).toHaveURL(/\/glossary$/)
  expectOnly(complaints, '404')
})

test('an export, changed and imported, shows what it would do before it does it', async ({ page }) => {
  await define(page, 'Ibis', { definition: 'A bird', synonyms: ['=stork'] })
  await actAs(page, 'triager')
  await page.goto('/glossary?domain=Zoo')
  await expect(row(page, 'Ibis')).toBeVisible()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  const csv = await readFile(await (await downloading).path(), 'utf8')
  expect(csv).toContain("'=stork")

  await page.getByRole('link', { name: 'Import' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Import terms' })).toBeVisible()
  const choose = (text: string) =>
    page
      .getByLabel('Choose a CSV file')
      .setInputFiles({ name: 'terms.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  const preview = page.getByRole('region', { name: 'Preview' })
  await choose(csv)
  await expect(preview.getByRole('status')).toHaveText('0 new, 0 changed, 1 unchanged, none refused')
  await expect(page.getByRole('button', { name: 'Apply 0 changes' })).toBeDisabled()

  const changed = csv.replace('A bird', 'A wading bird')
  await choose(`${changed}Zoo,Egret,,active,,Another bird,,\r\nZoo,Crane,,retired,,,,\r\n`)
  await expect(preview.getByRole('status')).toHaveText('1 new, 1 changed, 0 unchanged, 1 refused')
  await expect(preview.getByRole('region', { name: 'Refused' })).toContainText('status must be one of')
  await expect(page.getByRole('button', { name: 'Apply 2 changes' })).toBeDisabled()

  await choose(`${changed}Zoo,Egret,,active,,Another bird,,\r\n`)
  const changes = preview.getByRole('region', { name: 'Changed' })
  await expect(changes.locator('del')).toHaveText('A bird')
  await expect(changes.locator('ins')).toHaveText('A wading bird')
  await expect(preview.getByRole('region', { name: 'New' })).toContainText('Egret')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Apply 2 changes' }).click()
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
  await page.getByRole('link', { name: 'See the glossary' }).click()
  await page.goto('/glossary?domain=Zoo')
  await expect(row(page, 'Egret')).toContainText('Another bird')
  await expect(row(page, 'Ibis')).toContainText('A wading bird')
})

test('a file that is no glossary is refused in words', async ({ page, complaints }) => {
  await page.goto('/glossary/import')
  await page
    .getByLabel('Choose a CSV file')
    .setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') })
  await expect(page.getByRole('alert')).toContainText('The file has the column “a”')
  expectOnly(complaints, '422')
})

test('a reader sees terms and no way to change them; what is not there is said', async ({ page, complaints }) => {
  const term = await define(page, 'Heron')
  await actAs(page, 'contributor')
  await page.goto('/glossary?domain=Zoo')
  await expect(row(page, 'Heron')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible()
  for (const name of ['Add term', 'Import'])
    await expect(page.getByRole('button', { name }).or(page.getByRole('link', { name }))).toHaveCount(0)
  await page.goto(`/glossary/${term.id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Heron' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Actions' })).toHaveCount(0)
  await page.goto('/glossary/import')
  await expect(page.getByRole('heading', { level: 1, name: 'You may not see this' })).toBeVisible()
  await page.goto('/glossary/01900000-0000-7000-8000-000000000001')
  await expect(page.getByRole('heading', { level: 1, name: 'No such term' })).toBeVisible()
  expectOnly(complaints, '404')
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [375, 1280]) {
    test(`every page is accessible, ${colorScheme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      const next = await define(page, 'Puma', { status: 'active', definition: 'A cat' })
      const term = await define(page, 'Cougar', {
        status: 'deprecated',
        replaced_by: next.id,
        definition: 'A **puma**',
        related_assets: [{ name: 'Herd book', url: 'https://zoo.example' }],
      })
      await page.goto('/glossary')
      await expect(table(page)).toBeVisible()
      await expectAccessible(page)
      await page.goto(`/glossary/${next.id}`)
      await expect(page.getByRole('list', { name: 'Other terms' })).toContainText('Cougar')
      await expect(page.getByRole('region', { name: 'History' }).getByRole('listitem')).toHaveCount(1)
      await expectAccessible(page)
      await page.goto(`/glossary/${term.id}`)
      await page.getByRole('button', { name: 'Change successor' }).click()
      await expect(page.getByRole('radio', { name: 'Puma (Zoo)' })).toBeChecked()
      await page.getByRole('radio', { name: 'None: nothing takes its place' }).check()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Edit' }).click()
      await expect(page.getByLabel('Name of asset 1')).toBeVisible()
      await expectAccessible(page)
    })
  }
}
