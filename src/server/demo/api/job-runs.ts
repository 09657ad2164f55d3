import { jobIdOf } from '../estate.ts'
import type { Run } from '../runs.ts'
import type { RunThing } from '../things.ts'
import { asJobRuns, listedRuns } from '../wire/jobs.ts'
import { invalidParameter } from './databricks-error.ts'
import { type Asked, type Reply, sizeOf, thingsOf, type World } from './exchange.ts'

/** A page ends before this run: a token holds although new runs begin between two pages. */
interface Place {
  startedAt: number
  jobId: string
}

interface Listed extends Place {
  job: RunThing
  run: Run
}

/** `GET /api/2.2/jobs/runs/list`, newest first. */
export function jobRunsList(world: World, asked: Asked): Reply {
  const { query, at } = asked
  const size = sizeOf(query.get('limit'), { standard: 20, max: 24 })
  if (size === null) return invalidParameter('limit must be greater than 0 and less than 25')
  if (query.get('active_only') === 'true' && query.get('completed_only') === 'true')
    return invalidParameter('Only one of active_only and completed_only can be true')
  const id = query.get('job_id')
  const jobs = thingsOf(world, 'job').filter((job) => id === null || jobIdOf(job) === id)
  if (jobs.length === 0) return invalidParameter(`Job ${id} does not exist.`)

  const after = placeOf(query.get('page_token'))
  const listed = jobs.flatMap((job) => firstOf(world, job, asked, after, size + 1)).sort(newestFirst)
  const page = listed.slice(0, size)
  const last = listed.length > size ? page.at(-1) : undefined
  return {
    status: 200,
    json: {
      ...(page.length === 0 ? {} : { runs: page.flatMap(({ job, run }) => asJobRuns(world.story, job, [run], at)) }),
      has_more: last !== undefined,
      ...(last === undefined ? {} : { next_page_token: tokenOf(last) }),
    },
  }
}

/** The first `count` of a job's runs that the question is about; no more are looked at. */
function firstOf(world: World, job: RunThing, { query, at }: Asked, after: Place | null, count: number): Listed[] {
  const from = Number(query.get('start_time_from') ?? 0)
  const to = Number(query.get('start_time_to') ?? Number.POSITIVE_INFINITY)
  const found: Listed[] = []
  for (const run of listedRuns(world.story, job, at)) {
    if (found.length === count || run.startedAt < from) break
    const isOver = run.endedAt <= at
    if (run.startedAt > to) continue
    if (isOver ? query.get('active_only') === 'true' : query.get('completed_only') === 'true') continue
    const listed = { startedAt: run.startedAt, jobId: jobIdOf(job), job, run }
    if (after === null || newestFirst(after, listed) < 0) found.push(listed)
  }
  return found
}

const newestFirst = (a: Place, b: Place) =>
  b.startedAt - a.startedAt || (a.jobId < b.jobId ? -1 : a.jobId > b.jobId ? 1 : 0)

const tokenOf = ({ startedAt, jobId }: Place) => Buffer.from(`${startedAt}/${jobId}`).toString('base64url')

function placeOf(token: string | null): Place | null {
  if (token === null) return null
  const [startedAt = '', jobId = ''] = Buffer.from(token, 'base64url').toString().split('/')
  return { startedAt: Number(startedAt), jobId }
}
