import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createMetrics } from '../src/server/observe/metrics.ts'
import { createWarehouseDouble } from '../src/server/storage/delta/double.ts'
import { makeCheck, makePlatform, openPortal, type TestPortal } from './support/portal.ts'

const builtFiles = join(import.meta.dirname, '../dist/web/assets')

let p: TestPortal
beforeAll(async () => {
  p = await openPortal({ env: { RATE_LIMIT_CREATE: '5' } })
})
afterAll(() => p.close())

const scrape = async (portal = p) => (await portal.admin.metrics()).body
/** Lines of one metric, without their values. */
const seriesOf = (text: string, name: string) =>
  text.split('\n').flatMap((line) => (line.startsWith(name) ? [line.slice(0, line.lastIndexOf(' '))] : []))
const numberOf = (text: string, series: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.split(' ')
      .at(-1) ?? Number.NaN,
  )

describe('metrics', () => {
  test('are for administrators and scrapers only, and are text', async () => {
    expect((await p.as('viewer').metrics()).status).toBe(403)
    const answer = await p.admin.metrics()
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('count requests by template, and ten thousand addresses that are none as one', async () => {
    const platform = await makePlatform(p)
    await p.admin.platformRead({ params: { id: platform.id } })
    const before = await scrape()
    for (let i = 0; i < 10_000; i += 50)
      await Promise.all(
        Array.from({ length: 50 }, async (_, n) => (await fetch(`${p.origin}/api/v1/nothing-${i + n}?q=${n}`)).text()),
      )
    const after = await scrape()
    const count = 'http_request_duration_seconds_count'
    const added = seriesOf(after, count).filter((line) => !seriesOf(before, count).includes(line))
    expect(added.filter((line) => !line.includes('/metrics'))).toEqual([
      `${count}{method="GET",route="unmatched",status_code="404"}`,
    ])
    expect(numberOf(after, `${count}{method="GET",route="unmatched",status_code="404"}`)).toBe(10_000)
    expect(after).not.toContain(platform.id)
    expect(numberOf(after, `${count}{method="GET",route="/api/v1/platforms/:id",status_code="200"}`)).toBe(1)
    // The scrape itself.
    expect(numberOf(after, 'http_requests_in_flight')).toBe(1)
  })

  test.skipIf(!existsSync(builtFiles))(
    'count the files of the browser app as one, whatever the build calls them',
    async () => {
      for (const file of readdirSync(builtFiles).filter((name) => /\.(js|css)$/.test(name)))
        await (await fetch(`${p.origin}/assets/${file}`)).arrayBuffer()
      const series = seriesOf(await scrape(), 'http_request_duration_seconds_count')
      expect(series).toContain('http_request_duration_seconds_count{method="GET",route="static",status_code="200"}')
      expect(series.filter((line) => line.includes('assets'))).toEqual([])
    },
  )

  test('count what was allowed, refused and too much', async () => {
    await p.as('viewer').platformCreate({ body: { name: 'x', domain: 'x' } })
    for (let i = 0; i < 8; i++) await p.admin.platformCreate({ body: { name: `P${i}`, domain: 'x' } })
    const text = await scrape()
    expect(
      numberOf(text, 'lakeport_authz_decisions_total{permission="platform.create",decision="refused"}'),
    ).toBeGreaterThan(0)
    expect(
      numberOf(text, 'lakeport_authz_decisions_total{permission="platform.create",decision="allowed"}'),
    ).toBeGreaterThan(0)
    expect(numberOf(text, 'lakeport_rate_limited_total{route="/api/v1/platforms"}')).toBeGreaterThan(0)
  })

  test('tell the state of each check, and nothing of one that is renamed', async () => {
    const portal = await openPortal()
    try {
      const platform = await makePlatform(portal, 'Sales "quoted"')
      const check = await makeCheck(portal, platform.id, { name: 'Orders' })
      const first = await scrape(portal)
      const labels = 'platform="Sales \\"quoted\\"",check="Orders"'
      expect(numberOf(first, `lakeport_check_state{${labels},state="unknown"}`)).toBe(1)
      expect(numberOf(first, `lakeport_check_state{${labels},state="red"}`)).toBe(0)
      await portal.admin.statusCheckUpdate({
        params: { id: check.id },
        body: { expected_version: check.version, name: 'Orders, new' },
      })
      expect(await scrape(portal)).not.toContain('check="Orders"')
    } finally {
      await portal.close()
    }
  })

  test('tell of runs, sources, the revision and the copy', async () => {
    const double = createWarehouseDouble()
    const portal = await openPortal({ warehouse: double.warehouse })
    try {
      const platform = await makePlatform(portal)
      await makeCheck(portal, platform.id)
      await portal.portal.replicated?.turn()
      await portal.portal.scheduler.tick()
      await portal.portal.scheduler.idle()
      const text = await scrape(portal)
      expect(numberOf(text, 'lakeport_ingestion_runs_total{source="databricks_job",outcome="success"}')).toBe(1)
      expect(numberOf(text, 'lakeport_ingestion_last_success_timestamp_seconds{source="databricks_job"}')).toBe(
        portal.now / 1000,
      )
      expect(numberOf(text, 'lakeport_store_revision')).toBe(portal.portal.journal.revision)
      expect(numberOf(text, 'lakeport_replica_last_sync_timestamp_seconds')).toBe(portal.now / 1000)
      expect(numberOf(text, 'lakeport_alerts_firing{alert="ingestion.stale"}')).toBe(0)
    } finally {
      await portal.close()
    }
  })

  test('are such that promtool finds nothing to say', async () => {
    const text = await scrape()
    const tool = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })
    if (tool.error === undefined) expect([tool.status, tool.stdout, tool.stderr]).toEqual([0, '', ''])
    // What it looks at, where it is not here.
    const described = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map((match) => [match[1] ?? '', match[2]]))
    const helped = new Set([...text.matchAll(/^# HELP (\S+) \S.*$/gm)].map((match) => match[1]))
    expect([...described.keys()].filter((name) => !helped.has(name))).toEqual([])
    for (const [name, type] of described) {
      expect(name.endsWith('_total'), name).toBe(type === 'counter')
      expect(name).not.toMatch(/_(ms|millis|milliseconds|minutes|hours|kb|mb|info_total)$/)
    }
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    for (const line of lines)
      expect(line).toMatch(/^[a-z_][a-z0-9_]*(\{([a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*\})? (NaN|[+-]?(Inf|[\d.e+-]+))$/)
  })
})

describe('what is built on the metrics', () => {
  const folder = join(import.meta.dirname, '../infra/monitoring')
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const rules = (
    parse(read('alerts.yml')) as {
      groups: { rules: { alert: string; expr: string; annotations: { runbook: string } }[] }[]
    }
  ).groups.flatMap((group) => group.rules)
  const dashboard = JSON.parse(read('dashboard.json')) as { panels: { targets: { expr: string }[] }[] }

  test('names only metrics that there are, and every one of ours is on the dashboard', () => {
    const metrics = createMetrics('0')
    metrics.watch({
      revision: () => 0,
      replicaSyncedAt: () => null,
      checks: () => [],
      sources: () => [],
      firing: () => [],
    })
    // Prometheus adds it to every target.
    const there = new Set([...metrics.names(), 'up'])
    const base = (name: string) => (there.has(name) ? name : name.replace(/_(bucket|count|sum)$/, ''))
    const expressions = [
      ...rules.map(({ expr }) => expr),
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ]
    const used = new Set(
      expressions.flatMap((expr) =>
        [...expr.matchAll(/\b(?:http|lakeport|nodejs|process|up)(?:_[a-z0-9_]+)?\b(?=[{[\s)]|$)/g)].map(([name]) =>
          base(name),
        ),
      ),
    )
    expect([...used].filter((name) => !there.has(name))).toEqual([])
    const ours = metrics.names().filter((name) => /^(http|lakeport)_/.test(name))
    const shown = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n')
    expect(ours.filter((name) => !shown.includes(name))).toEqual([])
  })

  test('sends whoever is called to a section of the runbook that is there', () => {
    const runbook = readFileSync(join(folder, '../../docs/runbook.md'), 'utf8')
    const anchors = new Set(
      [...runbook.matchAll(/^#{1,6} (.+)$/gm)].map((match) =>
        (match[1] ?? '')
          .toLowerCase()
          .replaceAll(/[^a-z0-9\s-]/g, '')
          .trim()
          .replaceAll(/\s/g, '-'),
      ),
    )
    const named = rules.map(({ annotations }) => annotations.runbook.split('#')[1] ?? '')
    expect(named.filter((anchor) => !anchors.has(anchor))).toEqual([])
  })

  test.skipIf(spawnSync('promtool', ['--version']).error !== undefined)('fires when it should, by promtool', () => {
    const { status, stdout } = spawnSync('promtool', ['test', 'rules', 'alerts.test.yml'], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect([status, stdout]).toEqual([0, expect.stringContaining('SUCCESS')])
  })
})
