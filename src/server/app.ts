import { join } from 'node:path'
import { setImmediate as breath } from 'node:timers/promises'
import { GlossaryCreate } from '../contracts/glossary.ts'
import type { ConnectorName } from '../contracts/sources.ts'
import { createAlerting, type Notification } from './alerting.ts'
import { logAuthzChanges } from './authz-log.ts'
import type { Config } from './config.ts'
import { bootstrapAdmins } from './features/access-admin/bootstrap.ts'
import { createAccessStore } from './features/access-admin/store.ts'
import { accessVerbs } from './features/access-admin/verbs.ts'
import { createAuditStore } from './features/audit/store.ts'
import { auditVerbs } from './features/audit/verbs.ts'
import { createGlossaryStore } from './features/glossary/store.ts'
import { glossaryVerbs } from './features/glossary/verbs.ts'
import { createWordStore } from './features/glossary/word-store.ts'
import { wordVerbs } from './features/glossary/words.ts'
import { createRoadmapStore } from './features/roadmap/store.ts'
import { roadmapVerbs as roadmapVerbsOf } from './features/roadmap/verbs.ts'
import { createSearchStore } from './features/search/store.ts'
import { searchVerbs } from './features/search/verbs.ts'
import { type Board, createBoard } from './features/status/board.ts'
import { createHistory, type History } from './features/status/history.ts'
import { LOOKBACK } from './features/status/pasts.ts'
import { globalState } from './features/status/rules/platform.ts'
import type { StaleAges } from './features/status/source-status.ts'
import { createStatusStore } from './features/status/store.ts'
import { statusVerbs } from './features/status/verbs.ts'
import { watched } from './features/subscriptions/rules/components.ts'
import { createSubscriptionStore } from './features/subscriptions/store.ts'
import { subscriptionVerbs } from './features/subscriptions/verbs.ts'
import { createTicketsStore } from './features/tickets/store.ts'
import { createTimers } from './features/tickets/timers.ts'
import { ticketsVerbs } from './features/tickets/verbs.ts'
import { startHousekeeping } from './housekeeping.ts'
import { createIdempotency } from './http/idempotency.ts'
import { hashSecret, identify, isTrustedPeer, TOKEN_PREFIX } from './http/identity.ts'
import { createWriteLimits } from './http/limits.ts'
import { createServer, EVENT_LOOP_DELAY_MS_MAX, type Timeouts } from './http/server.ts'
import { createStreams } from './http/stream.ts'
import { compileCheck } from './http/validate.ts'
import { createIdentitySources } from './identities.ts'
import type { Connector } from './ingest/connector.ts'
import { createScheduler } from './ingest/schedule.ts'
import type { PeopleReader } from './ingest/snapshot.ts'
import { metricSources } from './metric-sources.ts'
import { watchEventLoop } from './observe/event-loop.ts'
import { createReadiness } from './observe/health.ts'
import type { Log } from './observe/log.ts'
import { createMetrics, type Metrics } from './observe/metrics.ts'
import { readinessComponents } from './readiness-components.ts'
import { openReplica, replicaGate } from './replica.ts'
import { createJournal } from './storage/create-journal.ts'
import type { Warehouse } from './storage/delta/warehouse.ts'
import { embeddedLedger } from './storage/embedded.ts'
import { newId } from './storage/ids.ts'
import type { Observation } from './storage/journal.ts'
import type { Ledger } from './storage/ledger.ts'
import { type Local, openLocal } from './storage/local/open.ts'
import { createRetention } from './storage/retention.ts'
import { type Watching, watchedJournal } from './watched-journal.ts'

export interface PortalParts {
  config: Config
  log: Log
  requestLog: Log
  /** Milliseconds since the epoch. */
  clock: () => number
  connectorFor(source: ConnectorName): Connector
  /** Who is in which groups. Absent or null: nobody is in any, whatever was read before. */
  peopleReader?: PeopleReader | null
  /** Folder of the store, or `:memory:`. */
  dataDir: string
  /** The system of record; the local store itself unless given. */
  ledgerOf?: (local: Local) => Ledger
  /** Delta tables behind this are the system of record, and the store is a replica of them. */
  warehouse?: Warehouse | null
  /** Where it is counted; an own place unless given. */
  metrics?: Metrics
  /** Told of every outgoing webhook that was tried. */
  onNotification?: (notification: Notification) => void
  random?: () => number
  /** Told of every batch of rows that retention deletes. */
  onDeleted?(table: string, rows: number): void
  eventLoopDelayMsMax?: number
  timeouts?: Timeouts
}

/** For sending what is left to the warehouse when stopping; the platform kills after 15 seconds in all. */
const FAREWELL_MS = 4000
/** For closing what is open once nobody is served any more. */
const CLOSING_MS = 1000

/** The whole portal, wired but not listening and not polling. The only place that chooses implementations. */
export async function createPortal(parts: PortalParts) {
  const { config, log, clock, peopleReader = null, warehouse = null } = parts
  const metrics = parts.metrics ?? createMetrics(config.version)
  const local = openLocal(parts.dataDir, { now: clock, isReplica: warehouse !== null })
  // An instance holds less than the warehouse does, and could not roll a day up again of which it holds nothing.
  const resultsDays =
    warehouse === null
      ? config.RETENTION_RESULTS_DAYS
      : Math.min(config.RETENTION_RESULTS_DAYS, config.REPLICA_RESULTS_DAYS)
  const keeps = ({ measured_at }: Observation) => retention.keeps(measured_at)
  const arrived = (observations: readonly Observation[]) => {
    board.arrived(observations)
    history.arrived(observations)
  }
  const replicated =
    warehouse === null ? null : openReplica({ local, warehouse, resultsDays, config, clock, log, arrived })
  /** Of several instances one polls, judges and looks after what falls due. */
  const mayAct = () => replicated?.isLeader ?? true
  const committed: Watching['committed'] = (changes, provenance) => logAuthzChanges(changes, provenance, log)
  const watching = { keeps, arrived, committed }
  const journal = watchedJournal(
    replicated?.journal ?? createJournal(local, (parts.ledgerOf ?? embeddedLedger)(local)),
    watching,
  )
  const measuring = replicated === null ? journal : watchedJournal(replicated.deferred, watching)

  const access = createAccessStore(local, journal, { isShared: replicated !== null })
  const status = createStatusStore(local, journal)
  const tickets = createTicketsStore(local, journal)
  const timers = createTimers(tickets, newId)
  const board: Board = createBoard(status, journal)
  const history: History = createHistory(status, journal, clock)

  const retention = createRetention({
    expiry: local.expiry,
    clock,
    days: {
      results: resultsDays,
      rollups: config.RETENTION_ROLLUP_DAYS,
      runs: config.RETENTION_RUNS_DAYS,
    },
    spared: LOOKBACK,
    rollUpBefore: history.rollUpBefore,
    onDeleted(table, rows) {
      metrics.deleted(table, rows)
      parts.onDeleted?.(table, rows)
    },
    log,
    pause: breath,
  })

  const scheduler = createScheduler({
    journal: measuring,
    onRun: metrics.run,
    mayPoll: mayAct,
    clock,
    log,
    connectorFor: parts.connectorFor,
    timeoutMs: config.INGESTION_TIMEOUT_SECONDS * 1000,
    checks: () => status.checks().filter((check) => check.is_enabled && check.source.connector !== 'push'),
    snapshots: (peopleReader === null ? [] : [peopleReader]).map((reader) => ({
      reader,
      intervalMs: config.GROUPS_INTERVAL_SECONDS * 1000,
      lastStartedAt: () => status.newestRunOf(reader.name)?.started_at ?? null,
      keep: access.replacePeople,
    })),
    lastMeasured: status.lastMeasured,
    runningRuns: status.runningRuns,
  })

  const staleAges: StaleAges = {
    polledMs: config.INGESTION_STALE_SECONDS * 1000,
    snapshotMs: new Map(peopleReader === null ? [] : [[peopleReader.name, config.GROUPS_MAX_AGE_SECONDS * 1000]]),
  }

  const { onNotification, random } = parts
  const alerting = createAlerting({
    ...{ config, log, clock, local, journal, status, board, staleAges },
    deferred: measuring,
    mayAct,
    onNotification(notification) {
      metrics.notification(notification)
      onNotification?.(notification)
    },
    ...(random === undefined ? {} : { random }),
  })

  const loop = watchEventLoop((parts.eventLoopDelayMsMax ?? EVENT_LOOP_DELAY_MS_MAX) / 2)
  let isDraining = false
  const shown = { board, staleAges, alerting, clock }
  metrics.watch(metricSources({ ...shown, journal, replicated, status }))
  const readiness = createReadiness({
    clock,
    log,
    timeoutMs: config.READYZ_TIMEOUT_MS,
    timeouts: config.READYZ_TIMEOUTS,
    critical: [...config.READYZ_CRITICAL, 'draining'],
    components: readinessComponents({ ...shown, local, replicated, loop, isDraining: () => isDraining }),
  })

  journal.subscribe(({ isForeign }) => {
    if (isForeign !== true) return
    board.forget()
    history.forget()
  })
  const housekeeping = startHousekeeping({ local, retention, timers, mayAct, clock, log })

  const sources = createIdentitySources(config, access, journal, peopleReader !== null)
  const streams = createStreams(journal)
  const ticketVerbs = ticketsVerbs(tickets, timers)
  const checkTerm = compileCheck(GlossaryCreate)
  const termVerbs = glossaryVerbs(createGlossaryStore(local, journal), (term) => checkTerm(term, 'body'))
  const roadmapVerbs = roadmapVerbsOf(createRoadmapStore(local, journal))
  const server = await createServer({
    verbs: {
      ...ticketVerbs,
      ...roadmapVerbs,
      ...termVerbs,
      ...wordVerbs(createWordStore(local)),
      ...searchVerbs(createSearchStore(local)),
      ...accessVerbs(access, { isLocal: config.isLocal, prefix: TOKEN_PREFIX, hash: hashSecret }),
      ...auditVerbs(createAuditStore(local)),
      ...subscriptionVerbs({
        store: createSubscriptionStore(local),
        origin: config.PUBLIC_ORIGIN || `http://localhost:${config.DATABRICKS_APP_PORT}`,
        platforms: (now) => watched(status.platforms(), board.platforms(now)),
        overall: (platforms) => globalState(platforms).state,
        changesAt: board.changesAt,
      }),
      ...alerting.verbs,
      ...statusVerbs({
        store: status,
        board,
        history,
        trigger: scheduler.trigger,
        isDemo: config.isDemo,
        staleAges,
        retentionDays: resultsDays,
      }),
    },
    journal,
    replica: replicated === null ? null : replicaGate(replicated.sync),
    clock,
    log,
    requestLog: parts.requestLog,
    streams,
    metrics,
    readiness,
    version: config.version,
    publicOrigin: config.PUBLIC_ORIGIN,
    webRoot: join(import.meta.dirname, '../../dist/web'),
    identify: (request, now) => identify(request, now, sources),
    isTrustedPeer: (request) => isTrustedPeer(request, config),
    countWrite: createWriteLimits({
      create: config.RATE_LIMIT_CREATE,
      comment: config.RATE_LIMIT_COMMENT,
      vote: config.RATE_LIMIT_VOTE,
      write: config.RATE_LIMIT_WRITE,
    }),
    once: createIdempotency(local.idempotency),
    ...(parts.eventLoopDelayMsMax === undefined ? {} : { eventLoopDelayMsMax: parts.eventLoopDelayMsMax }),
    ...(parts.timeouts === undefined ? {} : { timeouts: parts.timeouts }),
  })

  /** Makes the first admins and does what fell due meanwhile. */
  const begin = async () => {
    const first = config.devIdentity === null ? [] : [config.devIdentity.email ?? config.devIdentity.user]
    await bootstrapAdmins([...first, ...config.BOOTSTRAP_ADMINS], access, clock(), newId(clock()))
    await timers.tick(clock())
  }

  return {
    server,
    local,
    journal,
    replicated,
    scheduler,
    access,
    status,
    board,
    history,
    retention,
    ticketVerbs,
    termVerbs,
    roadmapVerbs,
    timers,
    readiness,
    alerting,
    /** The store as it should be before anybody reads it. With a warehouse that is a copy of what is there. */
    async prepare(): Promise<void> {
      if (replicated !== null) await replicated.sync.pull()
      await begin()
    },
    /** Follows the warehouse in the background, and polls while this instance is the one that does. */
    follow(prepare: () => Promise<void>, whenLeading: () => Promise<void>): void {
      replicated?.start({
        prepare,
        onLeader() {
          begin()
            .then(whenLeading)
            .catch((error: unknown) => log.error({ event: 'sys_startup', err: error }, 'Leading could not begin'))
        },
      })
    },
    /**
     * Not ready at once; streams end; requests in flight finish, or are cut off while there is time for what comes
     * after them; polling stops at a safe point; the store closes last.
     */
    async stop(): Promise<void> {
      const wholeMs = config.SHUTDOWN_SECONDS * 1000
      const afterMs = CLOSING_MS + (replicated === null ? 0 : FAREWELL_MS)
      const cut = setTimeout(
        () => {
          log.warn({ event: 'sys_shutdown' }, 'Requests that did not finish in time are cut off')
          server.server.closeAllConnections()
        },
        Math.max(wholeMs - afterMs, wholeMs / 2),
      )
      isDraining = true
      readiness.forget()
      loop.stop()
      streams.close()
      const served = server.close().finally(() => clearTimeout(cut))
      await Promise.all([served, scheduler.stop(), alerting.stop(), retention.stop(), housekeeping.stop()])
      history.close()
      await replicated?.stop(FAREWELL_MS)
      local.close()
    },
  }
}

export type Portal = Awaited<ReturnType<typeof createPortal>>
