import { describe, expect, test } from 'vitest'
import { failureOf, inState, scripted, sessionWith, statement, succeeded } from './fixtures/scripted.ts'

describe('many statements', () => {
  test('wait for a place no longer than they have time', async () => {
    await using server = await scripted({ submit: () => 'hang' })
    using session = sessionWith(server.url, { settings: { concurrency: 1, httpTimeoutMs: 60_000 } })
    const hanging = failureOf(session.client.execute(statement({ timeoutMs: 60_000 })))
    await failureOf(session.client.execute(statement({ timeoutMs: 2000 })))
    expect(session.ends).toMatchObject([{ outcome: 'unavailable', tries: 0, durationMs: 2000 }])
    session.client.close()
    await hanging
  })

  test('never are more at once than the setting allows', async () => {
    let inFlight = 0
    let most = 0
    await using server = await scripted({
      submit: (count) => {
        most = Math.max(most, ++inFlight)
        return { json: { statement_id: `s-${count}`, status: { state: 'RUNNING' } } }
      },
      poll: (count) => {
        if (count % 3 !== 0) return inState('RUNNING')
        inFlight--
        return succeeded()
      },
    })
    using session = sessionWith(server.url, { settings: { concurrency: 3, timeoutMs: 3_600_000 } })
    await Promise.all(Array.from({ length: 20 }, () => session.client.execute(statement())))
    expect(most).toBe(3)
    expect(session.client.load).toEqual({ running: 0, waiting: 0 })
  })

  test('in the background leave a place for a write', async () => {
    let isHeld = true
    await using server = await scripted({
      submit: (_count, { statement }) => ({ json: { statement_id: statement, status: { state: 'RUNNING' } } }),
      poll: (_count, id) => (id === 'write' || !isHeld ? succeeded() : inState('RUNNING')),
    })
    using session = sessionWith(server.url, { settings: { concurrency: 4, timeoutMs: 3_600_000_000 } })
    const sync = Array.from({ length: 10 }, () =>
      session.client.execute(statement({ sql: 'sync', isBackground: true })),
    )
    await session.client.execute(statement({ sql: 'write' }))
    expect(session.client.load).toEqual({ running: 3, waiting: 7 })
    isHeld = false
    await Promise.all(sync)
  })
})

describe('closing', () => {
  test('ends what is in flight and what waits, and lets nothing in', async () => {
    const { promise: hanging, resolve } = Promise.withResolvers<void>()
    await using server = await scripted({
      submit: () => {
        resolve()
        return 'hang'
      },
    })
    using session = sessionWith(server.url, { settings: { concurrency: 1 } })
    const [sent, waiting] = [1, 2].map(() => failureOf(session.client.execute(statement())))
    await hanging
    session.client.close()
    expect(await sent).toMatchObject({ kind: 'unavailable', isOutcomeUnknown: true })
    expect(await waiting).toMatchObject({ kind: 'unavailable', isOutcomeUnknown: false })
    expect((await failureOf(session.client.execute(statement()))).message).toBe('The portal is stopping.')
    expect(server.seen).toHaveLength(1)
  })

  test('ends a statement that is under way', async () => {
    await using server = await scripted({
      poll: (count) => {
        if (count === 3) session.client.close()
        return inState('RUNNING')
      },
    })
    using session = sessionWith(server.url)
    expect(await failureOf(session.client.execute(statement()))).toMatchObject({
      message: 'The portal is stopping.',
      isOutcomeUnknown: true,
    })
  })
})
