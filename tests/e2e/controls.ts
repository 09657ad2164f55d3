import type { Locator, Page } from '@playwright/test'
import type { Me } from '../../src/contracts/access.ts'
import type { Permission } from '../../src/contracts/permissions.ts'
import { send, WORK_ITEMS } from './ticket-api.ts'

/** What the pages are about: made once, by people whose personas look at it later. */
export interface Subjects {
  platform: { id: string; name: string }
  check: { name: string; platform_id: string }
  /** Of a check that fires. */
  alert: { name: string; platform_id: string }
  /** By the contributor, on the platform; the triager has commented on it. */
  placed: { id: string; title: string }
  /** By the contributor, on no platform. */
  unplaced: { id: string; title: string }
  draft: { title: string }
  globalDraft: { title: string }
  /** On the roadmap, for the platform and for none. */
  card: { id: string; title: string }
  globalCard: { title: string }
  term: { id: string; term: string }
}

export interface Target {
  platform?: string
  owner?: string
}

/** The portal's own answer to `/api/v1/me`, read without the browser app's help: it is what that is held against. */
export const mayOf =
  ({ id, permissions }: Me) =>
  (permission: Permission, { platform, owner }: Target = {}): boolean => {
    const scope = permissions[permission]
    if (scope === undefined) return false
    const isOwn = owner === id && (scope.own || scope.own_open)
    return scope.everywhere || (platform !== undefined && scope.platform_ids.includes(platform)) || isOwn
  }
export type May = ReturnType<typeof mayOf> & { somewhere(permission: Permission): boolean }

export interface Control {
  what: string
  find(page: Page, s: Subjects): Locator
  /** Whether the call behind it is allowed. */
  needs(may: May, s: Subjects): boolean
}

export interface ControlPage {
  path(s: Subjects): string
  /** Who may not read the page is told so; all of its controls are then absent. */
  reads(may: May): boolean
  /** There once the page shows what it is about. */
  ready(page: Page, s: Subjects): Locator
  /** What must be opened before its controls are there. */
  open?(page: Page): Promise<void>
  controls: readonly Control[]
}

export async function makeSubjects(page: Page): Promise<Subjects> {
  const json = async (...request: Parameters<typeof send> extends [Page, ...infer Rest] ? Rest : never) =>
    (await send(page, ...request)).json()
  const platform = (await json('admin', 'GET', '/api/v1/platforms?limit=1')).items[0]
  const check = (await json('admin', 'GET', `/api/v1/status-checks?platform_id=${platform.id}&limit=1`)).items[0]
  const alert = (await json('admin', 'GET', '/api/v1/alerts?state=firing&limit=1')).items[0]
  const file = (title: string, platform_id: string | null) =>
    json('contributor', 'POST', WORK_ITEMS, { item_type: 'INCIDENT', title, severity: 'LOW', platform_id })
  const draft = (title: string, platform_ids: string[]) =>
    json('admin', 'POST', '/api/v1/status-messages', { severity: 'info', title, platform_ids })
  const card = (title: string, platform_id: string | null) =>
    json('admin', 'POST', '/api/v1/roadmap', { title, theme: 'Controls', phase: 'now', platform_id })
  const placed = await file('The load of tonight', platform.id)
  await json('triager', 'POST', `${WORK_ITEMS}/${placed.id}/comments`, { body: 'Looking' })
  return {
    platform,
    check,
    alert,
    placed,
    unplaced: await file('Something about nothing', null),
    draft: await draft('About one platform', [platform.id]),
    globalDraft: await draft('About everything', []),
    card: await card('Faster on one platform', platform.id),
    globalCard: await card('Faster everywhere', null),
    term: await json('admin', 'POST', '/api/v1/glossary', { term: 'Zebra', domain: 'Animals', status: 'active' }),
  }
}
