import { describe, expect, test } from 'vitest'
import { type Component, createReadiness, type Finding } from './health.ts'
import { createLog } from './log.ts'

const { log } = createLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json', isLocal: false }, process.stdout)
const component = (name: string, probe: Component['probe']): Component => ({ name, probe })

function readiness(components: Component[], more: { critical?: string[]; timeouts?: [string, number][] } = {}) {
  let now = Date.parse('2026-11-22T12:00:00.000Z')
  const checks = createReadiness({
    components: () => components,
    clock: () => now,
    log,
    timeoutMs: 1000,
    timeouts: new Map(more.timeouts ?? []),
    critical: more.critical ?? ['store'],
  })
  return {
    check: () => checks.check(),
    forget: () => checks.forget(),
    tick: (ms: number) => {
      now += ms
    },
  }
}

describe('readiness', () => {
  test('is as bad as the worst component, and names each with its latency', async () => {
    const report = await readiness([
      component('store', () => ({ status: 'ok' })),
      component('ingestion:http', () => ({ status: 'degraded', reason: 'stale' })),
    ]).check()
    expect(report).toMatchObject({
      status: 'degraded',
      components: [
        { name: 'store', status: 'ok' },
        { name: 'ingestion:http', status: 'degraded', reason: 'stale' },
      ],
    })
    for (const one of report.components) expect(one.latency_ms).toBeGreaterThanOrEqual(0)
  })

  test('a component that fails is down when it is critical and degraded when it is not', async () => {
    const broken = (name: string) =>
      component(name, () => {
        throw new Error('password=hunter2')
      })
    expect(await readiness([broken('store')]).check()).toMatchObject({
      status: 'down',
      components: [{ status: 'down', reason: 'unreachable' }],
    })
    const other = await readiness([broken('warehouse')]).check()
    expect(other).toMatchObject({ status: 'degraded', components: [{ status: 'degraded', reason: 'unreachable' }] })
    expect(JSON.stringify(other)).not.toContain('hunter2')
    expect((await readiness([broken('warehouse')], { critical: ['store', 'warehouse'] }).check()).status).toBe('down')
  })

  test('a component that hangs is a time-out of its own and does not hold up the others', async () => {
    let signal: AbortSignal | undefined
    const hanging = component('slow', (given) => {
      signal = given
      return new Promise<Finding>(() => {})
    })
    const report = await readiness([hanging, component('store', () => ({ status: 'ok' }))], {
      timeouts: [['slow', 10]],
    }).check()
    expect(report.components).toMatchObject([
      { name: 'slow', status: 'degraded', reason: 'timeout' },
      { name: 'store', status: 'ok' },
    ])
    expect(signal?.aborted).toBe(true)
  })

  test('probes within two seconds share one result', async () => {
    let probes = 0
    const { check, tick, forget } = readiness([
      component('store', () => {
        probes += 1
        return { status: 'ok' }
      }),
    ])
    await Promise.all([check(), check(), check()])
    tick(1999)
    await check()
    expect(probes).toBe(1)
    tick(1)
    await check()
    expect(probes).toBe(2)
    forget()
    await check()
    expect(probes).toBe(3)
  })
})
