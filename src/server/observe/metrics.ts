import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { states } from '../../contracts/status.ts'

/** What is read when somebody asks for the metrics, rather than counted as it happens. */
export interface MetricSources {
  revision(): number
  /** Seconds since the epoch; null where there is no warehouse, or when it was never reached. */
  replicaSyncedAt(): number | null
  /** Names as they are now, so that what was renamed or deleted leaves nothing behind. */
  checks(): readonly { platform: string; check: string; state: string }[]
  sources(): readonly { source: string; lastSuccessAt: number | null }[]
  /** Rules of the alerts that fire, one for each alert. */
  firing(): readonly string[]
}

/** Upper bounds in seconds: most answers come from memory, writes may wait for a warehouse. */
const HTTP_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const STATEMENT_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
const shownStates = [...states, 'disabled'] as const
/** Gauges whose names say that they are counters; `promtool check metrics` refuses them. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total']

/**
 * Every metric there is, of one portal. Timestamps rather than ages; no user, id or address in a label: routes are
 * templates, and what is not a route is `unmatched`.
 */
export function createMetrics(version: string) {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  for (const name of MISNAMED) registry.removeSingleMetric(name)

  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['method', 'route', 'status_code'],
    buckets: HTTP_BUCKETS,
    registers,
  })
  const inFlight = new Gauge({
    name: 'http_requests_in_flight',
    help: 'Requests that are being answered.',
    registers,
  })
  const decisions = new Counter({
    name: 'lakeport_authz_decisions_total',
    help: 'Decisions about whether somebody may do something.',
    labelNames: ['permission', 'decision'],
    registers,
  })
  const limited = new Counter({
    name: 'lakeport_rate_limited_total',
    help: 'Writes refused because their author made too many.',
    labelNames: ['route'],
    registers,
  })
  const shed = new Counter({
    name: 'lakeport_requests_shed_total',
    help: 'Requests refused because there was too much to do.',
    labelNames: ['reason'],
    registers,
  })
  const statements = new Histogram({
    name: 'lakeport_warehouse_statement_duration_seconds',
    help: 'Time that a statement took, waiting for its turn and further tries included.',
    labelNames: ['statement', 'outcome'],
    buckets: STATEMENT_BUCKETS,
    registers,
  })
  const runs = new Counter({
    name: 'lakeport_ingestion_runs_total',
    help: 'Runs of sources that ended.',
    labelNames: ['source', 'outcome'],
    registers,
  })
  const notifications = new Counter({
    name: 'lakeport_alert_notifications_total',
    help: 'Tries to tell something over a webhook.',
    labelNames: ['channel', 'outcome'],
    registers,
  })
  const deleted = new Counter({
    name: 'lakeport_retention_deleted_rows_total',
    help: 'Rows deleted because they were kept long enough.',
    labelNames: ['table'],
    registers,
  })
  new Gauge({
    name: 'lakeport_build_info',
    help: 'Always 1; the version is in the label.',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1)

  return {
    text: () => registry.metrics(),
    contentType: registry.contentType,
    /** Names of all metrics, for what refers to them. */
    names: () => registry.getMetricsAsArray().map(({ name }) => name),
    requestBegan: () => inFlight.inc(),
    requestEnded(method: string, route: string, status: number, seconds: number): void {
      inFlight.dec()
      requests.observe({ method, route, status_code: status }, seconds)
    },
    decided: (permission: string, isAllowed: boolean) =>
      decisions.inc({ permission, decision: isAllowed ? 'allowed' : 'refused' }),
    limited: (route: string) => limited.inc({ route }),
    shed: (reason: string) => shed.inc({ reason }),
    statement: ({ name, outcome, durationMs }: { name: string; outcome: string; durationMs: number }) =>
      statements.observe({ statement: name, outcome }, durationMs / 1000),
    run: (source: string, outcome: string) => runs.inc({ source, outcome }),
    notification: ({ channel, outcome }: { channel: string; outcome: string }) =>
      notifications.inc({ channel, outcome }),
    deleted: (table: string, rows: number) => deleted.inc({ table }, rows),
    /** Once, when there is something to read. */
    watch(sources: MetricSources): void {
      const gauge = (name: string, help: string, labelNames: string[], read: (gauge: Gauge) => void) =>
        new Gauge({
          name,
          help,
          labelNames,
          registers,
          collect() {
            this.reset()
            read(this)
          },
        })
      gauge('lakeport_store_revision', 'Changes that the store has seen.', [], (it) => it.set(sources.revision()))
      gauge(
        'lakeport_replica_last_sync_timestamp_seconds',
        'When the store was last in step with the warehouse.',
        [],
        (it) => {
          const at = sources.replicaSyncedAt()
          if (at === null) it.remove()
          else it.set(at)
        },
      )
      gauge(
        'lakeport_ingestion_last_success_timestamp_seconds',
        'When a source was last polled with success.',
        ['source'],
        (it) => {
          for (const { source, lastSuccessAt } of sources.sources())
            if (lastSuccessAt !== null) it.set({ source }, lastSuccessAt)
        },
      )
      gauge('lakeport_check_state', '1 for the state that a check is in.', ['platform', 'check', 'state'], (it) => {
        for (const { platform, check, state } of sources.checks())
          for (const each of shownStates) it.set({ platform, check, state: each }, each === state ? 1 : 0)
      })
      gauge('lakeport_alerts_firing', 'Alerts that fire.', ['alert'], (it) => {
        for (const alert of ['ingestion.stale', 'check.failing']) it.set({ alert }, 0)
        for (const alert of sources.firing()) it.inc({ alert })
      })
    },
  }
}

export type Metrics = ReturnType<typeof createMetrics>
