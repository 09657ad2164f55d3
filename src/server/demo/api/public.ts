import { serviceAt } from '../moments.ts'
import { artifactAt } from '../wire/dbt-artifacts.ts'
import { asHealth } from '../wire/health.ts'
import { type Asked, type Reply, thingsOf, type World } from './exchange.ts'

/** What needs no token: services that tell how they are, and the files that dbt left. Null for every other path. */
export function answerPublic(world: World, { path, at }: Asked): Reply | null {
  const health = /^\/health\/([\w-]+)$/.exec(path)?.[1]
  if (health !== undefined) {
    const service = thingsOf(world, 'service').find(({ key }) => key === health)
    if (service === undefined) return notFound
    const moment = serviceAt(world.story, service, at)
    return { ...asHealth(service, moment), delayMs: moment.latencyMs }
  }
  const file = /^\/dbt\/([\w-]+)\/(sources|run_results)\.json$/.exec(path)
  if (file === null) return null
  const project = thingsOf(world, 'dbt').find(({ key, artifact }) => key === file[1] && artifact === file[2])
  const json = project === undefined ? null : artifactAt(world.story, project, at)
  return json === null ? notFound : { status: 200, json }
}

const notFound: Reply = { status: 404, json: { message: 'Not found' } }
