import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import type { ErrorBody } from '../../src/contracts/fault.ts'
import {
  type BodyOf,
  type EndpointName,
  type Endpoints,
  endpoints,
  type ParamsOf,
  type QueryOf,
  type ReplyOf,
} from '../../src/contracts/index.ts'
import type { PersonRole } from '../../src/contracts/roles.ts'
import type { ConnectorName } from '../../src/contracts/sources.ts'
import { createPortal, type PortalParts } from '../../src/server/app.ts'
import { readConfig, secretsOf } from '../../src/server/config.ts'
import type { Connector, Reading } from '../../src/server/ingest/connector.ts'
import { createLog, type LogOptions } from '../../src/server/observe/log.ts'
import { hidingSecrets } from '../../src/server/secrets.ts'

export const START = Date.parse('2026-11-22T12:00:00.000Z')

export interface Answer<T> {
  status: number
  body: T
  error: ErrorBody['error'] | null
  headers: Record<string, string>
}

type Given<N extends EndpointName> = {
  params?: ParamsOf<Endpoints[N]>
  query?: QueryOf<Endpoints[N]>
  body?: BodyOf<Endpoints[N]>
  headers?: Record<string, string>
}

/** Every endpoint by name, over real HTTP. */
export type Client = { [N in EndpointName]: (given?: Given<N>) => Promise<Answer<ReplyOf<Endpoints[N]>>> }

export interface PortalOptions
  extends Partial<
    Pick<
      PortalParts,
      | 'ledgerOf'
      | 'warehouse'
      | 'dataDir'
      | 'connectorFor'
      | 'timeouts'
      | 'eventLoopDelayMsMax'
      | 'peopleReader'
      | 'random'
      | 'onNotification'
    >
  > {
  env?: Record<string, string>
  logOptions?: LogOptions
  /** False: as a portal is that has just begun. */
  isPrepared?: boolean
  /** Readings by check id that the sources answer; missing checks get no answer. */
  readings?: Map<string, Reading>
}

/** A whole portal in memory, listening on a free port, with a clock that only moves when told. */
export async function openPortal({
  env = {},
  logOptions = {},
  readings = new Map(),
  isPrepared = true,
  ...parts
}: PortalOptions = {}) {
  const config = readConfig(
    {
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'info',
      DEMO: 'off',
      RATE_LIMIT_CREATE: '10000',
      RATE_LIMIT_WRITE: '10000',
      ...env,
    },
    '0.0.0-test',
  )
  let now = START
  const lines: Record<string, unknown>[] = []
  const out = new PassThrough()
  out.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n')) if (line !== '') lines.push(JSON.parse(line))
  })
  const { log, requestLog } = createLog(config, out, { hide: hidingSecrets(secretsOf(config)), ...logOptions })
  const portal = await createPortal({
    config,
    log,
    requestLog,
    clock: () => now,
    dataDir: ':memory:',
    // What a busy machine refuses is what only some tests are about, and those say when.
    eventLoopDelayMsMax: 60_000,
    connectorFor: (name: ConnectorName): Connector => ({
      name,
      poll: (checks) =>
        Promise.resolve(
          new Map(checks.flatMap(({ id }) => (readings.has(id) ? [[id, readings.get(id) as Reading]] : []))),
        ),
    }),
    ...parts,
  })
  if (isPrepared) await portal.prepare()
  await portal.server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = portal.server.server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`

  /** A client that sends these headers with everything. */
  const withHeaders = (headers: Record<string, string>): Client =>
    new Proxy({} as Client, {
      get:
        (_target, name) =>
        (given: Given<EndpointName> = {}) =>
          call(origin, name as EndpointName, given, headers),
    })

  return {
    portal,
    origin,
    port,
    config,
    readings,
    /** Log lines so far, as the operator gets them. */
    lines,
    out,
    withHeaders,
    /** A person with exactly this role; local mode only. */
    as: (role: PersonRole) => withHeaders({ 'x-dev-persona': role }),
    admin: withHeaders({ 'x-dev-persona': 'admin' }),
    /** Who has no header at all. */
    plain: withHeaders({}),
    get now() {
      return now
    },
    at: (offsetMs = 0) => new Date(now + offsetMs).toISOString(),
    tick(ms: number) {
      now += ms
    },
    async close() {
      await portal.stop()
      out.end()
    },
    /** Waits for a log line that fits; lines are written as they happen. */
    async line(fits: (line: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
      for (;;) {
        const found = lines.find(fits)
        if (found !== undefined) return found
        await once(out, 'data')
      }
    },
  }
}

export type TestPortal = Awaited<ReturnType<typeof openPortal>>

async function call<N extends EndpointName>(
  origin: string,
  name: N,
  given: Given<N>,
  headers: Record<string, string>,
): Promise<Answer<ReplyOf<Endpoints[N]>>> {
  const endpoint = endpoints[name]
  const path = endpoint.path.replace(/:(\w+)/g, (_match, key: string) =>
    encodeURIComponent(String((given.params as Record<string, unknown> | undefined)?.[key])),
  )
  const query = new URLSearchParams(
    Object.entries(given.query ?? {}).map(([key, value]): [string, string] => [key, String(value)]),
  ).toString()
  const response = await fetch(`${origin}${path}${query === '' ? '' : `?${query}`}`, {
    method: endpoint.method,
    headers: {
      ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
      ...given.headers,
    },
    ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
  })
  const text = await response.text()
  // A file comes as the text that it is.
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  const body = text === '' ? null : isJson ? JSON.parse(text) : text
  return {
    status: response.status,
    body,
    error: response.ok ? null : ((body as ErrorBody | null)?.error ?? null),
    headers: Object.fromEntries(response.headers),
  }
}

let names = 0
/** A platform that nobody else uses. */
export async function makePlatform(p: TestPortal, name = `Platform ${++names}`) {
  return (await p.admin.platformCreate({ body: { name, domain: 'Sales' } })).body
}

export async function makeCheck(p: TestPortal, platformId: string, more: Record<string, unknown> = {}) {
  const body = {
    platform_id: platformId,
    name: `Check ${++names}`,
    kind: 'freshness',
    source: { connector: 'databricks_job', job_id: '1' },
    interval_seconds: 60,
    warn_after_seconds: 3600,
    crit_after_seconds: 7200,
    ...more,
  }
  const answer = await p.admin.statusCheckCreate({ body: body as never })
  if (answer.error !== null) throw new Error(JSON.stringify(answer.error))
  return answer.body
}
