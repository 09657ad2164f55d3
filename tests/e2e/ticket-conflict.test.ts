import type { Browser, Locator, Page } from '@playwright/test'
import type { PersonRole } from '../../src/contracts/roles.ts'
import type { WorkItem, WorkItemEdit } from '../../src/contracts/tickets.ts'
import { expect, expectAccessible, type RunningPortal, test, watch } from './fixtures.ts'
import { actAs, send, WORK_ITEMS } from './ticket-api.ts'

const lines = ['What happens', 'The load stops.', '', 'Since when', 'Monday.', '', 'Whom it concerns', 'Sales.']
const text = lines.join('\n')

async function file(page: Page): Promise<WorkItem> {
  const data = { item_type: 'INCIDENT', title: 'The load stops', description: text, severity: 'HIGH', tags: ['load'] }
  return (await send(page, 'contributor', 'POST', WORK_ITEMS, data)).json()
}

const read = async (page: Page, { id }: { id: string }): Promise<WorkItem> =>
  (await send(page, 'admin', 'GET', `${WORK_ITEMS}/${id}`)).json()

/** Somebody else saves, without a window. */
async function edit(page: Page, item: { id: string }, changes: Omit<WorkItemEdit, 'expected_version'>): Promise<void> {
  const { version } = await read(page, item)
  await send(page, 'admin', 'PATCH', `${WORK_ITEMS}/${item.id}`, { ...changes, expected_version: version })
}

async function openEdit(page: Page, persona: PersonRole, { id }: { id: string }): Promise<Locator> {
  await actAs(page, persona)
  await page.goto(`/tickets/${id}`)
  await page.getByRole('region', { name: 'Actions' }).getByRole('button', { name: 'Edit' }).click()
  const form = page.getByRole('dialog', { name: 'Edit ticket' })
  // The draft begins with what the ticket is when the form is there.
  await expect(form.getByLabel('Title')).toBeVisible()
  return form
}

async function window(browser: Browser, portal: RunningPortal, complaints: string[]): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: portal.origin })).newPage()
  watch(page, complaints)
  return page
}

/** A refused save is a 409, which the browser reports. */
function expectOnly(complaints: string[], status: string): void {
  expect(complaints.filter((complaint) => !complaint.includes(status))).toEqual([])
  complaints.length = 0
}

const change = (source: string, line: string, to: string) => source.replace(line, to)

for (const round of [1, 2, 3]) {
  test(`two people edit one ticket, and nobody's text is lost (${round})`, async ({
    page,
    browser,
    portal,
    complaints,
  }) => {
    const other = await window(browser, portal, complaints)
    const item = await file(page)
    const mine = await openEdit(page, 'triager', item)
    const theirs = await openEdit(other, 'admin', item)

    // Theirs: the beginning, one line that I change too, and the title. Mine: that line, the end, and the tags.
    const saved = change(change(text, 'The load stops.', `The load stops at 80 % (${round}).`), 'Monday.', 'Tuesday.')
    await theirs.getByRole('textbox', { name: 'Description' }).fill(saved)
    await theirs.getByLabel('Title').fill('The load stops at night')
    await theirs.getByRole('button', { name: 'Save' }).click()
    await expect(other.getByRole('dialog')).toHaveCount(0)

    const wanted = change(change(text, 'Monday.', 'Sunday.'), 'Sales.', `Sales and Finance (${round}).`)
    await mine.getByRole('textbox', { name: 'Description' }).fill(wanted)
    await mine.getByLabel('Severity').selectOption('CRITICAL')
    await mine.getByRole('button', { name: 'Save' }).click()

    const conflict = page.getByRole('dialog', { name: 'Somebody saved this first' })
    await expect(conflict).toContainText('admin@localhost')
    const merged = conflict.getByRole('region', { name: 'Merged without a question' })
    await expect(merged.getByRole('listitem')).toHaveText(['Title: as they saved it', 'Severity: as you wrote it'])
    await expect(
      conflict.getByRole('radiogroup', { name: 'Description' }).getByRole('radio', { name: /^Merge/ }),
    ).toBeChecked()
    await expect(conflict.getByRole('region', { name: 'Description: what they changed' })).toContainText('Tuesday.')
    await expect(conflict.getByRole('textbox', { name: 'Merged description' })).toHaveValue(
      [
        'What happens',
        `The load stops at 80 % (${round}).`,
        '',
        'Since when',
        'Tuesday.',
        'Sunday.',
        '',
        'Whom it concerns',
        `Sales and Finance (${round}).`,
      ].join('\n'),
    )
    await conflict.getByRole('button', { name: 'Save this' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    const { description, title, severity } = await read(page, item)
    const written = [...saved.split('\n'), ...wanted.split('\n')].filter((line) => !lines.includes(line))
    expect(written).toHaveLength(4)
    for (const line of written) expect(description.split('\n')).toContain(line)
    expect({ title, severity }).toEqual({ title: 'The load stops at night', severity: 'CRITICAL' })
    await other.close()
    expectOnly(complaints, '409')
  })
}

test('a second conflict keeps everything of the first', async ({ page, complaints }) => {
  const item = await file(page)
  const form = await openEdit(page, 'triager', item)
  await edit(page, item, { description: change(text, 'The load stops.', 'One.') })
  await form.getByRole('textbox', { name: 'Description' }).fill(change(text, 'Sales.', 'Mine.'))
  await form.getByRole('button', { name: 'Save' }).click()
  const conflict = page.getByRole('dialog', { name: 'Somebody saved this first' })
  await expect(conflict.getByRole('textbox', { name: 'Merged description' })).toHaveValue(/One\.[\s\S]*Mine\./)
  await conflict.getByRole('textbox', { name: 'Merged description' }).press('Control+End')
  await conflict.getByRole('textbox', { name: 'Merged description' }).pressSequentially('\nAnd by hand.')
  await edit(page, item, { description: change(change(text, 'The load stops.', 'One.'), 'Monday.', 'Two.') })
  await conflict.getByRole('button', { name: 'Save this' }).click()
  await expect(conflict.getByRole('textbox', { name: 'Merged description' })).toHaveValue(
    /One\.[\s\S]*Two\.[\s\S]*Mine\.\nAnd by hand\./,
  )
  await conflict.getByRole('button', { name: 'Save this' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect((await read(page, item)).description).toMatch(/One\.[\s\S]*Two\.[\s\S]*Mine\.\nAnd by hand\./)
  expectOnly(complaints, '409')
})

for (const theme of ['light', 'dark'] as const) {
  test(`theirs, mine or both is a choice per field, or for all at once, ${theme}`, async ({ page, complaints }) => {
    await page.emulateMedia({ colorScheme: theme })
    const item = await file(page)
    const form = await openEdit(page, 'triager', item)
    await edit(page, item, { title: 'Theirs', description: 'Theirs\nand more', tags: ['load', 'theirs'] })
    await form.getByLabel('Title').fill('Mine')
    await form.getByRole('textbox', { name: 'Description' }).fill('Mine\nand less')
    await form.getByRole('textbox', { name: 'Tags' }).fill('Mine')
    await form.getByRole('button', { name: 'Save' }).click()
    const conflict = page.getByRole('dialog', { name: 'Somebody saved this first' })
    const title = conflict.getByRole('radiogroup', { name: 'Title' })
    const tags = conflict.getByRole('radiogroup', { name: 'Tags' })
    await expect(title).toHaveAccessibleDescription('It was: The load stops')
    await expect(title.getByRole('radio', { name: 'Mine: Mine' })).toBeChecked()
    await expect(tags.getByRole('radio', { name: 'Merge: load, theirs, mine' })).toBeChecked()
    for (const width of [375, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      await expectAccessible(page)
    }
    await conflict.getByRole('button', { name: 'Take all theirs' }).click()
    for (const field of ['Title', 'Description', 'Tags'])
      await expect(
        conflict.getByRole('radiogroup', { name: field }).getByRole('radio', { name: /^Theirs/ }),
      ).toBeChecked()
    await conflict.getByRole('button', { name: 'Take all mine' }).click()
    await tags.getByRole('radio', { name: /^Merge/ }).check()
    await conflict.getByRole('button', { name: 'Save this' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    const saved = await read(page, item)
    expect([saved.title, saved.description, saved.tags]).toEqual(['Mine', 'Mine\nand less', ['load', 'theirs', 'mine']])
    expectOnly(complaints, '409')
  })
}

test('while a form is open it says that somebody changed the ticket, and keeps what is typed', async ({ page }) => {
  const item = await file(page)
  const form = await openEdit(page, 'triager', item)
  await form.getByLabel('Title').fill('Typed')
  await edit(page, item, { priority: 'P1' })
  await expect(form.getByText('changed this ticket')).toBeVisible()
  await expect(form.getByLabel('Title')).toHaveValue('Typed')
})

test('what was deleted meanwhile cannot be saved, and says so with the text at hand', async ({ page, complaints }) => {
  const item = await file(page)
  const form = await openEdit(page, 'triager', item)
  await form.getByLabel('Title').fill('Typed for long')
  await send(page, 'admin', 'DELETE', `${WORK_ITEMS}/${item.id}?expected_version=${item.version}`)
  await form.getByRole('button', { name: 'Save' }).click()
  const deleted = page.getByRole('dialog', { name: 'Somebody deleted this' })
  await expect(deleted.getByLabel('Title')).toHaveValue('Typed for long')
  await expectAccessible(page)
  await deleted.getByRole('button', { name: 'Back to my draft' }).click()
  await expect(form.getByLabel('Title')).toHaveValue('Typed for long')
  expectOnly(complaints, '404')
})

test('a step that lost the race keeps its note, says what changed, and goes through on the next press', async ({
  page,
  complaints,
}) => {
  const item = await file(page)
  await openTicket(page, 'triager', item)
  await page.getByRole('button', { name: 'Resolve', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /^Resolve/ })
  await dialog.getByLabel('Resolution', { exact: false }).first().selectOption('FIXED')
  await dialog.getByRole('textbox', { name: 'Resolution note' }).fill('Ran it again')
  await edit(page, item, { severity: 'LOW' })
  await dialog.getByRole('button', { name: 'Resolve', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('admin@localhost changed this')
  await expect(dialog.getByRole('alert')).toContainText('severity: High → Low')
  await expect(dialog.getByRole('textbox', { name: 'Resolution note' })).toHaveValue('Ran it again')
  await dialog.getByRole('button', { name: 'Resolve', exact: true }).click()
  await expect(page.getByText('Resolution: Fixed')).toBeVisible()
  expectOnly(complaints, '409')
})

test('a step that is not possible any more hands its note over to a comment', async ({ page, complaints }) => {
  const item = await file(page)
  await openTicket(page, 'triager', item)
  await page.getByRole('button', { name: 'Resolve', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /^Resolve/ })
  await dialog.getByLabel('Resolution', { exact: false }).first().selectOption('FIXED')
  await dialog.getByRole('textbox', { name: 'Resolution note' }).fill('Ran it again')
  await send(page, 'admin', 'POST', `${WORK_ITEMS}/${item.id}/transitions`, {
    to_state: 'CLOSED',
    expected_version: item.version,
    resolution: 'NOT_AN_INCIDENT',
    note: 'As planned',
  })
  await dialog.getByRole('button', { name: 'Resolve', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('state: New → Closed')
  await expect(dialog.getByRole('alert')).toContainText('not possible any more')
  await dialog.getByRole('button', { name: 'Keep my text as a comment' }).click()
  await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue('Ran it again')
  expectOnly(complaints, '409')
})

async function openTicket(page: Page, persona: PersonRole, { id }: { id: string }): Promise<void> {
  await actAs(page, persona)
  await page.goto(`/tickets/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'The load stops' })).toBeVisible()
}
