import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerDatabricks } from './api/databricks.ts'
import { databricksError } from './api/databricks-error.ts'
import type { Answer, Asked, Reply, World } from './api/exchange.ts'
import { answerFabric, fabricError } from './api/fabric.ts'
import { answerPowerbi, powerbiError } from './api/powerbi.ts'
import { answerPublic } from './api/public.ts'
import { createStatements } from './api/statements.ts'
import { type Audience, createTokens } from './api/tokens.ts'
import { chance } from './chance.ts'
import { company } from './company/company.ts'
import { unwatchedJobs } from './company/unwatched-jobs.ts'
import { type Scenario, scenarios } from './scenarios.ts'
import { beginningAt, createStory } from './story.ts'

export const isScenario = (text: unknown): text is Scenario => scenarios.some((scenario) => scenario === text)

export interface SampleWorkspaceOptions {
  scenario: Scenario
  /** Milliseconds since the epoch. */
  now: () => number
  seed?: string
  /** When the scenario began; the full hour before now unless given. */
  since?: number
  /** 0, the default, takes a free one. */
  port?: number
}

export interface SampleWorkspace {
  url: string
  /** Another scenario, beginning now. */
  setScenario(scenario: Scenario): void
  close(): Promise<void>
}

const BODY_BYTES_MAX = 1024 * 1024
/** Questions of which one, by lot, is told to come back later. */
const THROTTLE_ONE_IN = 120

const things = [...new Set(company.flatMap(({ watches }) => watches.map((watch) => watch.watches))), ...unwatchedJobs]

/** A server on loopback that speaks Databricks, Entra, Power BI and Fabric about the sample company. */
export async function startSampleWorkspace(options: SampleWorkspaceOptions): Promise<SampleWorkspace> {
  const { now, seed } = options
  const tell = (scenario: Scenario, since: number) =>
    createStory({ scenario, since, ...(seed === undefined ? {} : { seed }) })
  const world: World = { story: tell(options.scenario, options.since ?? beginningAt(now())), url: '', things }
  const answer = createAnswers(world)
  const delays = new Set<NodeJS.Timeout>()

  const server = http.createServer(async (request, response) => {
    try {
      const asked = await read(request, now)
      const reply = asked === null ? TOO_LARGE : answer(asked)
      if (reply === 'hang') return
      const timer = setTimeout(() => {
        delays.delete(timer)
        send(response, reply)
      }, reply.delayMs ?? 0)
      delays.add(timer)
    } catch {
      response.destroy()
    }
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // A TCP server's address is never a path.

  return {
    url: world.url,
    setScenario(scenario) {
      world.story = tell(scenario, now())
    },
    async close() {
      for (const timer of delays) clearTimeout(timer)
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

const TOO_LARGE: Reply = { status: 413, json: { message: 'Request entity too large' } }

/** Null when the body is larger than anything that is asked here. */
async function read(request: http.IncomingMessage, now: () => number): Promise<Asked | null> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.byteLength
    if (size > BODY_BYTES_MAX) return null
    parts.push(part)
  }
  const url = new URL(request.url ?? '/', 'http://sample')
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(parts).toString(),
    at: now(),
  }
}

function createAnswers(world: World): (asked: Asked) => Answer {
  const tokens = createTokens(() => world.url)
  const statements = createStatements(() => world)
  let count = 0
  let wasThrottled = false

  const guarded = (asked: Asked, audience: Audience, act: () => Answer): Answer => {
    if (!tokens.isGood(asked, audience)) return refusals[audience]
    count += 1
    wasThrottled = !wasThrottled && chance(`${world.story.seed}/throttle`, count) < 1 / THROTTLE_ONE_IN
    return wasThrottled ? { ...throttles[audience], headers: { 'retry-after': '1' } } : act()
  }

  return (asked) => {
    const { method, path } = asked
    if (path === '/oidc/v1/token' && method === 'POST') return tokens.databricks(asked)
    if (/^\/[^/]+\/oauth2\/v2\.0\/token$/.test(path) && method === 'POST') return tokens.entra(asked)
    if (path.startsWith('/api/')) return guarded(asked, 'databricks', () => answerDatabricks(world, statements, asked))
    if (path.startsWith('/v1.0/myorg/')) return guarded(asked, 'powerbi', () => answerPowerbi(world, asked))
    if (path.startsWith('/v1/')) return guarded(asked, 'fabric', () => answerFabric(world, asked))
    return answerPublic(world, asked) ?? { status: 404, json: { message: 'Not found' } }
  }
}

const refusals: Record<Audience, Reply> = {
  databricks: databricksError(401, 'UNAUTHENTICATED', 'Credential was not sent or was of an unsupported type.'),
  powerbi: powerbiError(401, 'TokenExpired', 'Access token has expired, resubmit with a new access token'),
  fabric: fabricError(401, 'TokenExpired', 'Access token has expired, resubmit with a new access token'),
}

const throttles: Record<Audience, Reply> = {
  databricks: databricksError(429, 'REQUEST_LIMIT_EXCEEDED', 'Rate limit reached. Try again later.'),
  powerbi: powerbiError(429, 'TooManyRequests', 'Too many requests. Try again later.'),
  fabric: fabricError(
    429,
    'RequestBlocked',
    'The request is blocked by the upstream service until it may be repeated.',
  ),
}

function send(response: http.ServerResponse, { status, headers, json, text }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(text ?? encode(json))
}

/** JSON has numbers of any length; JavaScript's stringify has not. */
const encode = (json: unknown): string =>
  JSON.stringify(json, (_key, value: unknown) => (typeof value === 'bigint' ? `#int64:${value}#` : value)).replace(
    /"#int64:(-?\d+)#"/g,
    '$1',
  )
