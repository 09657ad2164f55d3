import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guidOf, workspaceIdOf } from '../estate.ts'
import { type Client, connect, list, SINCE, thing } from '../fixtures/client.ts'

let client: Client
beforeAll(async () => {
  client = await connect()
})
afterAll(() => client[Symbol.asyncDispose]())

describe('Power BI and Fabric', () => {
  const refreshesOf = (key: string) => {
    const dataset = thing('dataset', key)
    return `/v1.0/myorg/groups/${workspaceIdOf(dataset.workspace)}/datasets/${guidOf(dataset)}/refreshes`
  }

  it('tells the newest sixty refreshes at most, and none of a dataset that was never refreshed', async () => {
    const all = list((await client.get(refreshesOf('daily_sales'), 'powerbi')).json, 'value')
    expect(all).toHaveLength(60)
    expect(list((await client.get(`${refreshesOf('daily_sales')}?$top=1`, 'powerbi')).json, 'value')).toEqual(
      all.slice(0, 1),
    )
    expect(all.at(-1)).toMatchObject({
      status: 'Completed',
      refreshType: 'Scheduled',
      endTime: expect.stringMatching(/Z$/),
    })
    expect(list((await client.get(refreshesOf('cash_forecast'), 'powerbi')).json, 'value')).toEqual([])
    expect(await client.get(refreshesOf('daily_sales').replace('datasets/', 'datasets/0'), 'powerbi')).toMatchObject({
      status: 404,
      json: { error: { code: 'PowerBIEntityNotFound' } },
    })
  })

  it('tells a refresh under way as Unknown, without an end', async () => {
    const { json } = await client.at(SINCE + 43 * 60_000, () => client.get(refreshesOf('daily_sales'), 'powerbi'))
    const [newest] = list(json, 'value')
    expect(newest).toMatchObject({ status: 'Unknown' })
    expect(newest).not.toHaveProperty('endTime')
  })

  it('tells the job instances of an item once over its pages, in Fabric’s own spelling of time', async () => {
    const item = thing('item', 'carrier_events')
    const path = `/v1/workspaces/${workspaceIdOf(item.workspace)}/items/${guidOf(item)}/jobs/instances`
    const { entries, pages } = await client.readAll(path, 'value', 'fabric')
    expect(pages).toBe(3)
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
    expect(entries[0]).toMatchObject({
      status: 'Completed',
      jobType: 'RunNotebook',
      startTimeUtc: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$/),
      failureReason: null,
    })
    const unknown = `/v1/workspaces/${workspaceIdOf(item.workspace)}/items/${workspaceIdOf('x')}/jobs/instances`
    expect(await client.get(unknown, 'fabric')).toMatchObject({ status: 404, json: { errorCode: 'ItemNotFound' } })
  })
})
