import fc from 'fast-check'
import * as Type from 'typebox'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { checkKinds, StatusResult } from '../../../contracts/status.ts'
import { NOON } from '../../outbound/fixtures/server.ts'
import type { Reading } from '../connector.ts'
import type { Kind } from '../reading.ts'
import { readJobRuns } from './databricks-job.ts'
import { readPipeline } from './databricks-pipeline.ts'
import { readTable } from './databricks-table.ts'
import { readWarehouse } from './databricks-warehouse.ts'
import { readRunResults, readSources } from './dbt-results.ts'
import { readJobInstances } from './fabric-job.ts'
import { check, fixture } from './fixtures/server.ts'
import { readProbe } from './http.ts'
import { readRefreshes } from './powerbi-refresh.ts'

const { data_time, outcome, reading, observed_value, message } = StatusResult.properties
const ReadingShape = Type.Object(
  { data_time, outcome, reading, observed_value, message },
  { additionalProperties: false },
)

const pages = (answer: unknown) => ({ answers: [answer], isCut: false })
const bytes = (answer: unknown) => Buffer.from(JSON.stringify(answer) ?? '')
const probe = (kind: Kind) =>
  check<'http'>({ connector: 'http', url: 'https://x.example.com', json_path: 'status', json_equals: 'pass' }, kind)
const probed = { status: 200, isWhole: true, latencyMs: 1, certificateEndsAt: null }

/** Each normaliser, fed with one answer, and an answer out of which it reads something good. */
const normalisers: Record<string, { read(answer: unknown, kind: Kind): Reading; good: unknown }> = {
  job: { read: (answer, kind) => readJobRuns(pages(answer), kind), good: fixture('databricks_job/success') },
  warehouse: {
    read: (answer, kind) => readWarehouse(pages(answer), 'running0001', kind),
    good: fixture('databricks_warehouse/page-1'),
  },
  pipeline: {
    read: (answer, kind) => readPipeline({ list: pages(answer), updates: null }, 'done', kind),
    good: fixture('databricks_pipeline/page-1'),
  },
  pipelineUpdates: {
    read: (answer, kind) =>
      readPipeline({ list: pages(fixture('databricks_pipeline/page-2')), updates: pages(answer) }, 'busy', kind),
    good: fixture('databricks_pipeline/updates'),
  },
  table: { read: readTable, good: fixture('databricks_table/succeeded') },
  powerbi: { read: readRefreshes, good: fixture('powerbi_refresh/completed') },
  fabric: { read: (answer, kind) => readJobInstances(pages(answer), kind), good: fixture('fabric_job/page-2') },
  dbtSources: {
    read: (answer, kind) => readSources(answer, { kind, uniqueId: null, now: NOON }),
    good: fixture('dbt_artifacts/sources'),
  },
  dbtRunResults: {
    read: (answer, kind) => readRunResults(answer, { kind, uniqueId: null, now: NOON }),
    good: fixture('dbt_artifacts/run-results'),
  },
  http: {
    read: (answer, kind) => readProbe({ ...probed, body: bytes(answer) }, probe(kind), NOON),
    good: { status: 'pass' },
  },
}

function expectReading(found: Reading, kind: Kind): void {
  expect(Value.Errors(ReadingShape, found)).toEqual([])
  expect(found.message ?? '').not.toMatch(/[\r\n]/)
  if (found.outcome !== 'ok') expect(found.reading).toBeNull()
  else if (kind === 'freshness') expect(found.data_time).not.toBeNull()
  else expect(found).toMatchObject({ data_time: null, reading: expect.stringMatching(/^(green|yellow)$/) })
}

const anyKind = fc.constantFrom(...checkKinds)

/** The answer with one value somewhere in it replaced. */
function spoilt(answer: unknown, place: number, by: unknown): unknown {
  let at = 0
  const walk = (value: unknown): unknown => {
    if (at++ === place) return by
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, walk(part)]))
  }
  return walk(answer)
}

describe.each(Object.entries(normalisers))('the normaliser of %s', (_name, { read, good }) => {
  it('makes a valid reading of any JSON, and never a good one of garbage', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), anyKind, (answer, kind) => {
        const found = read(answer, kind)
        expectReading(found, kind)
        expect(found.outcome).not.toBe('ok')
      }),
    )
  })

  it('makes a valid reading of a good answer with anything in it spoilt', () => {
    const garbage = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>([], {}, null, 0, -1, 1e300, '', 'x'.repeat(5000), '\u0000\n', '__proto__'),
    )
    fc.assert(
      fc.property(fc.nat(150), garbage, anyKind, (place, by, kind) => {
        expectReading(read(spoilt(good, place, by), kind), kind)
      }),
      { numRuns: 300 },
    )
  })

  it('is not pleased when every status is replaced by a word nobody knows', () => {
    const statuses = new Set(['state', 'status', 'code', 'result_state', 'life_cycle_state'])
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).map((word) => `?${word}`),
        anyKind,
        (word, kind) => {
          const text = JSON.stringify(good, (name, value) =>
            statuses.has(name) && typeof value === 'string' ? word : value,
          )
          expect(read(JSON.parse(text), kind).outcome).not.toBe('ok')
        },
      ),
    )
  })

  it('really reads something good out of a good answer', () => {
    expect(checkKinds.some((kind) => read(good, kind).outcome === 'ok')).toBe(true)
  })
})
