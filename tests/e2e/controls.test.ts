import type { Me } from '../../src/contracts/access.ts'
import type { Permission } from '../../src/contracts/permissions.ts'
import { personRoles } from '../../src/contracts/roles.ts'
import { controlPages } from './control-pages.ts'
import { type May, makeSubjects, mayOf } from './controls.ts'
import { expect, test } from './fixtures.ts'
import { send } from './ticket-api.ts'

for (const role of personRoles) {
  test(`a ${role} is shown a control if and only if the call behind it is allowed`, async ({ page, portal }) => {
    test.setTimeout(150_000)
    await portal.judge()
    const subjects = await makeSubjects(page)
    const me: Me = await (await send(page, role, 'GET', '/api/v1/me')).json()
    const may: May = Object.assign(mayOf(me), {
      somewhere: (permission: Permission) => me.permissions[permission] !== undefined,
    })
    await page.goto('/')
    await page.getByLabel('Persona').selectOption(role)
    await expect(page.getByText(`${role} (persona)`)).toBeVisible()

    for (const [name, one] of Object.entries(controlPages)) {
      await test.step(name, async () => {
        await page.goto(one.path(subjects))
        const isRead = one.reads(may)
        if (isRead) await expect(one.ready(page, subjects)).toBeVisible()
        else await expect(page.getByRole('heading', { level: 1, name: 'You may not see this' })).toBeVisible()
        await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0)
        if (isRead) await one.open?.(page)
        const wanted = one.controls.map((control) => ({
          ...control,
          isAllowed: isRead && control.needs(may, subjects),
        }))
        // First those that come, so that those which must not have had their time to.
        for (const { what, find, isAllowed } of wanted)
          if (isAllowed) await expect(find(page, subjects).first(), `${name}: ${what}`).toBeAttached()
        for (const { what, find, isAllowed } of wanted)
          if (!isAllowed) await expect(find(page, subjects), `${name}: ${what}`).toHaveCount(0)
      })
    }
  })
}
