import Value from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { connectorNames } from '../../contracts/sources.ts'
import { PlatformCreate, StatusCheckCreate, StatusMessage } from '../../contracts/status.ts'
import { sampleEstate, WAREHOUSE_ID } from './estate.ts'
import { sampleMessages } from './messages.ts'
import { scenarios } from './scenarios.ts'

const URL = 'http://127.0.0.1:4321'
const { platforms, checks } = sampleEstate(URL)
const SINCE = Date.UTC(2026, 10, 23, 9)

describe('the sample estate', () => {
  it('is what the portal accepts when a person creates it', () => {
    for (const { id, ...platform } of platforms) expect(Value.Errors(PlatformCreate, platform), id).toEqual([])
    for (const { id, watches, ...check } of checks)
      expect(Value.Errors(StatusCheckCreate, check), watches.key).toEqual([])
  })

  it('has twelve platforms in five domains, each with checks and an owner', () => {
    expect(platforms).toHaveLength(12)
    expect(new Set(platforms.map(({ domain }) => domain)).size).toBe(5)
    for (const platform of platforms) {
      expect(platform.owner).not.toBe('')
      expect(checks.filter(({ platform_id }) => platform_id === platform.id).length).toBeGreaterThanOrEqual(2)
    }
  })

  it('uses every connector, and gives limits wherever something can be late', () => {
    expect(new Set(checks.map(({ source }) => source.connector))).toEqual(new Set(connectorNames))
    for (const { kind, source, warn_after_seconds: warn, crit_after_seconds: crit } of checks) {
      if (kind !== 'freshness' && source.connector !== 'push') continue
      expect(warn).toBeGreaterThan(0)
      expect(crit).toBeGreaterThan(warn ?? Number.POSITIVE_INFINITY)
    }
  })

  it('is the same estate under any address, so that seeding twice adds nothing', () => {
    const again = sampleEstate('http://127.0.0.1:9')
    expect(again.platforms).toEqual(platforms)
    expect(again.checks.map(({ id }) => id)).toEqual(checks.map(({ id }) => id))
    expect(new Set([...platforms, ...checks].map(({ id }) => id)).size).toBe(platforms.length + checks.length)
  })

  it('has job ids past 2^53, as a real workspace may', () => {
    const ids = checks.flatMap(({ source }) => (source.connector === 'databricks_job' ? [source.job_id] : []))
    expect(ids.length).toBeGreaterThan(4)
    for (const id of ids) expect(BigInt(id)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER))
  })

  it('asks for table freshness through a warehouse that exists', () => {
    expect(checks.map(({ source }) => source)).toContainEqual({
      connector: 'databricks_warehouse',
      warehouse_id: WAREHOUSE_ID,
    })
  })
})

describe('the sample messages', () => {
  const recorded = { version: 1, created_at: at(0), created_by: 'a', updated_at: at(0), updated_by: 'a' }
  function at(ms: number) {
    return new Date(SINCE + ms).toISOString()
  }

  it.each(scenarios)('of %s are what the portal stores, about platforms that exist', (scenario) => {
    for (const message of sampleMessages(scenario, SINCE)) {
      expect(Value.Errors(StatusMessage, { ...message, ...recorded }), message.title).toEqual([])
      for (const id of message.platform_ids) expect(platforms.map((platform) => platform.id)).toContain(id)
      if (message.end_at !== null) expect(message.end_at > message.start_at).toBe(true)
    }
  })

  it('warn of what is late, announce maintenance and keep a draft', () => {
    const messages = sampleMessages('degraded', SINCE)
    expect(messages.map(({ severity, state }) => `${state} ${severity}`).sort()).toEqual([
      'archived maintenance',
      'draft info',
      'published maintenance',
      'published warning',
    ])
    const next = messages.find(({ severity, state }) => severity === 'maintenance' && state === 'published')
    expect(Date.parse(next?.start_at ?? '')).toBeGreaterThan(SINCE)
  })
})
