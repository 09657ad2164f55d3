import type { Locator, Page } from '@playwright/test'
import type { PersonRole } from '../../src/contracts/roles.ts'
import type { WorkItem, WorkItemComment, WorkItemCreate } from '../../src/contracts/tickets.ts'
import { expect, expectAccessible, test } from './fixtures.ts'
import { actAs, send, WORK_ITEMS } from './ticket-api.ts'

async function file(page: Page, persona: PersonRole, more: Partial<WorkItemCreate> = {}): Promise<WorkItem> {
  const data = {
    item_type: 'INCIDENT',
    title: 'Orders of the night are missing',
    description: 'Since **midnight** nothing came.\n\n- first\n- second',
    severity: more.item_type === undefined ? 'HIGH' : undefined,
    ...more,
  }
  return (await send(page, persona, 'POST', WORK_ITEMS, data)).json()
}

/** Opens a ticket as one of the personas. */
async function open(page: Page, persona: PersonRole, { id }: { id: string }): Promise<void> {
  await actAs(page, persona)
  await page.goto(`/tickets/${id}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

const actions = (page: Page) => page.getByRole('region', { name: 'Actions' })
const history = (page: Page) => page.getByRole('region', { name: 'History' })
const state = (page: Page, word: string): Locator => page.getByRole('main').getByText(word, { exact: true }).first()

test('a ticket is read: what it is, where it stands, its facts and its history', async ({ page }) => {
  const item = await file(page, 'contributor', { tags: ['dbt', 'nightly'], environment: 'production' })
  await open(page, 'triager', item)
  await expect(page.getByRole('heading', { level: 1, name: item.title })).toBeVisible()
  await expect(state(page, 'New')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Description' }).getByRole('listitem')).toHaveText(['first', 'second'])
  const facts = page.getByRole('complementary', { name: 'Facts' })
  await expect(facts).toContainText('High')
  await expect(facts).toContainText('contributor@localhost')
  await expect(facts.getByRole('link', { name: 'nightly' })).toHaveAttribute('href', '/tickets?tag=nightly')
  await expect(history(page)).toContainText('contributor@localhost filed this')
})

for (const theme of ['light', 'dark'] as const) {
  test(`the page and its dialogs have nothing for axe to find, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    const item = await file(page, 'contributor', { tags: ['dbt'] })
    await send(page, 'triager', 'POST', `${WORK_ITEMS}/${item.id}/comments`, { body: 'We look into it.' })
    await open(page, 'admin', item)
    await expect(history(page).getByRole('article')).toHaveCount(1)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'More actions' }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    for (const button of ['Edit', 'Resolve', 'Start work'])
      if ((await actions(page).getByRole('button', { name: button, exact: true }).count()) > 0) {
        await actions(page).getByRole('button', { name: button, exact: true }).click()
        await expect(page.getByRole('dialog')).toBeVisible()
        await expectAccessible(page)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toHaveCount(0)
      }
    await page.setViewportSize({ width: 375, height: 800 })
    await expectAccessible(page)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375)
  })
}

test('a comment is written with a preview, posted by keyboard, edited and deleted', async ({ page }) => {
  const item = await file(page, 'contributor')
  await open(page, 'triager', item)
  const box = page.getByRole('form', { name: 'Write a comment' })
  const field = box.getByRole('textbox', { name: 'Comment' })
  await field.fill('It is **late**')
  await page.reload()
  await expect(field, 'a draft survives a reload').toHaveValue('It is **late**')
  await box.getByRole('tab', { name: 'Preview' }).click()
  const preview = box.getByRole('tabpanel', { name: 'Preview' })
  await expect(preview.getByText('late', { exact: true })).toHaveCSS('font-weight', '700')
  await box.getByRole('tab', { name: 'Write' }).click()
  await field.press('Control+Enter')
  const comment = history(page).getByRole('article', { name: 'Comment by triager@localhost' })
  await expect(comment).toContainText('It is late')
  await expect(comment.getByText('Staff')).toBeVisible()
  await expect(field).toHaveValue('')

  await comment.getByRole('button', { name: /^Edit/ }).click()
  await comment.getByRole('textbox', { name: 'Edit comment' }).fill('It is on time')
  await comment.getByRole('button', { name: 'Save comment' }).click()
  await expect(comment).toContainText('It is on time')
  await expect(comment).toContainText('edited')
  await history(page).getByText('Changes', { exact: true }).click()
  await expect(history(page)).toContainText('triager@localhost edited a comment')
  await expect(history(page).getByRole('article')).toHaveCount(0)
  await history(page).getByText('Comments', { exact: true }).click()

  await comment.getByRole('button', { name: /^Delete/ }).click()
  await page
    .getByRole('dialog', { name: 'Delete this comment?' })
    .getByRole('button', { name: 'Delete comment' })
    .click()
  await expect(comment).toHaveCount(0)
  await history(page).getByText('Everything', { exact: true }).click()
  await expect(history(page)).toContainText('triager@localhost deleted a comment')
})

test('an incident is worked on, resolved and reopened, and each step asks for what it needs', async ({ page }) => {
  const item = await file(page, 'contributor')
  await open(page, 'triager', item)
  await actions(page).getByRole('button', { name: 'Start work' }).click()
  const start = page.getByRole('dialog', { name: /^Start work/ })
  await expect(start.getByLabel('Assignee')).toHaveAttribute('placeholder', 'you')
  await start.getByRole('button', { name: 'Start work' }).click()
  await expect(state(page, 'In progress')).toBeVisible()
  await expect(page.getByRole('complementary', { name: 'Facts' })).toContainText('triager@localhost')

  await take(page, 'Wait')
  const wait = page.getByRole('dialog', { name: /^Wait/ })
  await wait.getByRole('button', { name: 'Wait', exact: true }).click()
  await expect(wait.getByText('Choose what it waits for')).toBeVisible()
  await expect(wait.getByText('Comment is needed')).toBeVisible()
  await wait.getByLabel('Waits for').selectOption('VENDOR')
  await wait.getByRole('textbox', { name: 'Comment' }).fill('Asked **them**')
  await wait.getByRole('button', { name: 'Wait', exact: true }).click()
  await expect(page.getByText(/^Waits for the vendor/)).toBeVisible()
  await actions(page).getByRole('button', { name: 'Resume' }).click()
  await expect(state(page, 'In progress')).toBeVisible()

  await take(page, 'Resolve')
  const resolve = page.getByRole('dialog', { name: /^Resolve/ })
  await resolve.getByLabel('Resolution', { exact: false }).first().selectOption('FIXED')
  await resolve.getByRole('textbox', { name: 'Resolution note' }).fill('Ran it again')
  await resolve.getByRole('button', { name: 'Resolve', exact: true }).click()
  await expect(page.getByText('Resolution: Fixed')).toBeVisible()
  await expect(history(page)).toContainText('triager@localhost moved it from In progress to Resolved (Fixed)')

  await take(page, 'Reopen')
  const reopen = page.getByRole('dialog', { name: /^Reopen/ })
  await reopen.getByRole('textbox', { name: 'Reason' }).fill('It is back')
  await reopen.getByRole('button', { name: 'Reopen', exact: true }).click()
  await expect(state(page, 'In progress')).toBeVisible()
  await expect(history(page)).toContainText('It is back')
})

test('a comment that is deleted while its author changes it leaves the words in the box for a new one', async ({
  page,
}) => {
  const item = await file(page, 'contributor')
  const answer = await send(page, 'contributor', 'POST', `${WORK_ITEMS}/${item.id}/comments`, { body: 'First words' })
  const comment = (await answer.json()) as WorkItemComment
  await open(page, 'contributor', item)
  await history(page)
    .getByRole('button', { name: /^Edit comment/ })
    .click()
  await page.getByRole('textbox', { name: 'Edit comment' }).fill('Better words')
  await send(page, 'triager', 'DELETE', `${WORK_ITEMS}/${item.id}/comments/${comment.id}`)
  await expect(page.getByRole('textbox', { name: 'Edit comment' })).toHaveCount(0)
  await expect(page.getByRole('textbox', { name: 'Comment', exact: true })).toHaveValue('Better words')
})

test('a ticket is marked as a duplicate, says of what, and that can be undone', async ({ page }) => {
  const first = await file(page, 'contributor', { title: 'Orders of the night are gone' })
  const second = await file(page, 'contributor')
  await open(page, 'triager', second)
  await take(page, 'Close as duplicate')
  const dialog = page.getByRole('dialog', { name: /^Close as duplicate/ })
  await dialog.getByRole('button', { name: 'Close as duplicate' }).click()
  await expect(dialog.getByText('Choose the ticket that this one repeats')).toBeVisible()
  await dialog.getByLabel('Repeats').fill('night gone')
  await dialog.getByRole('radio', { name: first.title }).check()
  await dialog.getByRole('button', { name: 'Close as duplicate' }).click()
  await expect(page.getByText(`Duplicate of ${first.title}`)).toBeVisible()
  await page.getByRole('link', { name: first.title }).click()
  await expect(
    page.getByRole('complementary', { name: 'Facts' }).getByRole('link', { name: second.title }),
  ).toBeVisible()

  await page.goBack()
  await page.getByRole('button', { name: 'Reopen' }).click()
  const reopen = page.getByRole('dialog', { name: /^Reopen/ })
  await reopen.getByRole('textbox', { name: 'Reason' }).fill('It is another one')
  await reopen.getByRole('button', { name: 'Reopen', exact: true }).click()
  await expect(page.getByText(/^Duplicate of/)).toHaveCount(0)
})

test('a duplicate is found by its pasted link too', async ({ page, portal }) => {
  const first = await file(page, 'contributor', { title: 'Something else altogether' })
  const second = await file(page, 'contributor')
  await open(page, 'triager', second)
  await take(page, 'Close as duplicate')
  const dialog = page.getByRole('dialog', { name: /^Close as duplicate/ })
  await dialog.getByLabel('Repeats').fill(`${portal.origin}/tickets/${first.id}`)
  await expect(dialog.getByRole('radio', { name: first.title })).toBeChecked()
  await dialog.getByRole('button', { name: 'Close as duplicate' }).click()
  await expect(page.getByText(`Duplicate of ${first.title}`)).toBeVisible()
})

test('voting and following are said to be on, and can be taken back', async ({ page }) => {
  const item = await file(page, 'triager', { item_type: 'IMPROVEMENT', title: 'A darker theme' })
  await open(page, 'contributor', item)
  const vote = page.getByRole('button', { name: /^Vote/ })
  await vote.click()
  await expect(vote).toHaveAttribute('aria-pressed', 'true')
  await expect(history(page)).toContainText('1 vote')
  const follow = page.getByRole('button', { name: /^Follow/ })
  await expect(follow, 'who votes follows').toHaveAttribute('aria-pressed', 'true')
  await follow.click()
  await expect(follow).toHaveAttribute('aria-pressed', 'false')
  await vote.click()
  await expect(vote).toHaveAttribute('aria-pressed', 'false')
})

test('a viewer is shown nothing that would be refused', async ({ page }) => {
  const item = await file(page, 'contributor')
  await send(page, 'triager', 'POST', `${WORK_ITEMS}/${item.id}/comments`, { body: 'Said' })
  await open(page, 'viewer', item)
  await expect(history(page).getByRole('article')).toHaveCount(1)
  await expect(actions(page).getByRole('button')).toHaveText([''])
  await actions(page).getByRole('button', { name: 'More actions' }).click()
  await expect(page.getByRole('menuitem')).toHaveText(['Copy link'])
  await expect(page.getByRole('textbox')).toHaveCount(0)
  await expect(page.getByText('You may read this ticket but not comment.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^(Edit|Delete)/ })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Affects me too/ })).toHaveAttribute('aria-disabled', 'true')
})

test('a contributor reads, by keyboard, why a step is not theirs', async ({ page }) => {
  const item = await file(page, 'contributor')
  await send(page, 'triager', 'POST', `${WORK_ITEMS}/${item.id}/comments`, { body: 'We are on it' })
  await open(page, 'contributor', item)
  const more = page.getByRole('button', { name: 'More actions' })
  await more.focus()
  await page.keyboard.press('Enter')
  const blocked = page.getByRole('menuitem', { name: /^Withdraw/ })
  await expect(blocked).toHaveAttribute('aria-disabled', 'true')
  await expect(blocked).toContainText('Only before somebody on staff has acted on it')
  for (const label of await page.getByRole('menuitem').allTextContents()) {
    await expect(page.getByRole('menuitem').filter({ hasText: label })).toBeFocused()
    if (label.startsWith('Withdraw')) break
    await page.keyboard.press('ArrowDown')
  }
  await expect(blocked).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(more).toBeFocused()
})

test('only what changed is edited, each field if permitted', async ({ page }) => {
  const item = await file(page, 'contributor')
  await open(page, 'triager', item)
  await actions(page).getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit ticket' })
  await dialog.getByLabel('Severity').selectOption('LOW')
  const sent = page.waitForRequest((request) => request.method() === 'PATCH')
  await dialog.getByRole('button', { name: 'Save' }).click()
  expect((await sent).postDataJSON()).toEqual({ severity: 'LOW', expected_version: item.version })
  await expect(history(page)).toContainText('changed the severity from High to Low')
  await expect(actions(page).getByRole('button', { name: 'Edit' })).toBeFocused()
})

test('an author edits the words of an open ticket, not its triage', async ({ page }) => {
  const item = await file(page, 'contributor')
  await open(page, 'contributor', item)
  await actions(page).getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit ticket' })
  await expect(dialog.getByLabel('Title')).toBeVisible()
  await expect(dialog.getByLabel('Severity')).toHaveCount(0)
  await expect(dialog.getByLabel('Assignee')).toHaveCount(0)
  await dialog.getByRole('textbox', { name: 'Description' }).fill('Since **one** nothing came.\n\n- first\n- second')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('region', { name: 'Description' })).toContainText('Since one nothing came')
  await history(page).getByText('What changed in the description').click()
  await expect(history(page).getByText('Since **midnight** nothing came.')).toBeVisible()
})

test('a request shows the answers of its template under their questions, and who approved it', async ({ page }) => {
  const item = await file(page, 'contributor', {
    item_type: 'PLATFORM_REQUEST',
    title: 'Read the orders',
    template: 'access',
    answers: {
      resource: 'main.sales.orders',
      level: 'Read',
      principal: 'ann@x.example',
      personal_data: false,
      justification: 'Reports',
    },
  })
  await open(page, 'admin', item)
  const facts = page.getByRole('complementary', { name: 'Facts' })
  await expect(facts).toContainText('Catalog, schema, table or dashboard')
  await expect(facts).toContainText('main.sales.orders')
  await expect(facts).toContainText('Not approved')
  await actions(page).getByRole('button', { name: 'Approve' }).click()
  await expect(state(page, 'Approved')).toBeVisible()
  await expect(facts).toContainText('admin@localhost')
})

test('an administrator deletes a ticket after a question; its address then leads nowhere', async ({
  page,
  complaints,
}) => {
  const item = await file(page, 'contributor')
  await open(page, 'admin', item)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('dialog', { name: 'Delete this ticket?' }).getByRole('button', { name: 'Delete' }).click()
  await expect(page).toHaveURL(/\/tickets$/)
  await page.goto(`/tickets/${item.id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'No such ticket' })).toBeVisible()
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([])
  complaints.length = 0
})

test('what others do appears by itself, and a comment being written stays', async ({ page }) => {
  const item = await file(page, 'contributor')
  await open(page, 'contributor', item)
  const field = page.getByRole('textbox', { name: 'Comment' })
  await field.fill('Half a sen')
  await send(page, 'triager', 'POST', `${WORK_ITEMS}/${item.id}/comments`, { body: 'Look at the log' })
  await expect(history(page)).toContainText('Look at the log')
  await expect(field).toHaveValue('Half a sen')
})

test('too many comments: the text is kept, it is said when to try again, and then it goes through', async ({
  page,
  complaints,
}) => {
  const item = await file(page, 'contributor')
  await open(page, 'contributor', item)
  const refusal = { error: { code: 'rate_limited', message: 'Too many', request_id: 'x' } }
  await page.route(
    '**/comments',
    (route) => route.fulfill({ status: 429, headers: { 'retry-after': '2' }, json: refusal }),
    {
      times: 1,
    },
  )
  const box = page.getByRole('form', { name: 'Write a comment' })
  await box.getByRole('textbox', { name: 'Comment' }).fill('Once more')
  await box.getByRole('button', { name: 'Post comment' }).click()
  await expect(box.getByRole('alert')).toContainText('Your text is kept; you can post it')
  await expect(box.getByRole('textbox', { name: 'Comment' })).toHaveValue('Once more')
  await box.getByRole('button', { name: 'Post comment' }).click()
  await expect(history(page).getByRole('article')).toContainText('Once more')
  expect(complaints.filter((text) => !text.includes('429'))).toEqual([])
  complaints.length = 0
})

/** A step's button, or its place in the menu. */
async function take(page: Page, label: string): Promise<void> {
  const button = actions(page).getByRole('button', { name: label, exact: true })
  await expect(page.getByRole('button', { name: 'More actions' })).toBeVisible()
  if ((await button.count()) === 0) await page.getByRole('button', { name: 'More actions' }).click()
  await button.or(page.getByRole('menuitem', { name: label, exact: true })).click()
}
