import { describe, expect, test } from 'vitest'
import { failing, once, polls, running, type Script, succeeded } from './fixtures/scripted.ts'

const answerOf = async (script: Script) => (await running(script)).asked

describe('a result', () => {
  test('has every cell cast by the type of its column', async () => {
    const columns = { id: 'STRING', n: 'LONG', is: 'BOOLEAN', at: 'TIMESTAMP', x: 'GEOGRAPHY', none: 'INT' }
    const answer = await answerOf(
      once(succeeded(columns, [['a', '3', 'true', '2026-11-22 12:00:00.123456', 'POINT(1 2)', null]])),
    )
    expect(answer).toEqual({
      rows: [{ id: 'a', n: 3, is: true, at: '2026-11-22T12:00:00.123Z', x: 'POINT(1 2)', none: null }],
      affected: null,
      isTruncated: false,
    })
  })

  test('in chunks is read to its end', async () => {
    const columns = { n: 'INT' }
    const { asked, server } = await running({
      poll: () => succeeded(columns, [['0']], { total_chunk_count: 3, total_row_count: 3 }, { next_chunk_index: 1 }),
      chunk: (index) => ({
        json: { chunk_index: index, data_array: [[`${index}`]], ...(index < 2 ? { next_chunk_index: index + 1 } : {}) },
      }),
    })
    expect((await asked).rows).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }])
    expect(polls(server).map(({ path }) => path.split('/chunks/')[1])).toEqual([undefined, '1', '2'])
  })

  test('in chunks is read to its end where only the manifest tells how many there are', async () => {
    const answer = await answerOf({
      poll: () => succeeded({ n: 'INT' }, [['0']], { total_chunk_count: 2, total_row_count: 2 }),
      chunk: () => ({ json: { chunk_index: 1, data_array: [['1']] } }),
    })
    expect(answer.rows).toHaveLength(2)
  })

  test('asks again for a chunk that was lost', async () => {
    const answer = await answerOf({
      poll: () =>
        succeeded({ n: 'INT' }, [['0']], { total_chunk_count: 2, total_row_count: 2 }, { next_chunk_index: 1 }),
      chunk: (_index, count) => (count < 3 ? 'cut' : { json: { chunk_index: 1, data_array: [['1']] } }),
    })
    expect(answer.rows).toHaveLength(2)
  })

  test.each([
    ['rows are missing', succeeded({ n: 'INT' }, [['0']], { total_row_count: 2 })],
    ['rows went elsewhere', succeeded({ n: 'INT' }, [], { total_row_count: 2, total_chunk_count: 1 })],
    ['a row has other columns', succeeded({ n: 'INT' }, [['0', '1']])],
    ['chunks go round', succeeded({ n: 'INT' }, [['0']], { total_row_count: 9 }, { next_chunk_index: 1 })],
    ['a chunk is no more', succeeded({ n: 'INT' }, [['0']], { total_row_count: 9 }, { next_chunk_index: 7 })],
  ])('is refused when %s, and it is known that the statement ran', async (_what, act) => {
    const chunk = (index: number) =>
      index === 7 ? { status: 404 } : { json: { chunk_index: 1, data_array: [['1']], next_chunk_index: 1 } }
    const { error } = await failing({ poll: () => act, chunk })
    expect(error.isOutcomeUnknown).toBe(false)
  })

  test('may be larger than what other systems may answer', async () => {
    const answer = await answerOf(once(succeeded({ t: 'STRING' }, [['x'.repeat(9 << 20)]])))
    expect(String(answer.rows[0]?.t)).toHaveLength(9 << 20)
  })

  test('that was cut says so', async () => {
    const answer = await answerOf(once(succeeded({ n: 'INT' }, [['0']], { truncated: true, total_row_count: 5 })))
    expect(answer).toMatchObject({ rows: [{ n: 0 }], isTruncated: true })
  })

  test.each([
    ['empty', { result: {} }],
    ['absent', {}],
    ['null', { result: null }],
  ])('that is %s has no rows', async (_word, result) => {
    const json = { statement_id: 's-1', status: { state: 'SUCCEEDED' }, ...result }
    expect(await answerOf(once({ json }))).toEqual({ rows: [], affected: null, isTruncated: false })
  })

  test.each([
    ['LONG', '3', 3],
    ['STRING', '3', 3],
    ['LONG', '0', 0],
    ['LONG', null, null],
    ['STRING', '', null],
  ])('of a change tells how many rows it changed: %s %o', async (type, cell, affected) => {
    expect((await answerOf(once(succeeded({ num_affected_rows: type }, [[cell]])))).affected).toBe(affected)
  })
})
