import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SourceOf } from '../../../contracts/sources.ts'
import { NOON, serve } from '../../outbound/fixtures/server.ts'
import { ARTIFACT_BYTES_MAX, type DbtSettings, dbtArtifacts } from './dbt-artifacts.ts'
import { ARTIFACT_AGE_MS_MAX, readRunResults, readSources, type Wanted } from './dbt-results.ts'
import { check, context, fixture, fixtureText } from './fixtures/server.ts'

const wanted = (more: Partial<Wanted> = {}): Wanted => ({ kind: 'freshness', uniqueId: null, now: NOON, ...more })
const sources = (name: string, more: Partial<Wanted> = {}) =>
  readSources(fixture(`dbt_artifacts/${name}`), wanted(more))
const results = (name: string, more: Partial<Wanted> = {}) =>
  readRunResults(fixture(`dbt_artifacts/${name}`), wanted(more))

describe('what sources.json says', () => {
  it('is as fresh as the oldest source, and yellow when one is late', () => {
    expect(sources('sources')).toMatchObject({
      outcome: 'ok',
      reading: 'yellow',
      data_time: '2026-11-22T15:00:00.000Z',
      message: '1 with a warning: source.shop.raw.rates.',
    })
  })

  it('is about one source when one is named', () => {
    expect(sources('sources', { uniqueId: 'source.shop.raw.customers' })).toMatchObject({
      outcome: 'ok',
      reading: 'green',
      data_time: '2026-11-23T04:10:00.654Z',
    })
    expect(sources('sources', { uniqueId: 'source.shop.raw.nothing' }).message).toBe('The artifact holds no such node.')
  })

  it('is a failure when one is past its limit, whatever else could not be measured', () => {
    expect(sources('sources-late')).toMatchObject({
      outcome: 'fail',
      message: '1 later than its error_after: source.shop.raw.customers.',
    })
  })

  it('could not be told when the query failed or the status is one nobody knows', () => {
    expect(sources('sources-late', { uniqueId: 'source.shop.raw.broken' }).outcome).toBe('error')
    expect(sources('sources-late', { uniqueId: 'source.shop.raw.odd' }).message).toBe('unknown status "sideways"')
  })
})

describe('what run_results.json says', () => {
  it('is yellow with a warning, dated when the run was written', () => {
    expect(results('run-results')).toMatchObject({
      outcome: 'ok',
      reading: 'yellow',
      data_time: '2026-11-23T05:12:00.000Z',
      message: '1 with a warning: test.shop.recent_rates. Got 3 results, configured to warn if != 0',
    })
  })

  it('dates one node by its own end', () => {
    expect(results('run-results', { uniqueId: 'model.shop.orders' })).toMatchObject({
      reading: 'green',
      data_time: '2026-11-23T05:10:00.500Z',
    })
  })

  it('is a failure when a node failed or was skipped', () => {
    expect(results('run-results-failed', { kind: 'quality' })).toMatchObject({
      outcome: 'fail',
      data_time: null,
      observed_value: 'fail',
      message:
        '2 failed or skipped: test.shop.unique_orders_id, model.shop.margins. Got 12 results, configured to fail if != 0',
    })
  })

  it('is never green for ever: an artifact nobody writes any more says nothing', () => {
    const made = Date.UTC(2026, 10, 23, 5, 12)
    const at = (age: number) =>
      results('run-results', { kind: 'quality', uniqueId: 'model.shop.orders', now: made + age }).outcome
    expect([at(ARTIFACT_AGE_MS_MAX), at(ARTIFACT_AGE_MS_MAX + 1)]).toEqual(['ok', 'error'])
  })

  it('says nothing when the command neither built nor tested', () => {
    const compiled = { ...(fixture('dbt_artifacts/run-results') as object), args: { which: 'compile' } }
    expect(readRunResults(compiled, wanted()).outcome).toBe('error')
  })
})

describe('reading dbt artifacts', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lakeport-dbt-'))
    await mkdir(path.join(folder, 'inside', 'target'), { recursive: true })
    const text = fixtureText('dbt_artifacts/sources.json')
    await writeFile(path.join(folder, 'inside/target/sources.json'), text)
    await writeFile(path.join(folder, 'secret.json'), text)
    await symlink(path.join(folder, 'secret.json'), path.join(folder, 'inside/link.json'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const settings = (): DbtSettings => ({ dir: path.join(folder, 'inside'), allowPrivate: true, clock: () => 0 })
  async function polled(location: string, more: Partial<DbtSettings> = {}) {
    const source: SourceOf<'dbt_artifacts'> = { connector: 'dbt_artifacts', artifact: 'sources', location }
    const one = check<'dbt_artifacts'>(source)
    return (await dbtArtifacts({ ...settings(), ...more }).poll([one], context())).get(one.id)
  }

  it('reads a file inside the folder', async () => {
    expect(await polled('target/sources.json')).toMatchObject({ outcome: 'ok' })
    expect(await polled(path.join(folder, 'inside/target/sources.json'))).toMatchObject({ outcome: 'ok' })
  })

  it('never reads outside it, by dots, by an absolute path or by a link', async () => {
    for (const way of [
      '../secret.json',
      'target/../../secret.json',
      path.join(folder, 'secret.json'),
      'link.json',
      '.',
      '/etc/passwd',
      '../nothing.json',
    ]) {
      expect([way, (await polled(way))?.message]).toEqual([way, 'The location lies outside DBT_ARTIFACTS_DIR.'])
    }
  })

  it('says what is wrong with a file it cannot use', async () => {
    await writeFile(path.join(folder, 'inside/broken.json'), '{"results":[')
    await truncate(path.join(folder, 'inside/target/sources.json'), ARTIFACT_BYTES_MAX + 1)
    expect((await polled('broken.json'))?.message).toBe('The artifact is not JSON.')
    expect((await polled('target/sources.json'))?.message).toBe('The artifact is larger than 32 MiB.')
    expect((await polled('target'))?.message).toBe('The location is not a file.')
    expect((await polled('nothing.json'))?.message).toBe('The artifact cannot be read (ENOENT).')
    expect((await polled('x.json', { dir: null }))?.message).toBe('Files cannot be read: set DBT_ARTIFACTS_DIR.')
  })

  it('downloads from a URL once for all of its checks, and never from a metadata address', async () => {
    await using server = await serve(() => ({ json: fixture('dbt_artifacts/sources') }))
    const checks = ['orders', 'customers'].map((name) =>
      check<'dbt_artifacts'>(
        {
          connector: 'dbt_artifacts',
          artifact: 'sources',
          location: `${server.url}/sources.json`,
          unique_id: `source.shop.raw.${name}`,
        },
        'freshness',
        name,
      ),
    )
    const readings = await dbtArtifacts(settings()).poll(checks, context())
    expect([...readings.values()].map(({ data_time }) => data_time).sort()).toEqual([
      '2026-11-23T04:10:00.654Z',
      '2026-11-23T05:30:00.000Z',
    ])
    expect(server.seen).toHaveLength(1)
    expect((await polled('http://169.254.169.254/sources.json'))?.message).toContain('not one this portal may ask')
  })

  it('could not measure when the server has no artifact, or half of one', async () => {
    await using server = await serve(({ path: at }) =>
      at === '/half' ? 'cut' : at === '/page' ? { text: '<html>' } : { status: 404 },
    )
    for (const at of ['/half', '/page', '/none']) expect((await polled(server.url + at))?.outcome).toBe('error')
  })
})
