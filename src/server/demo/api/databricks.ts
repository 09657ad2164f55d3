import { guidOf, jobIdOf, warehouseIdOf } from '../estate.ts'
import { asJob } from '../wire/jobs.ts'
import { asErrorEvent, asPipeline, asUpdate, listedUpdates } from '../wire/pipelines.ts'
import { asWarehouse } from '../wire/warehouses.ts'
import { databricksError, invalidParameter } from './databricks-error.ts'
import { type Answer, type Asked, blindAnswer, pageOf, type Reply, sizeOf, thingsOf, type World } from './exchange.ts'
import { jobRunsList } from './job-runs.ts'
import { answerScim } from './scim.ts'
import type { Statements } from './statements.ts'

const doesNotExist = (message: string) => databricksError(404, 'RESOURCE_DOES_NOT_EXIST', message)

const bodies = {
  refused: { error_code: 'UNAUTHENTICATED', message: 'The access token is expired.' },
  unavailable: { error_code: 'TEMPORARILY_UNAVAILABLE', message: 'The service is temporarily unavailable.' },
}

/** Everything below `/api/`. The caller has looked at the token already. */
export function answerDatabricks(world: World, statements: Statements, asked: Asked): Answer {
  const { method, path } = asked
  const statement = /^\/api\/2\.0\/sql\/statements(?:\/([\w-]+)(\/cancel|\/result\/chunks\/\d+)?)?$/.exec(path)
  if (statement !== null) return statements.answer(asked, statement[1] ?? null, statement[2] ?? null)
  const directory = answerScim(asked)
  if (directory !== null) return directory
  if (method !== 'GET') return noEndpoint(asked)
  const kind = /^\/api\/2\.[12]\/jobs\//.test(path)
    ? 'job'
    : path.startsWith('/api/2.0/pipelines')
      ? 'pipeline'
      : 'warehouse'
  const blindness = world.story.blindAt(kind, asked.at)
  if (blindness !== null) return blindAnswer(blindness, bodies)
  if (path === '/api/2.2/jobs/list') return jobsList(world, asked)
  if (path === '/api/2.2/jobs/runs/list') return jobRunsList(world, asked)
  if (path === '/api/2.0/sql/warehouses') return warehousesList(world, asked)
  if (path === '/api/2.0/pipelines') return pipelinesList(world, asked)
  const warehouse = /^\/api\/2\.0\/sql\/warehouses\/(\w+)$/.exec(path)?.[1]
  if (warehouse !== undefined) return warehouseRead(world, asked, warehouse)
  const pipeline = /^\/api\/2\.0\/pipelines\/([\w-]+)\/(updates|events)$/.exec(path)
  if (pipeline !== null) return pipelinePast(world, asked, pipeline[1] ?? '', pipeline[2] === 'events')
  return noEndpoint(asked)
}

const noEndpoint = ({ method, path }: Asked) =>
  databricksError(404, 'ENDPOINT_NOT_FOUND', `No API found for '${method} ${path}'`)

function jobsList(world: World, { query }: Asked): Reply {
  const size = sizeOf(query.get('limit'), { standard: 20, max: 100 })
  if (size === null) return invalidParameter('limit must be between 1 and 100')
  const name = query.get('name')?.toLowerCase()
  const jobs = thingsOf(world, 'job').filter((job) => name === undefined || job.name.toLowerCase() === name)
  const byId = jobs.toSorted((a, b) => (jobIdOf(a) < jobIdOf(b) ? 1 : -1))
  const { page, next } = pageOf(byId, query.get('page_token'), size)
  return {
    status: 200,
    json: {
      ...(page.length === 0 ? {} : { jobs: page.map(asJob) }),
      has_more: next !== null,
      ...(next === null ? {} : { next_page_token: next }),
    },
  }
}

function warehousesList(world: World, { query, at }: Asked): Reply {
  const all = thingsOf(world, 'warehouse')
  const size = sizeOf(query.get('page_size'), { standard: all.length, max: 1000 })
  if (size === null) return invalidParameter('page_size must be between 1 and 1000')
  const { page, next } = pageOf(all, query.get('page_token'), size)
  const warehouses = page.map((warehouse) => asWarehouse(world.story, warehouse, at))
  return { status: 200, json: { warehouses, ...(next === null ? {} : { next_page_token: next }) } }
}

function warehouseRead(world: World, { at }: Asked, id: string): Reply {
  const warehouse = thingsOf(world, 'warehouse').find(({ key }) => warehouseIdOf(key) === id)
  return warehouse === undefined
    ? doesNotExist(`SQL warehouse ${id} does not exist`)
    : { status: 200, json: asWarehouse(world.story, warehouse, at) }
}

function pipelinesList(world: World, { query, at }: Asked): Reply {
  const size = sizeOf(query.get('max_results'), { standard: 25, max: 100 })
  if (size === null) return invalidParameter('max_results must be between 1 and 100')
  const { page, next } = pageOf(thingsOf(world, 'pipeline'), query.get('page_token'), size)
  const statuses = page.map((pipeline) => asPipeline(world.story, pipeline, at))
  return { status: 200, json: { statuses, ...(next === null ? {} : { next_page_token: next }) } }
}

function pipelinePast(world: World, { query, at }: Asked, id: string, isEvents: boolean): Reply {
  const pipeline = thingsOf(world, 'pipeline').find((thing) => guidOf(thing) === id)
  if (pipeline === undefined) return doesNotExist(`The specified pipeline ${id} was not found.`)
  const size = sizeOf(query.get('max_results'), { standard: 25, max: 250 })
  if (size === null) return invalidParameter('max_results must be between 1 and 250')
  const runs = [...listedUpdates(world.story, pipeline, at)]
  const told = isEvents ? runs.filter((run) => run.result === 'failure' && run.endedAt <= at) : runs
  const { page, next } = pageOf(told, query.get('page_token'), size)
  const entries = page.map((run) => (isEvents ? asErrorEvent(pipeline, run) : asUpdate(pipeline, run, at)))
  return {
    status: 200,
    json: { [isEvents ? 'events' : 'updates']: entries, ...(next === null ? {} : { next_page_token: next }) },
  }
}
