import { guidOf, workspaceIdOf } from '../estate.ts'
import { asJobInstance, listedInstances } from '../wire/job-instances.ts'
import { type Answer, type Asked, blindAnswer, pageOf, type Reply, thingsOf, type World } from './exchange.ts'

const PAGE_SIZE = 40

export const fabricError = (status: number, errorCode: string, message: string): Reply => ({
  status,
  json: { requestId: '00000000-0000-0000-0000-000000000000', errorCode, message },
})

const bodies = {
  refused: { errorCode: 'TokenExpired', message: 'Access token has expired, resubmit with a new access token' },
  unavailable: { errorCode: 'ServiceUnavailable', message: 'The service is temporarily unavailable.' },
}

/** `GET /v1/workspaces/{workspace}/items/{item}/jobs/instances` */
export function answerFabric(world: World, { method, path, query, at }: Asked): Answer {
  const blindness = world.story.blindAt('item', at)
  if (blindness !== null) return blindAnswer(blindness, bodies)
  const ids = /^\/v1\/workspaces\/([\w-]+)\/items\/([\w-]+)\/jobs\/instances$/.exec(path)
  if (ids === null || method !== 'GET')
    return fabricError(404, 'EntityNotFound', 'The requested resource could not be found')
  const item = thingsOf(world, 'item').find(
    (thing) => workspaceIdOf(thing.workspace) === ids[1]?.toLowerCase() && guidOf(thing) === ids[2]?.toLowerCase(),
  )
  if (item === undefined) return fabricError(404, 'ItemNotFound', 'The requested item could not be found')
  const { page, next } = pageOf([...listedInstances(world.story, item, at)], query.get('continuationToken'), PAGE_SIZE)
  return {
    status: 200,
    json: {
      value: page.map((run) => asJobInstance(item, run, at)),
      ...(next === null
        ? {}
        : { continuationToken: next, continuationUri: `${world.url}${path}?continuationToken=${next}` }),
    },
  }
}
