import { expect, test } from 'vitest'
import { createWebhook, signatureOf } from './webhook.ts'

test("signs as the standard's own example does", () => {
  expect(
    signatureOf(
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1614265330,
      '{"test": 2432232314}',
    ),
  ).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('a name that resolves to the metadata service is not connected to', async () => {
  const asked: string[] = []
  const { host, send } = createWebhook({
    url: 'https://hooks.example.com/a?token=x',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    timeoutMs: 1000,
    steadyClock: () => 0,
    lookup: ((name: string, _options: unknown, callback: (...answer: unknown[]) => void) => {
      asked.push(name)
      callback(null, [{ address: '169.254.169.254', family: 4 }])
    }) as never, // The one overload that the guard uses.
  })
  expect(host).toBe('hooks.example.com')
  const answer = await send({ id: 'a', at: 0, requestId: 'b', body: '{}' }, new AbortController().signal)
  expect(answer).toMatch(/not one this portal may ask/)
  expect(asked).toEqual(['hooks.example.com'])
})
