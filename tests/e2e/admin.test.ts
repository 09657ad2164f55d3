import { expect, test } from './fixtures.ts'

test('two people edit one platform: the second keeps the draft, compares, and both texts can be kept', async ({
  page,
  browser,
  portal,
  complaints,
}) => {
  const other = await (await browser.newContext({ baseURL: portal.origin })).newPage()
  for (const one of [page, other]) {
    await one.goto('/admin/platforms')
    await one.getByRole('button', { name: 'Edit Customer 360' }).click()
  }
  await page.getByLabel('Owner').fill('First team')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await other.getByLabel('Owner').fill('Second team')
  await other.getByLabel('Description').fill('Written by the second')
  await other.getByRole('button', { name: 'Save', exact: true }).click()
  const conflict = other.getByRole('dialog', { name: 'Somebody saved this first' })
  await expect(conflict).toContainText('First team')
  await expect(conflict).toContainText('Second team')
  await conflict
    .getByRole('radiogroup', { name: 'Owner' })
    .getByRole('radio', { name: /Theirs/ })
    .check()
  await conflict.getByRole('button', { name: 'Save this' }).click()
  await expect(other.getByRole('dialog')).toHaveCount(0)
  await page.goto('/')
  await page.getByRole('link', { name: 'Customer 360' }).first().click()
  await expect(page.getByText('Written by the second')).toBeVisible()
  await expect(page.getByText('First team')).toBeVisible()
  await other.close()
  // The refused save is a 409, which the browser reports.
  expect(complaints.filter((text) => !text.includes('409'))).toEqual([])
  complaints.length = 0
})

test('a check with limits the wrong way round is refused with the field named, and nothing typed is lost', async ({
  page,
  complaints,
}) => {
  await page.goto('/admin/checks')
  await page.getByRole('button', { name: 'Add check' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add check' })
  await dialog.getByLabel('Name', { exact: false }).first().fill('Nightly load')
  await dialog.getByRole('button', { name: 'Add check' }).click()
  await expect(dialog.getByRole('alert').or(dialog.locator('[aria-invalid=true]')).first()).toBeVisible()
  await expect(dialog.getByLabel('Name', { exact: false }).first()).toHaveValue('Nightly load')
  expect(complaints).toEqual([])
})

for (const [persona, sections] of [
  ['viewer', []],
  ['triager', ['Runs', 'Alerts', 'Permissions']],
  ['service_owner', ['Platforms', 'Checks', 'Messages', 'Runs', 'Alerts', 'Permissions']],
  ['admin', ['Platforms', 'Checks', 'Messages', 'Runs', 'Alerts', 'Access', 'API tokens', 'Permissions', 'Audit']],
] as const) {
  test(`a ${persona} is shown the sections that the calls behind them allow`, async ({ page }) => {
    await page.goto('/')
    await page.getByLabel('Persona').selectOption(persona)
    await expect(page.getByText(`${persona} (persona)`)).toBeVisible()
    const admin = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Admin' })
    if (sections.length === 0) {
      await expect(admin).toHaveCount(0)
      return
    }
    await admin.click()
    await expect(page.getByRole('navigation', { name: 'Admin sections' }).getByRole('link')).toHaveText([...sections])
    await page.getByRole('navigation', { name: 'Admin sections' }).getByRole('link', { name: 'Runs' }).click()
    await expect(page.getByRole('table', { name: 'Runs' })).toBeVisible()
    // The groups of the workspace belong to no platform, so only an admin may have them read.
    const runnable = { viewer: 0, triager: 0, service_owner: 8, admin: 9 }[persona]
    await expect(page.getByRole('button', { name: /^Run now/ })).toHaveCount(runnable)
  })
}
