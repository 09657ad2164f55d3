import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as bare, type Page } from '@playwright/test'
import { type Heard, listen, odditiesIn, servePictures } from '../xss/listen.ts'
import { asLine, batches, MARKER, vectors } from '../xss/vectors.ts'
import { expect, test } from './fixtures.ts'
import { actAs, send, WORK_ITEMS } from './ticket-api.ts'

const BATCH = 80
const MESSAGES = '/api/v1/status-messages'
const QUIET: Heard = { ran: [], violations: [], foreign: [] }

/** Ten at a time: a portal has its limits. */
async function each<T, R>(items: readonly T[], act: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let i = 0; i < items.length; i += 10)
    done.push(...(await Promise.all(items.slice(i, i + 10).map((item, k) => act(item, i + k)))))
  return done
}

async function file(page: Page, title: string, description = ''): Promise<{ id: string; title: string }> {
  const data = { item_type: 'INCIDENT', severity: 'LOW', title, description }
  return (await send(page, 'contributor', 'POST', WORK_ITEMS, data)).json()
}

/** A listener to the whole test, whose pages show what is written in our own words too. */
async function hear(page: Page, origin: string): Promise<Heard> {
  await servePictures(page, origin)
  return listen(page, origin)
}

const rendered = (page: Page) => page.locator('[class*="_rendered_"]')

test('in descriptions and titles of tickets nothing runs, nothing loads, nothing is stopped', async ({
  page,
  portal,
}) => {
  const heard = await hear(page, portal.origin)
  await actAs(page, 'contributor')
  const titles = [...new Set(vectors.map((vector) => asLine(vector)))].filter((title) => title !== '')
  for (const [i, description] of batches(BATCH).entries()) {
    const { id, title } = await file(page, titles[i * BATCH] ?? 'x', description)
    await page.goto(`/tickets/${id}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
    expect(await page.title()).toContain(title.replace(/\s+/g, ' '))
    await expect(page.getByText(MARKER, { exact: true })).toHaveCount(Math.min(BATCH, vectors.length - i * BATCH))
    await expect(rendered(page)).toHaveCount(1)
    expect(await odditiesIn(page)).toEqual([])
  }
  await each(
    titles.filter((_, i) => i % 3 === 0),
    (title) => file(page, title),
  )
  await page.goto('/tickets')
  await expect(async () => {
    const more = page.getByRole('button', { name: /more/i }).last()
    if (await more.isVisible()) await more.click()
    expect(await page.locator('main a[href^="/tickets/"]').count()).toBeGreaterThan(titles.length / 3)
  }).toPass()
  expect(await odditiesIn(page)).toEqual([])
  expect(heard).toEqual(QUIET)
})

test('in comments nothing runs, nothing loads, nothing is stopped', async ({ page, portal }) => {
  const heard = await hear(page, portal.origin)
  await actAs(page, 'contributor')
  // As many to a ticket as come in one page.
  for (let from = 0; from < vectors.length; from += 160) {
    const some = vectors.slice(from, from + 160)
    const { id } = await file(page, 'What people write')
    // One letter of markdown, so that each is rendered rather than shown as the plain line that it may be.
    await each(some, (vector) =>
      send(page, 'contributor', 'POST', `${WORK_ITEMS}/${id}/comments`, { body: `${vector}\n\n*x*` }),
    )
    await page.goto(`/tickets/${id}`)
    await expect(rendered(page)).toHaveCount(some.length)
    expect(await odditiesIn(page)).toEqual([])
  }
  expect(heard).toEqual(QUIET)
})

test('in messages nothing runs, nothing loads, nothing is stopped', async ({ page, portal }) => {
  const heard = await hear(page, portal.origin)
  const bodies = batches(BATCH)
  await each(bodies, async (body, i) => {
    const data = { severity: 'info', title: asLine(vectors[i * 7] ?? ''), body }
    const { id } = await (await send(page, 'admin', 'POST', MESSAGES, data)).json()
    await send(page, 'admin', 'POST', `${MESSAGES}/${id}/publish`, { expected_version: 1 })
  })
  await actAs(page, 'viewer')
  await page.goto('/')
  await expect(page.getByText(MARKER, { exact: true })).toHaveCount(vectors.length)
  expect(await odditiesIn(page)).toEqual([])
  expect(heard).toEqual(QUIET)
})

test('in names and definitions of terms, and in their cards, nothing runs', async ({ page, portal }) => {
  const heard = await hear(page, portal.origin)
  const some = vectors.filter((_, i) => i % 12 === 0)
  await each(some, (vector, i) =>
    send(page, 'triager', 'POST', '/api/v1/glossary', {
      term: `${i} ${asLine(vector, 100)}`,
      synonyms: [`word${i}`],
      domain: asLine(vector, 60) || 'x',
      definition: `${vector}\n\nx`,
      steward: asLine(vector),
      status: 'active',
    }),
  )
  const { id } = await file(page, 'Words', `*All:* ${some.map((_, i) => `word${i}`).join(' ')}`)
  await actAs(page, 'contributor')
  await page.goto(`/tickets/${id}`)
  const marks = page.locator('a[href^="/glossary/"]:not([role="group"] a)')
  await expect(marks).toHaveCount(some.length)
  for (const [i] of some.entries()) {
    await marks.nth(i).focus()
    await expect(page.getByRole('group', { name: 'Glossary' })).toContainText('Steward')
    expect(await odditiesIn(page)).toEqual([])
  }
  expect(heard).toEqual(QUIET)
})

bare('the same vectors, put into a page as they are and without a policy, do run', async ({ page }) => {
  const server = createServer(({ url = '/' }, response) => {
    const vector = vectors[Number(/^\/raw\/(\d+)$/.exec(url)?.[1] ?? -1)]
    const frames = vectors.map((_, i) => `<iframe src="/raw/${i}"></iframe>`).join('')
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(`<!doctype html><body>${url === '/' ? frames : (vector ?? '')}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // It listens on a port.
  const heard = await listen(page, origin)
  await page.goto(origin, { waitUntil: 'commit' })
  await expect.poll(() => new Set(heard.ran).size).toBeGreaterThanOrEqual(20)
  await expect.poll(() => heard.foreign.length).toBeGreaterThanOrEqual(5)
  server.closeAllConnections()
  server.close()
})
