import type { WorkItem, WorkItemCreate } from '../../src/contracts/tickets.ts'
import { categoryOf, type ItemState, type ItemType } from '../../src/contracts/workflows.ts'
import { newId } from '../../src/server/storage/ids.ts'
import { workItem } from '../../src/server/storage/samples.ts'
import type { Records } from '../../src/server/storage/tables.ts'
import { type Client, makePlatform, openPortal } from './portal.ts'

const people = ['ann', 'ben', 'tri', 'own', 'far', 'root'] as const
export type PersonName = (typeof people)[number]
export const emailOf = (name: PersonName) => `${name}@x.example`

/**
 * A portal behind a proxy with two platforms and these people: ann and ben contribute, tri triages everywhere, own
 * owns the first platform, far the second, root is admin.
 */
export async function openTickets(env: Record<string, string> = {}) {
  const p = await openPortal({
    env: {
      TRUSTED_PROXIES: '127.0.0.0/8',
      BOOTSTRAP_ADMINS: emailOf('root'),
      RATE_LIMIT_COMMENT: '10000',
      RATE_LIMIT_VOTE: '10000',
      ...env,
    },
  })
  const as = (name: PersonName): Client => p.withHeaders({ 'x-forwarded-email': emailOf(name) })
  const root = { ...p, admin: as('root') }
  const here = await makePlatform(root)
  const there = await makePlatform(root)
  for (const [name, role, platform_id] of [
    ['ann', 'contributor', null],
    ['ben', 'contributor', null],
    ['tri', 'triager', null],
    ['own', 'service_owner', here.id],
    ['far', 'service_owner', there.id],
  ] as const) {
    const body = { principal_kind: 'user' as const, principal: emailOf(name), role, platform_id }
    const { error } = await as('root').roleBindingCreate({ body })
    if (error !== null) throw new Error(error.message)
  }

  return {
    p,
    as,
    here,
    there,
    async file(name: PersonName, more: Partial<WorkItemCreate> = {}): Promise<WorkItem> {
      const body = { item_type: 'INCIDENT' as const, title: 'The orders are late', platform_id: here.id, ...more }
      const { body: item, error } = await as(name).workItemCreate({ body })
      if (error !== null) throw new Error(JSON.stringify(error))
      return item
    },
    /** Straight into the store, in any state that there is. */
    async put(
      type: ItemType,
      state: ItemState,
      { by = 'ann', ...more }: Partial<Records['work_items']> & { by?: PersonName } = {},
    ): Promise<string> {
      const id = newId(p.now)
      const fields = {
        ...workItem({ title: 'The orders are late', severity: null, state_at: p.at() }),
        item_type: type,
        state,
        category: categoryOf[state],
        platform_id: here.id,
        ...more,
      }
      await p.portal.journal.commit([{ table: 'work_items', id, expectedVersion: 0, fields }], {
        by: emailOf(by),
        actor: null,
        at: p.now,
        action: 'work_item.create',
        requestId: newId(p.now),
      })
      return id
    },
    async read(name: PersonName, id: string) {
      const { body, error } = await as(name).workItemRead({ params: { id } })
      if (error !== null) throw new Error(JSON.stringify(error))
      return body
    },
  }
}

export type TestTickets = Awaited<ReturnType<typeof openTickets>>
