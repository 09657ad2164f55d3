import { Ajv } from 'ajv'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Severity } from '../src/contracts/status.ts'
import { makeCheck, makePlatform, openPortal, type TestPortal } from './support/portal.ts'
import { formats, statusPageSchemas } from './support/status-page-schema.ts'

const MINUTE = 60_000

let p: TestPortal
beforeEach(async () => {
  p = await openPortal({ env: { PUBLIC_ORIGIN: 'https://portal.example.com' } })
})
afterEach(() => p.close())

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, formats })
const viewer = () => p.as('viewer')

async function draft(severity: Severity, more: Record<string, unknown> = {}) {
  const answer = await p.admin.statusMessageCreate({ body: { severity, title: `A ${severity}`, ...more } })
  if (answer.error !== null) throw new Error(JSON.stringify(answer.error))
  return answer.body
}
async function publish(severity: Severity, more: Record<string, unknown> = {}) {
  const { id, version } = await draft(severity, more)
  return (await p.admin.statusMessagePublish({ params: { id }, body: { expected_version: version } })).body
}
const note = async ({ id }: { id: string }, body: string) => {
  const { version } = (await p.admin.statusMessageRead({ params: { id } })).body
  return (await p.admin.statusMessageNote({ params: { id }, body: { body, expected_version: version } })).body
}
const archive = ({ id, version }: { id: string; version: number }) =>
  p.admin.statusMessageArchive({ params: { id }, body: { expected_version: version } })

const everything = async () => {
  const [summary, unresolved, incidents, maintenances, upcoming, active] = await Promise.all([
    viewer().pageSummary(),
    viewer().pageIncidentsUnresolved(),
    viewer().pageIncidents(),
    viewer().pageMaintenances(),
    viewer().pageMaintenancesUpcoming(),
    viewer().pageMaintenancesActive(),
  ])
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id)
  return {
    summary: summary.body,
    incidents: ids(incidents.body.incidents),
    unresolved: ids(unresolved.body.incidents),
    maintenances: ids(maintenances.body.scheduled_maintenances),
    upcoming: ids(upcoming.body.scheduled_maintenances),
    active: ids(active.body.scheduled_maintenances),
  }
}

describe('the public shape of status pages', () => {
  test('is kept by every address, with something of each kind to tell', async () => {
    const platform = await makePlatform(p, 'Orders <b>&"')
    const check = await makeCheck(p, platform.id, { source: { connector: 'push' } })
    await p.admin.statusResultPush({ body: { check_id: check.id, measured_at: p.at(), outcome: 'fail' } })
    const about = { platform_ids: [platform.id] }
    await note(await publish('critical', about), 'Identified: a full disk')
    await archive(await publish('warning'))
    await publish('maintenance', { ...about, start_at: p.at(-MINUTE), end_at: p.at(MINUTE) })
    await publish('maintenance', { start_at: p.at(60 * MINUTE) })
    for (const [name, schema] of Object.entries(statusPageSchemas)) {
      const response = await fetch(`${p.origin}/api/v2/${name}`)
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
      const body = await response.json()
      expect(ajv.validate(schema, body), `${name}: ${ajv.errorsText()}`).toBe(true)
    }
    const { body } = await viewer().pageSummary()
    expect(Object.keys(body)).toEqual(['page', 'components', 'incidents', 'scheduled_maintenances', 'status'])
    expect(body.page.url).toBe('https://portal.example.com')
    expect(body.components).toMatchObject([{ name: 'Orders <b>&"', status: 'under_maintenance', position: 1 }])
  })

  test('of an empty portal says that all is well, as pages without components do', async () => {
    expect((await viewer().pageStatus()).body.status).toEqual({
      indicator: 'none',
      description: 'All Systems Operational',
    })
    await publish('critical')
    expect((await viewer().pageStatus()).body.status.indicator).toBe('critical')
  })

  test('an incident goes from investigating to resolved, and keeps its id and its updates', async () => {
    const message = await publish('critical', { title: 'Orders are late' })
    const before = (await viewer().pageIncidentsUnresolved()).body.incidents[0]
    expect(before).toMatchObject({
      id: message.id,
      name: 'Orders are late',
      status: 'investigating',
      impact: 'critical',
    })
    p.tick(MINUTE)
    const noted = await note(message, 'Monitoring: a fix is out')
    p.tick(MINUTE)
    await archive(noted)
    const after = (await viewer().pageIncidents()).body.incidents[0]
    expect(after).toMatchObject({
      id: message.id,
      status: 'resolved',
      monitoring_at: p.at(-MINUTE),
      resolved_at: p.at(),
      updated_at: p.at(),
    })
    expect(after?.incident_updates.map(({ status }) => status)).toEqual(['resolved', 'monitoring', 'investigating'])
    expect(after?.incident_updates.at(-1)).toEqual(before?.incident_updates.at(-1))
    expect((await everything()).unresolved).toEqual([])
  })

  test('a maintenance to come puts nothing under maintenance; the clock begins and ends it', async () => {
    const platform = await makePlatform(p)
    const window = { start_at: p.at(MINUTE), end_at: p.at(3 * MINUTE), platform_ids: [platform.id] }
    const { id } = await publish('maintenance', window)
    const at = async () => {
      const { summary, ...lists } = await everything()
      const [component] = summary.components
      const [told] = (await viewer().pageMaintenances()).body.scheduled_maintenances
      return {
        component: component?.status,
        told: told?.status,
        upcoming: lists.upcoming,
        active: lists.active,
        summary: summary.scheduled_maintenances.length,
      }
    }
    const unmeasured = 'degraded_performance'
    expect(await at()).toEqual({ component: unmeasured, told: 'scheduled', upcoming: [id], active: [], summary: 1 })
    p.tick(MINUTE)
    expect(await at()).toEqual({
      component: 'under_maintenance',
      told: 'in_progress',
      upcoming: [],
      active: [id],
      summary: 1,
    })
    p.tick(2 * MINUTE)
    expect(await at()).toEqual({ component: unmeasured, told: 'completed', upcoming: [], active: [], summary: 0 })
  })

  test('lists come newest first, fifty at most, and what is unresolved is never crowded out', async () => {
    const oldest = await publish('warning', { start_at: p.at(-1000 * MINUTE) })
    for (let i = 0; i < 51; i += 1)
      await publish('warning', { start_at: p.at(-i * MINUTE - 2 * MINUTE), end_at: p.at(-i * MINUTE - MINUTE) })
    const { incidents } = (await viewer().pageIncidents()).body
    expect(incidents).toHaveLength(50)
    const started = incidents.map(({ started_at }) => started_at)
    expect(started).toEqual(started.toSorted().toReversed())
    expect((await everything()).unresolved).toEqual([oldest.id])
  })
})

describe('what is told, and to whom', () => {
  test('drafts, what was archived unpublished, what is to come, deleted or information are no incidents', async () => {
    await draft('critical')
    await archive(await draft('critical'))
    await publish('info')
    const future = await publish('warning', { start_at: p.at(MINUTE) })
    const called_off = await publish('maintenance', { start_at: p.at(MINUTE) })
    await archive(called_off)
    await p.admin.workItemCreate({ body: { item_type: 'INCIDENT', title: 'Only for this house' } })
    const { summary, ...lists } = await everything()
    expect(lists).toEqual({ incidents: [], unresolved: [], maintenances: [], upcoming: [], active: [] })
    expect(summary.incidents).toEqual([])
    const feed = (await viewer().feed()).body
    expect(feed).toContain('A info')
    expect(feed).not.toContain('A critical')
    expect(feed).not.toContain('Only for this house')
    p.tick(MINUTE)
    expect((await everything()).incidents).toEqual([future.id])
  })

  test('archiving ends a message, taking it back to draft unsays it, publishing again tells it anew', async () => {
    const { id } = await publish('warning')
    p.tick(MINUTE)
    const archived = (await archive({ id, version: 2 })).body
    expect((await everything()).incidents).toEqual([id])
    const back = (
      await p.admin.statusMessageUpdate({
        params: { id },
        body: { state: 'draft', expected_version: archived.version },
      })
    ).body
    expect((await everything()).incidents).toEqual([])
    expect((await viewer().feed()).body).not.toContain(id)
    p.tick(MINUTE)
    await archive(back)
    expect((await everything()).incidents).toEqual([])
    const again = (await p.admin.statusMessageUpdate({ params: { id }, body: { state: 'draft', expected_version: 5 } }))
      .body
    await p.admin.statusMessagePublish({ params: { id }, body: { expected_version: again.version } })
    expect((await viewer().pageIncidents()).body.incidents).toMatchObject([
      { id, created_at: p.at(), status: 'investigating' },
    ])
  })

  test('names nobody: who wrote a message or an update is not told', async () => {
    await note(await publish('critical'), 'Identified: a full disk')
    const { summary } = await everything()
    const feed = (await viewer().feed()).body
    expect(JSON.stringify(summary)).not.toContain('@')
    expect(feed).not.toContain('admin@localhost')
  })

  test('a reader of one platform is told of it and of what concerns everybody, everywhere the same', async () => {
    const [mine, other] = [await makePlatform(p, 'Mine'), await makePlatform(p, 'Other')]
    const both = await publish('critical', { platform_ids: [mine.id, other.id], title: 'Both' })
    const foreign = await publish('critical', { platform_ids: [other.id], title: 'Foreign' })
    const global = await publish('warning', { title: 'Global' })
    const body = { name: 'reader', role: 'viewer' as const, platform_id: mine.id, expires_at: p.at(60 * MINUTE) }
    const { secret } = (await p.admin.apiTokenCreate({ body })).body
    const reader = p.withHeaders({ authorization: `Bearer ${secret}` })
    const { components, incidents } = (await reader.pageSummary()).body
    expect(components.map(({ name }) => name)).toEqual(['Mine'])
    expect(new Set(incidents.map(({ id }) => id))).toEqual(new Set([both.id, global.id]))
    const told = JSON.stringify([incidents, (await reader.feed()).body, (await reader.pageIncidents()).body])
    expect(told).not.toContain('Foreign')
    expect(told).not.toContain('Other')
    expect(told).not.toContain(foreign.id)
    const status = async (id: string) => [
      (await reader.platformFeed({ params: { id } })).status,
      (await reader.platformBadge({ params: { id } })).status,
    ]
    expect([await status(mine.id), await status(other.id)]).toEqual([
      [200, 200],
      [404, 404],
    ])
  })
})

describe('feeds', () => {
  test('one of everything and one of a platform, whose entries have the same ids in both', async () => {
    const [orders, bills] = [await makePlatform(p, 'Orders'), await makePlatform(p, 'Bills')]
    const late = await publish('critical', { platform_ids: [orders.id], title: 'Late' })
    await publish('warning', { platform_ids: [bills.id], title: 'Slow' })
    await publish('info', { title: 'News' })
    const all = await viewer().feed()
    const one = await viewer().platformFeed({ params: { id: orders.id } })
    expect(all.headers['content-type']).toBe('application/atom+xml; charset=utf-8')
    const titles = (xml: string) => [...xml.matchAll(/<title>(.*)<\/title>/g)].map((match) => match[1]).sort()
    expect(titles(all.body)).toEqual(['Lakeport: messages', 'Late', 'News', 'Slow'])
    expect(titles(one.body)).toEqual(['Lakeport: Orders', 'Late', 'News'])
    const id = `<id>tag:portal.example.com,2026:message/${late.id}</id>`
    expect([all.body.includes(id), one.body.includes(id)]).toEqual([true, true])
    expect(one.body).toContain(`href="https://portal.example.com/api/v1/platforms/${orders.id}/history.atom"`)
  })

  test('an update moves its entry to the top and its `updated` on, under the same id', async () => {
    const first = await publish('warning', { title: 'First' })
    p.tick(MINUTE)
    await publish('warning', { title: 'Second' })
    const order = async () => [...(await viewer().feed()).body.matchAll(/<title>(First|Second)</g)].map((m) => m[1])
    expect(await order()).toEqual(['Second', 'First'])
    p.tick(MINUTE)
    await note(first, 'Monitoring: <script>alert(1)</script>')
    expect(await order()).toEqual(['First', 'Second'])
    const xml = (await viewer().feed()).body
    expect(xml).toContain(`<updated>${p.at()}</updated>`)
    expect(xml).toContain('&lt;strong&gt;Monitoring&lt;/strong&gt; - Monitoring: &amp;lt;script&amp;gt;')
  })
})

describe('badges', () => {
  test('say the state of a platform, and the worst of what the reader sees', async () => {
    const platform = await makePlatform(p, 'Orders & Co')
    const check = await makeCheck(p, platform.id, { source: { connector: 'push' } })
    const title = async () => {
      const answers = [await viewer().platformBadge({ params: { id: platform.id } }), await viewer().badge()]
      return answers.map(({ body }) => /<title>(.*)<\/title>/.exec(body)?.[1])
    }
    expect(await title()).toEqual(['Orders &amp; Co: unknown', 'Lakeport: unknown'])
    await p.admin.statusResultPush({
      body: { check_id: check.id, measured_at: p.at(), data_time: p.at(), outcome: 'ok' },
    })
    expect(await title()).toEqual(['Orders &amp; Co: healthy', 'Lakeport: healthy'])
    p.tick(1)
    await p.admin.statusResultPush({ body: { check_id: check.id, measured_at: p.at(), outcome: 'fail' } })
    expect(await title()).toEqual(['Orders &amp; Co: down', 'Lakeport: down'])
  })

  test('are images that nothing can run in, and that pages of the same site may show', async () => {
    const { headers } = await viewer().badge()
    expect(headers).toMatchObject({
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      'cross-origin-resource-policy': 'same-site',
    })
    expect((await viewer().feed()).headers['cross-origin-resource-policy']).toBe('same-origin')
  })
})

describe('asking for them', () => {
  const paths = ['/history.atom', '/api/v1/status/badge.svg', '/api/v2/summary.json', '/api/v2/status.json']

  test('again without news is a 304, and news or time alone make it a 200', async () => {
    await publish('maintenance', { start_at: p.at(MINUTE) })
    const tags = await Promise.all(paths.map(async (path) => (await fetch(`${p.origin}${path}`)).headers.get('etag')))
    const ask = () =>
      Promise.all(
        paths.map(async (path, i) => {
          const response = await fetch(`${p.origin}${path}`, { headers: { 'if-none-match': tags[i] ?? '' } })
          expect(response.headers.get('cache-control')).toBe('private, no-cache')
          return response.status
        }),
      )
    expect(await ask()).toEqual([304, 304, 304, 304])
    p.tick(MINUTE)
    expect((await ask())[0]).toBe(200)
    await publish('critical')
    expect(await ask()).toEqual([200, 304, 200, 200])
  })

  test('needs a session or a token in a header; nothing in an address counts, and the log has no query', async () => {
    const closed = await openPortal({ env: { TRUSTED_PROXIES: '10.0.0.0/8', BOOTSTRAP_ADMINS: 'root@x.example' } })
    try {
      for (const path of [...paths, `/api/v1/platforms/${crypto.randomUUID()}/badge.svg`]) {
        expect((await fetch(`${closed.origin}${path}`)).status).toBe(401)
        expect((await fetch(`${closed.origin}${path}?token=lkp_canary`)).status).toBe(401)
      }
      expect(JSON.stringify(closed.lines)).not.toContain('lkp_canary')
    } finally {
      await closed.close()
    }
  })

  test('in another way is refused in the one shape, also outside of /api', async () => {
    const ask = async (path: string, method = 'GET') => {
      const response = await fetch(`${p.origin}${path}`, { method, headers: { accept: 'text/html' } })
      return [response.status, ((await response.json()) as { error: { code: string } }).error.code]
    }
    expect(await ask('/history.atom', 'POST')).toEqual([405, 'method_not_allowed'])
    expect(await ask('/history.atom?x=1')).toEqual([422, 'validation_error'])
    expect(await ask('/api/v2/summaryXjson')).toEqual([404, 'not_found'])
    expect(await ask('/api/v2/nothing.json')).toEqual([404, 'not_found'])
    expect(await ask('/api/v1/platforms/none/badge.svg')).toEqual([404, 'not_found'])
  })
})
