import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defused } from '../../csv.ts'
import { workItem } from '../../storage/samples.ts'
import { csvOf, jsonOf } from './export-format.ts'
import type { CountedItem } from './item-store.ts'

const item = (more: Partial<CountedItem> = {}): CountedItem => ({
  id: '0193a000-0000-7000-8000-000000000001',
  version: 1,
  created_at: '2026-11-22T12:00:00.000Z',
  created_by: 'ann@x.example',
  updated_at: '2026-11-22T12:00:00.000Z',
  updated_by: 'ann@x.example',
  ...workItem({ title: 'Late', severity: null, state_at: '2026-11-22T12:00:00.000Z' }),
  votes: 0,
  comment_count: 0,
  ...more,
})

async function* of(...items: CountedItem[]) {
  yield* items
}
const whole = async (chunks: AsyncIterable<string>) => {
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
}
const readCsv = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true })

describe('CSV', () => {
  test('what was written is what is read, but for the mark before what could be a formula', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), async (title, description) => {
        const [row] = readCsv(await whole(csvOf(of(item({ title, description })))))
        expect([row?.title, row?.description]).toEqual([defused(title), defused(description)])
      }),
    )
  })

  test.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', ' =1', '\u00a0=1', '＝1', '＋1', '－1', '＠1'])(
    '%j is no formula',
    async (title) => {
      const [row] = readCsv(await whole(csvOf(of(item({ title })))))
      expect(row?.title).toBe(`'${title}`)
    },
  )

  test('lists are words, answers are JSON, nothing is empty', async () => {
    const [row] = readCsv(await whole(csvOf(of(item({ tags: ['a', 'b'], answers: { level: 'Read' }, votes: 3 })))))
    expect(row).toMatchObject({ tags: 'a b', answers: '{"level":"Read"}', votes: '3', severity: '' })
  })

  test('begins with a byte order mark and ends lines with CR LF', async () => {
    expect(await whole(csvOf(of()))).toMatch(/^\ufeffid,item_type,[^\n]*\r\n$/)
  })
})

describe('JSON', () => {
  test('is one array, also of nothing', async () => {
    expect(JSON.parse(await whole(jsonOf(of())))).toEqual([])
    const items = [item({ title: 'a' }), item({ title: 'b' })]
    expect(JSON.parse(await whole(jsonOf(of(...items))))).toEqual(items)
  })
})

test.each([csvOf, jsonOf])('%o reads no further than it is read', async (format) => {
  let given = 0
  async function* endless() {
    for (;;) {
      given += 1
      yield item()
    }
  }
  const chunks = format(endless())
  for (let i = 0; i < 10; i += 1) await chunks.next()
  await chunks.return(undefined)
  expect(given).toBeLessThanOrEqual(10)
})
