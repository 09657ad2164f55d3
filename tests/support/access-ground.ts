import { type Role, roles } from '../../src/contracts/roles.ts'
import type { Severity } from '../../src/contracts/status.ts'
import { newId } from '../../src/server/storage/ids.ts'
import { workItem } from '../../src/server/storage/samples.ts'
import type { Records, RecordTopic } from '../../src/server/storage/tables.ts'
import { type Client, makeCheck } from './portal.ts'
import { openTickets } from './tickets.ts'

/** Where a role holds: everywhere, on the platform that is acted on, or on another one. */
export const places = ['everywhere', 'here', 'there'] as const
export type Place = (typeof places)[number]

export interface Caller {
  role: Role
  place: Place
  /** As it is written in `created_by`. */
  id: string
  client: Client
  secret: string
}

/**
 * A portal with something of everything on the platform `here`, and one caller for every role at every place. Callers
 * are tokens: those have the one role and nothing by default, and what they may do is decided anew at each request.
 */
export async function openGround() {
  const t = await openTickets({ RATE_LIMIT_VOTE: '100000', RATE_LIMIT_COMMENT: '100000', RATE_LIMIT_WRITE: '100000' })
  const root = t.as('root')
  const callers: Caller[] = []
  for (const role of roles)
    for (const place of places) {
      if (role === 'service_owner' && place === 'everywhere') continue
      const platform_id = place === 'everywhere' ? null : t[place].id
      const name = `${role} ${place}`
      const body = { name, role, platform_id, expires_at: t.p.at(86_400_000) }
      const { body: made, error } = await root.apiTokenCreate({ body })
      if (error !== null) throw new Error(error.message)
      const client = t.p.withHeaders({ authorization: `Bearer ${made.secret}` })
      callers.push({ role, place, id: `token:${name}`, client, secret: made.secret })
    }

  let count = 0
  const fresh = () => `Fresh ${++count}`
  /** Straight into the store, by whomever. */
  async function put<N extends RecordTopic>(table: N, fields: Records[N], by = 'somebody@x.example'): Promise<string> {
    const id = newId(t.p.now)
    const act = { by, actor: null, at: t.p.now, action: 'test.put', requestId: newId(t.p.now) }
    await t.p.portal.journal.commit([{ table, id, expectedVersion: 0, fields: { ...fields } }], act)
    return id
  }
  const as = { ...t.p, admin: root }
  const ground = {
    ...t,
    root,
    callers,
    fresh,
    platform: async () => (await root.platformCreate({ body: { name: fresh(), domain: 'x' } })).body,
    check: (more = {}) => makeCheck(as, t.here.id, more),
    message: async () =>
      (await root.statusMessageCreate({ body: { severity: 'info', title: fresh(), platform_ids: [t.here.id] } })).body,
    ticket: (by?: string, title = fresh()) =>
      put('work_items', workItem({ severity: null, platform_id: t.here.id, title }), by),
    comment: (work_item_id: string, by?: string) =>
      put('work_item_comments', { work_item_id, body: 'Said', by_staff: false }, by),
    card: async (theme = 'x') =>
      (await root.roadmapCreate({ body: { title: fresh(), theme, phase: 'now', platform_id: t.here.id } })).body,
    alert: (subject = fresh()) =>
      put('alerts', {
        ...{ rule: 'check.failing', subject, episode: 1, name: subject, platform_id: t.here.id, state: 'firing' },
        ...{ reason: 'failing', detail: null, pending_since: t.p.at(), firing_since: t.p.at() },
        ...{ recovering_since: null, resolved_at: null, acknowledged_by: null, acknowledged_at: null, note: null },
      }),
    term: async () => (await root.glossaryCreate({ body: { term: fresh(), domain: 'x' } })).body,
  }
  const check = await ground.check()
  const pushed = await ground.check({ source: { connector: 'push' } })
  await root.statusResultPush({ body: { check_id: pushed.id, measured_at: t.p.at(), outcome: 'ok' } })
  const message = await ground.message()
  await root.statusMessagePublish({ params: { id: message.id }, body: { expected_version: 1 } })
  const published = async (severity: Severity, offsetMs: number) => {
    const body = { severity, title: fresh(), platform_ids: [t.here.id], start_at: t.p.at(offsetMs) }
    const { id } = (await root.statusMessageCreate({ body })).body
    return (await root.statusMessagePublish({ params: { id }, body: { expected_version: 1 } })).body
  }
  const ticket = await ground.ticket(undefined, 'Landmark of the tickets')
  return {
    ...ground,
    there_is: {
      check,
      pushed,
      message,
      warning: await published('warning', -60_000),
      goingOn: await published('maintenance', -60_000),
      toCome: await published('maintenance', 86_400_000 * 30),
      ticket,
      card: await ground.card('Landmark of the themes'),
      term: await ground.term(),
      alert: await ground.alert(),
    },
  }
}

export type Ground = Awaited<ReturnType<typeof openGround>>
