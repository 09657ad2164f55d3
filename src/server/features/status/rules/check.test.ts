import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StatusCheck } from '../../../../contracts/status.ts'
import { isEnabledAt, nextSpellAt, ruleOf, spellsOf, thresholdError } from './check.ts'
import { rule, START } from './fixtures/scenario.ts'
import { inOrder, observed } from './observed.ts'

describe('thresholds', () => {
  test('are refused unless 0 < W < E, naming the field', () => {
    expect(thresholdError(1, 2, true)).toBeNull()
    expect(thresholdError(0, 2, true)?.field).toBe('warn_after_seconds')
    expect(thresholdError(-1, 2, false)?.field).toBe('warn_after_seconds')
    expect(thresholdError(2, 2, true)?.field).toBe('crit_after_seconds')
    expect(thresholdError(3, 2, false)?.field).toBe('crit_after_seconds')
    expect(thresholdError(Number.NaN, 2, true)?.field).toBe('warn_after_seconds')
    expect(thresholdError(1, Number.NaN, true)?.field).toBe('crit_after_seconds')
  })

  test('may be missing only together and only where nothing can be late', () => {
    expect(thresholdError(null, null, false)).toBeNull()
    expect(thresholdError(null, null, true)?.field).toBe('warn_after_seconds')
    expect(thresholdError(1, null, false)?.field).toBe('crit_after_seconds')
    expect(thresholdError(null, 2, false)?.field).toBe('warn_after_seconds')
  })
})

describe('spells', () => {
  test('are read off the versions of a check, one per change', () => {
    const version = (second: number, is_enabled: boolean) => ({
      updated_at: new Date(START + second * 1000).toISOString(),
      is_enabled,
    })
    expect(
      spellsOf([version(0, true), version(1, true), version(2, false), version(3, false), version(4, true)]),
    ).toEqual([
      { from: START, enabled: true },
      { from: START + 2000, enabled: false },
      { from: START + 4000, enabled: true },
    ])
  })

  test('tell at every instant whether a check is enabled and when that next changes', () => {
    const ascending = fc.uniqueArray(fc.nat(50)).map((offsets) => offsets.sort((a, b) => a - b))
    fc.assert(
      fc.property(ascending, fc.integer({ min: -5, max: 55 }), (offsets, at) => {
        const check = rule({ spells: offsets.map((from, index) => ({ from, enabled: index % 2 === 1 })) })
        expect(isEnabledAt(check, at)).toBe(check.spells.findLast(({ from }) => from <= at)?.enabled ?? true)
        expect(nextSpellAt(check, at)).toBe(
          check.spells.find(({ from }) => from > at)?.from ?? Number.POSITIVE_INFINITY,
        )
      }),
    )
  })
})

test('the rule of a stored check is in milliseconds and knows a check that is pushed to', () => {
  const stored: StatusCheck = {
    id: 'c',
    version: 3,
    created_at: '2026-11-22T00:00:00.000Z',
    created_by: 'ada@example.org',
    updated_at: '2026-11-22T00:00:00.000Z',
    updated_by: 'ada@example.org',
    platform_id: 'p',
    name: `O'Brien "<i>" 🧊 \u200fשלום`,
    description: '',
    kind: 'availability',
    source: { connector: 'push' },
    interval_seconds: 300,
    warn_after_seconds: 600,
    crit_after_seconds: null,
    for_minutes: 2,
    recover_minutes: 3,
    is_enabled: true,
  }
  expect(ruleOf(stored, [])).toEqual({
    id: 'c',
    name: stored.name,
    kind: 'availability',
    isPush: true,
    intervalMs: 300_000,
    warnAfterMs: 600_000,
    critAfterMs: null,
    forMs: 120_000,
    recoverMs: 180_000,
    createdAt: START,
    spells: [],
  })
  expect(ruleOf({ ...stored, source: { connector: 'databricks_job', job_id: '1' } }, []).isPush).toBe(false)
})

test('an observation keeps its times to the millisecond, and the first of two at one instant', () => {
  const stored = {
    check_id: 'c',
    measured_at: '2026-11-22T00:00:00.001Z',
    data_time: '2026-11-21T23:59:59.999Z',
    outcome: 'ok',
    reading: 'green',
    observed_value: '1',
    message: 'first',
    run_id: null,
  } as const
  const first = observed(stored)
  expect(first).toEqual({
    measuredAt: START + 1,
    dataTime: START - 1,
    outcome: 'ok',
    reading: 'green',
    message: 'first',
  })
  expect(observed({ ...stored, data_time: null }).dataTime).toBeNull()
  const earlier = { ...first, measuredAt: START }
  expect(inOrder([first, { ...first, message: 'second' }, earlier])).toEqual([earlier, first])
})
