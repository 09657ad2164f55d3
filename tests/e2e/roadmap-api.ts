import type { Locator, Page } from '@playwright/test'
import type { RoadmapItem } from '../../src/contracts/roadmap.ts'
import type { Phase } from '../../src/contracts/roadmap-ref.ts'
import { send } from './ticket-api.ts'

export const ROADMAP = '/api/v1/roadmap'
export const THEME = 'Zebra stripes'

/** Only what the test made, in one theme. */
export const board = `/roadmap?theme=${encodeURIComponent(THEME)}`

export async function add(page: Page, title: string, more: Record<string, unknown> = {}): Promise<RoadmapItem> {
  const answer = await send(page, 'admin', 'POST', ROADMAP, { title, theme: THEME, phase: 'next', ...more })
  return (await answer.json()) as RoadmapItem
}

/** What the portal has, in its order, as against what the page shows before it is kept. */
export async function saved(page: Page, phase: Phase = 'next', theme = THEME): Promise<string[]> {
  const query = `theme=${encodeURIComponent(theme)}&phase=${phase}&limit=200`
  const answer = await send(page, 'admin', 'GET', `${ROADMAP}?${query}`)
  const { items } = (await answer.json()) as { items: RoadmapItem[] }
  return items.map(({ title }) => title)
}

export const column = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
export const cards = (page: Page, name: string): Locator => column(page, name).getByRole('heading', { level: 3 })
export const handle = (page: Page, title: string): Locator =>
  page.getByRole('button', { name: `Move ${title}`, exact: true })
