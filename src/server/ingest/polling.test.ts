import { describe, expect, it } from 'vitest'
import { OutboundError } from '../outbound/outbound-error.ts'
import { check, context } from './connectors/fixtures/server.ts'
import { readPages } from './paging.ts'
import { CONCURRENCY, pollEach, type Questions } from './polling.ts'
import { good } from './reading.ts'

const checks = (jobs: readonly string[]) =>
  jobs.map((job_id, at) =>
    check<'databricks_job'>({ connector: 'databricks_job', job_id }, 'availability', `check-${at}`),
  )

const questions = (
  ask: (job: string, signal: AbortSignal) => Promise<string>,
): Questions<'databricks_job', string> => ({
  key: ({ source }) => source.job_id,
  ask: ({ source }, signal) => ask(source.job_id, signal),
  read: (value, { kind }) => good(kind, 'green', { value }),
})

describe('polling the checks of one source', () => {
  it('asks once for all checks of one thing', async () => {
    const asked: string[] = []
    const readings = await pollEach(
      checks(['1', '2', '1', '1']),
      context(),
      questions((job) => {
        asked.push(job)
        return Promise.resolve(`job ${job}`)
      }),
    )
    expect(asked.sort()).toEqual(['1', '2'])
    expect([...readings].map(([id, reading]) => [id, reading.observed_value]).sort()).toEqual([
      ['check-0', 'job 1'],
      ['check-1', 'job 2'],
      ['check-2', 'job 1'],
      ['check-3', 'job 1'],
    ])
  })

  it('has only so many questions under way at once', async () => {
    let underWay = 0
    let most = 0
    const jobs = Array.from({ length: 20 }, (_, at) => String(at))
    const readings = await pollEach(
      checks(jobs),
      context(),
      questions(async (job) => {
        most = Math.max(most, ++underWay)
        await new Promise((resolve) => setImmediate(resolve))
        underWay--
        return job
      }),
    )
    expect([most, readings.size]).toEqual([CONCURRENCY, 20])
  })

  it('measures the others when one cannot be measured', async () => {
    const readings = await pollEach(
      checks(['1', '2']),
      context(),
      questions((job) =>
        job === '1' ? Promise.reject(new OutboundError('not_found', 'No such job.')) : Promise.resolve(job),
      ),
    )
    expect([...readings.values()].map(({ outcome, message }) => [outcome, message])).toEqual([
      ['error', 'No such job.'],
      ['ok', null],
    ])
  })

  it('fails, and ends what is under way, when the source as a whole cannot be asked', async () => {
    const signals: AbortSignal[] = []
    const polled = pollEach(
      checks(['1', '2', '3']),
      context(),
      questions((job, signal) => {
        signals.push(signal)
        if (job === '3') return Promise.reject(new OutboundError('auth_failed', 'Refused.', { isSourceWide: true }))
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new OutboundError('timeout', 'stopped')))
        })
      }),
    )
    await expect(polled).rejects.toThrow('Refused.')
    expect(signals.every((signal) => signal.aborted)).toBe(true)
  })

  it('does not hide a bug', async () => {
    const polled = pollEach(
      checks(['1']),
      context(),
      questions(() => Promise.reject(new TypeError('a bug'))),
    )
    await expect(polled).rejects.toThrow(TypeError)
  })

  it('says of what a stopped run did not reach that it was not measured', async () => {
    const readings = await pollEach(
      checks(['1']),
      context({ signal: AbortSignal.abort() }),
      questions(() => Promise.resolve('never asked')),
    )
    expect(readings.get('check-0')).toMatchObject({ outcome: 'error', observed_value: null })
  })
})

describe('reading pages', () => {
  const endless = (tokens: readonly string[]) => {
    const asked: (string | null)[] = []
    return {
      asked,
      fetchPage: (token: string | null) => {
        asked.push(token)
        return Promise.resolve({ next: tokens[asked.length - 1] ?? null })
      },
      nextToken: (answer: unknown) => (answer as { next: string | null }).next,
    }
  }

  it('stops at the last page, at enough, and at the limit', async () => {
    expect(await readPages({ pagesMax: 9, ...endless(['a', 'b']) })).toMatchObject({
      isCut: false,
      answers: { length: 3 },
    })
    expect(await readPages({ pagesMax: 2, ...endless(['a', 'b']) })).toMatchObject({
      isCut: true,
      answers: { length: 2 },
    })
    const enough = {
      pagesMax: 9,
      ...endless(['a', 'b']),
      isEnough: (answers: readonly unknown[]) => answers.length === 2,
    }
    expect(await readPages(enough)).toMatchObject({ isCut: false, answers: { length: 2 } })
  })

  it('is not kept by a system that hands out the same page for ever', async () => {
    const source = endless(['a', 'a', 'a', 'a', 'a'])
    expect(await readPages({ pagesMax: 99, ...source })).toMatchObject({ isCut: true })
    expect(source.asked).toEqual([null, 'a'])
  })
})
