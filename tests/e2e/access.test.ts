import type { Page } from '@playwright/test'
import type { RoleBinding } from '../../src/contracts/access.ts'
import { expect, expectAccessible, test } from './fixtures.ts'
import { actAs, send } from './ticket-api.ts'

const BINDINGS = '/api/v1/role-bindings'

const bindings = (page: Page) => page.getByRole('table', { name: 'Role bindings' })
const rowOf = (page: Page, name: string) => bindings(page).getByRole('row').filter({ hasText: name })

async function grant(page: Page, principal: string, role: string): Promise<RoleBinding> {
  const data = { principal_kind: 'user', principal, role }
  return (await send(page, 'admin', 'POST', BINDINGS, data)).json()
}

test('a role is granted, found by its filters, and removed after a question', async ({ page }) => {
  await page.goto('/admin/access')
  await page.getByRole('button', { name: 'Grant a role' }).click()
  const dialog = page.getByRole('dialog', { name: 'Grant a role' })
  await dialog.getByRole('button', { name: 'Grant role' }).click()
  await expect(dialog.getByText('Say who')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Ann@X.example')
  await dialog.getByLabel('Role').selectOption('service_owner')
  await dialog.getByRole('button', { name: 'Grant role' }).click()
  await expect(dialog.getByText('This role needs a platform')).toBeVisible()
  await dialog.getByLabel('Where').selectOption({ label: 'Customer 360' })
  await dialog.getByRole('button', { name: 'Grant role' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(rowOf(page, 'ann@x.example')).toContainText('Service owner')
  await expect(rowOf(page, 'ann@x.example')).toContainText('Customer 360')
  await expect(rowOf(page, 'ann@x.example')).toContainText('by dev@localhost')

  await grant(page, 'ben@x.example', 'triager')
  await page.getByLabel('Person or group').fill('ANN')
  await page.getByLabel('Person or group').press('Enter')
  await expect(page).toHaveURL(/principal=ANN/)
  await expect(bindings(page).getByRole('rowheader')).toHaveText(['ann@x.example'])
  await page.getByLabel('Role', { exact: true }).selectOption('triager')
  await expect(page.getByRole('heading', { name: 'No role matches' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'No role matches' }), 'the filter is the address').toBeVisible()
  await page.getByRole('link', { name: 'Clear the filters' }).click()
  await expect(bindings(page).getByRole('rowheader')).toHaveText(['ben@x.example', 'ann@x.example', 'dev@localhost'])

  await page.getByRole('button', { name: 'Remove: ann@x.example' }).click()
  const question = page.getByRole('dialog', { name: 'Remove this role?' })
  await expect(question).toContainText('ann@x.example is then no longer service owner of Customer 360')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(rowOf(page, 'ann@x.example')).toBeVisible()
  await page.getByRole('button', { name: 'Remove: ann@x.example' }).click()
  await question.getByRole('button', { name: 'Remove role' }).click()
  await expect(rowOf(page, 'ann@x.example')).toHaveCount(0)
})

test('the last administrator stays, and why is said where it was asked', async ({ page, complaints }) => {
  await page.goto('/admin/access')
  const remove = page.getByRole('button', { name: 'Remove: dev@localhost, Administrator' })
  await remove.click()
  const question = page.getByRole('dialog', { name: 'Remove this role?' })
  await expect(question).toContainText('That is you')
  await question.getByRole('button', { name: 'Remove role' }).click()
  await expect(question.getByRole('alert')).toHaveText('This is the last administrator. Make another one first.')
  await page.keyboard.press('Escape')
  await expect(remove).toBeFocused()
  await expect(rowOf(page, 'dev@localhost')).toBeVisible()
  // The refused removal is a 409, which the browser reports.
  expect(complaints.filter((text) => !text.includes('409'))).toEqual([])
  complaints.length = 0
})

test('a token is shown its secret once, works until it is revoked, and the audit tells of both', async ({
  page,
  portal,
}) => {
  await page.goto('/admin/tokens')
  await page.getByRole('button', { name: 'New API token' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New API token' })
  await dialog.getByLabel('Name').fill('nightly load')
  await dialog.getByLabel('Role').selectOption('viewer')
  await dialog.getByRole('button', { name: 'Make token' }).click()
  const shown = page.getByRole('dialog', { name: 'The secret of nightly load' })
  const secret = await shown.getByRole('textbox', { name: 'Secret' }).inputValue()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await shown.getByRole('button', { name: 'Copy secret' }).click()
  await expect(shown.getByText('Copied.')).toBeVisible()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret)
  await shown.getByRole('button', { name: 'Done' }).click()
  const row = page.getByRole('table', { name: 'API tokens' }).getByRole('row').filter({ hasText: 'nightly load' })
  await expect(row).toContainText('In force')
  expect(await page.content()).not.toContain(secret)
  expect(await keptInBrowser(page)).not.toContain(secret)

  const whoAmI = () => fetch(`${portal.origin}/api/v1/me`, { headers: { authorization: `Bearer ${secret}` } })
  expect(await (await whoAmI()).json()).toMatchObject({
    id: 'token:nightly load',
    roles: [{ role: 'viewer', platform_id: null }],
  })
  await page.getByRole('button', { name: 'Revoke nightly load' }).click()
  await page.getByRole('dialog', { name: 'Revoke nightly load?' }).getByRole('button', { name: 'Revoke token' }).click()
  await expect(row).toContainText('Revoked')
  await expect(row.getByRole('button')).toHaveCount(0)
  expect((await whoAmI()).status).toBe(401)

  await page.getByRole('link', { name: 'Audit' }).click()
  await page.getByLabel('Kind of record').selectOption('api_tokens')
  await expect(page).toHaveURL(/table=api_tokens/)
  const entries = page.getByRole('list', { name: 'What was changed' }).getByRole('listitem')
  await expect(entries).toHaveCount(2)
  await expect(entries.first()).toContainText('Changed: API token nightly load')
  await entries.first().getByText('Fields: revoked at').click()
  await expect(entries.first()).toContainText('api_token.revoke')
  await entries
    .last()
    .getByText(/^Fields: name/)
    .click()
  await expect(entries.last().getByRole('row').filter({ hasText: 'secret hash' })).toContainText('a secret, not shown')
  expect(await page.content()).not.toContain(secret)
})

test('a token that has ended says so', async ({ page }) => {
  const data = { name: 'short', role: 'scraper', expires_at: '2090-01-01T00:00:00.000Z' }
  await send(page, 'admin', 'POST', '/api/v1/api-tokens', data)
  await page.goto('/admin/tokens')
  await expect(page.getByText('In force')).toBeVisible()
  // The browser goes by the clock of the answers, which no test can move.
  await page.route('**/api/v1/api-tokens*', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, body: (await answer.text()).replace('2090', '2020') })
  })
  await page.reload()
  await expect(page.getByText('Expired')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Revoke short' })).toHaveCount(0)
})

test('the audit is narrowed by person, day and record, and leads to the record', async ({ page }) => {
  const { id } = await grant(page, 'cleo@x.example', 'triager')
  await send(page, 'admin', 'DELETE', `${BINDINGS}/${id}?expected_version=1`)
  const item = await (
    await send(page, 'contributor', 'POST', '/api/v1/work-items', { item_type: 'INCIDENT', title: 'It is late' })
  ).json()
  await page.goto('/admin/audit')
  const entries = page.getByRole('list', { name: 'What was changed' }).getByRole('listitem')
  await expect(entries.first()).toContainText('Made: ticket It is late')
  await page.getByLabel('Done by').selectOption('all')
  await expect(page).toHaveURL(/portal=true/)
  await expect(entries.filter({ hasText: 'system:ingestion' }).first()).toBeVisible()
  await page.getByLabel('By', { exact: true }).fill('Contributor@localhost')
  await page.getByLabel('By', { exact: true }).press('Enter')
  await expect(page).toHaveURL(/actor=contributor/)
  await expect(entries).toHaveCount(1)
  await page.getByLabel('To', { exact: true }).fill('2020-01-01')
  await page.getByLabel('To', { exact: true }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
  await page.getByRole('link', { name: 'Clear the filters' }).click()
  await expect(page.getByLabel('By', { exact: true })).toHaveValue('')
  await entries.first().getByRole('link', { name: 'It is late' }).click()
  await expect(page).toHaveURL(new RegExp(`/tickets/${item.id}$`))

  await page.goto(`/admin/audit?record=${id}`)
  await expect(entries).toHaveCount(2)
  await expect(entries.first()).toContainText('Deleted: role cleo@x.example')
  await expect(entries.first().getByRole('link')).toHaveCount(0)
  await entries.last().locator('summary').focus()
  await page.keyboard.press('Enter')
  await expect(entries.last().getByRole('table', { name: 'Changed fields' })).toContainText('triager')
})

test('the matrix says what each role may do, and which is mine', async ({ page }) => {
  await actAs(page, 'viewer')
  await page.goto('/admin/permissions')
  const matrix = page.getByRole('table', { name: 'What each role may do' })
  await expect(matrix.getByRole('columnheader', { name: /^Viewer/ })).toContainText('yours')
  await expect(matrix.getByRole('columnheader', { name: 'Administrator' })).not.toContainText('yours')
  const row = matrix.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'comment.delete' }) })
  await expect(row.getByRole('cell')).toHaveText([
    'no',
    'own records',
    'yes',
    'own records, own platforms',
    'yes',
    'no',
    'no',
  ])
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Admin' })).toHaveCount(0)
  await page.setViewportSize({ width: 375, height: 800 })
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375)
})

test('whoever may not is told what it takes, and asks for nothing', async ({ page }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await actAs(page, 'service_owner')
  for (const [path, permission] of [
    ['access', 'role_binding.read'],
    ['tokens', 'token.write'],
    ['audit', 'audit.read'],
  ] as const) {
    await page.goto(`/admin/${path}`)
    await expect(page.getByRole('heading', { level: 1, name: 'You may not see this' })).toBeVisible()
    await expect(page.getByText(`needs the permission ${permission}`)).toBeVisible()
  }
  expect(asked.filter((path) => /role-bindings|api-tokens|audit$/.test(path) && path.startsWith('/api'))).toEqual([])
})

for (const theme of ['light', 'dark'] as const) {
  test(`the access pages and their dialogs have nothing for axe to find, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await grant(page, 'ann@x.example', 'triager')
    const data = { name: 'nightly', role: 'ingestor', expires_at: '2090-01-01T00:00:00.000Z' }
    await send(page, 'admin', 'POST', '/api/v1/api-tokens', data)
    for (const [path, button] of [
      ['access', 'Grant a role'],
      ['access', 'Remove: ann@x.example, Triager'],
      ['tokens', 'New API token'],
      ['tokens', 'Revoke nightly'],
      ['permissions', null],
      ['audit', null],
    ] as const) {
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.goto(`/admin/${path}`)
      await expect(page.getByRole(path === 'audit' ? 'list' : 'table').last()).toBeVisible()
      if (path === 'audit') await page.locator('summary').first().click()
      await expectAccessible(page)
      if (button !== null) {
        await page.getByRole('button', { name: button }).first().click()
        await expect(page.getByRole('dialog')).toBeVisible()
        await expectAccessible(page)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toHaveCount(0)
      }
      await page.setViewportSize({ width: 375, height: 800 })
      await expectAccessible(page)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375)
    }
  })
}

/** Everything that this browser keeps for the portal: storages, cookies, databases, caches, and the state of the history. */
async function keptInBrowser(page: Page): Promise<string> {
  const kept = await page.evaluate<string>(`(async () => {
    const cached = (await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url))
    const databases = await indexedDB.databases()
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, databases, await Promise.all(cached)])
  })()`)
  // What looks empty because the search is wrong would prove nothing.
  expect(kept).toContain('__TSR_key')
  return kept + JSON.stringify(await page.context().cookies())
}
