import { randomUUID } from 'node:crypto'
import { type APIResponse, expect, type Page } from '@playwright/test'
import type { PersonRole } from '../../src/contracts/roles.ts'

export const WORK_ITEMS = '/api/v1/work-items'

/**
 * Past the page, as a program does it. A portal that has just begun is busy with its sample past and says so; the same
 * act, known by its key, is then sent again.
 */
export async function send(
  page: Page,
  persona: PersonRole,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  data?: unknown,
): Promise<APIResponse> {
  const headers = { 'x-dev-persona': persona, ...(method === 'POST' && { 'idempotency-key': randomUUID() }) }
  let answer: APIResponse | undefined
  await expect(async () => {
    answer = await page.request.fetch(path, { method, headers, ...(data !== undefined && { data }) })
    expect(answer.status()).not.toBe(503)
  }).toPass()
  if (answer === undefined || !answer.ok()) throw new Error(`${answer?.status()} ${await answer?.text()}`)
  return answer
}

/** Every page of this window is read as one of the personas. */
export const actAs = (page: Page, persona: PersonRole) =>
  page.addInitScript((role) => sessionStorage.setItem('lakeport.persona', role), persona)
