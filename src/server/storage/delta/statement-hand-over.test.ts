import { expect, test } from 'vitest'
import { NOON, transport } from '../../outbound/fixtures/server.ts'
import { OutboundError } from '../../outbound/outbound-error.ts'
import { failureOf, statement } from './fixtures/scripted.ts'
import { handOver } from './statement-hand-over.ts'
import type { Asked, Sent } from './statement-http.ts'
import type { Statement } from './warehouse.ts'

const lost: Sent = { is: 'lost', error: new OutboundError('timeout', 'No answer.'), mayHaveArrived: true }

/** The times that a statement is given to be taken, by a warehouse that never answers. */
async function timesGiven(more: Partial<Statement>, leftMs = 60_000) {
  const asked: Asked[] = []
  const means = {
    http: (one: Asked) => {
      asked.push(one)
      return Promise.resolve(lost)
    },
    transport: transport(),
    place: { warehouseId: 'w', catalog: 'c', schema: 's' },
    httpTimeoutMs: 2500,
    closing: new AbortController().signal,
  }
  const nothing = () => undefined
  const errand = { deadline: NOON + leftMs, onTry: nothing, onAstray: nothing, sign: nothing }
  await failureOf(handOver({ ...errand, statement: statement(more) }, means))
  return asked.map(({ timeoutMs }) => timeoutMs)
}

test('a warehouse that does not answer is known as soon for a statement that may be sent twice', async () => {
  expect(await timesGiven({ isIdempotent: false })).toEqual([2500])
  expect(await timesGiven({ isIdempotent: true })).toEqual([1500, 1000])
})

test('handing over takes no more time than the statement has', async () => {
  expect(await timesGiven({}, 0)).toEqual([])
  expect(await timesGiven({ isIdempotent: false }, 700)).toEqual([700])
})
