import { guidOf, workspaceIdOf } from '../estate.ts'
import { asRefresh, listedRefreshes } from '../wire/refreshes.ts'
import { type Answer, type Asked, blindAnswer, type Reply, sizeOf, thingsOf, type World } from './exchange.ts'

export const powerbiError = (status: number, code: string, message = code): Reply => ({
  status,
  json: { error: { code, message } },
})

const bodies = {
  refused: { error: { code: 'TokenExpired', message: 'Access token has expired, resubmit with a new access token' } },
  unavailable: { error: { code: 'ServiceUnavailable', message: 'The service is temporarily unavailable.' } },
}

/** `GET /v1.0/myorg/groups/{group}/datasets/{dataset}/refreshes` */
export function answerPowerbi(world: World, { method, path, query, at }: Asked): Answer {
  const blindness = world.story.blindAt('dataset', at)
  if (blindness !== null) return blindAnswer(blindness, bodies)
  const ids = /^\/v1\.0\/myorg\/groups\/([\w-]+)\/datasets\/([\w-]+)\/refreshes$/.exec(path)
  if (ids === null || method !== 'GET') return powerbiError(404, 'ResourceNotFound')
  const dataset = thingsOf(world, 'dataset').find(
    (thing) => workspaceIdOf(thing.workspace) === ids[1]?.toLowerCase() && guidOf(thing) === ids[2]?.toLowerCase(),
  )
  if (dataset === undefined) return powerbiError(404, 'PowerBIEntityNotFound')
  const top = sizeOf(query.get('$top'), { standard: 60, max: 200 })
  if (top === null) return powerbiError(400, 'InvalidRequest')
  const value = [...listedRefreshes(world.story, dataset, at)].slice(0, top).map((run) => asRefresh(dataset, run, at))
  return {
    status: 200,
    json: { '@odata.context': `${world.url}/v1.0/myorg/groups/${ids[1]}/$metadata#refreshes`, value },
  }
}
