import { expect, test } from 'vitest'
import { NOON, transport } from '../../outbound/fixtures/server.ts'
import { statement } from './fixtures/scripted.ts'
import { get } from './statement-get.ts'
import type { Asked } from './statement-http.ts'

test('an answer has to begin soon, and a long one may take longer to come over', async () => {
  const asked: Asked[] = []
  const means = {
    http: (one: Asked) => {
      asked.push(one)
      return Promise.resolve({ is: 'reply' as const, reply: { status: 200, retryAfter: null, answer: {} } })
    },
    transport: transport(),
    place: { warehouseId: 'w', catalog: 'c', schema: 's' },
    httpTimeoutMs: 2500,
    closing: new AbortController().signal,
  }
  const nothing = () => undefined
  const errand = { deadline: NOON + 1000, onTry: nothing, onAstray: nothing, sign: nothing, statement: statement() }
  await get('/path', errand, means, true)
  expect(asked).toEqual([{ method: 'GET', path: '/path', timeoutMs: 2500, wholeTimeoutMs: 30_000 }])
})
