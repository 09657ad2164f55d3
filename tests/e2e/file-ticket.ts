import type { Page } from '@playwright/test'
import type { PersonRole } from '../../src/contracts/roles.ts'
import type { Platform } from '../../src/contracts/status.ts'
import type { WorkItem, WorkItemCreate } from '../../src/contracts/tickets.ts'

/** Past the page, as a program does it; as the administrator of local mode, or as a persona. */
export async function fileTicket(page: Page, create: Partial<WorkItemCreate>, persona?: PersonRole): Promise<WorkItem> {
  const answer = await page.request.post('/api/v1/work-items', {
    data: { item_type: 'INCIDENT', title: 'The orders are late', description: 'Since this morning', ...create },
    headers: persona === undefined ? {} : { 'x-dev-persona': persona },
  })
  if (answer.status() !== 201) throw new Error(`${answer.status()} ${await answer.text()}`)
  return await answer.json()
}

export async function moveTicket(page: Page, item: WorkItem, move: Record<string, unknown>): Promise<WorkItem> {
  const answer = await page.request.post(`/api/v1/work-items/${item.id}/transitions`, {
    data: { expected_version: item.version, ...move },
  })
  if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`)
  return await answer.json()
}

export async function platformNamed(page: Page, name: string): Promise<Platform> {
  const answer = await page.request.get('/api/v1/platforms?limit=200')
  const { items } = (await answer.json()) as { items: Platform[] }
  const platform = items.find((candidate) => candidate.name === name)
  if (platform === undefined) throw new Error(`No platform is called ${name}`)
  return platform
}
