import { cpus, totalmem } from 'node:os'
import type { ItemFilter } from '../src/server/features/tickets/item-store.ts'
import { createTicketsStore } from '../src/server/features/tickets/store.ts'
import { createJournal } from '../src/server/storage/create-journal.ts'
import { embeddedLedger } from '../src/server/storage/embedded.ts'
import { openLocal } from '../src/server/storage/local/open.ts'
import { adminOf, type Filled, fillTickets } from './bench-tickets.ts'

/**
 * The same lists over 2,000 and over 200,000 tickets, as ratios in one run. Each is read as a request reads it, with its
 * total and what is counted beside the rows, after a write, so that nothing is answered from a cache.
 * Run by hand: npx node tools/bench-lists.ts
 */
const SIZES = [2000, 200_000] as const
const RUNS = Number(process.env.BENCH_RUNS ?? 15)
/** Who asks: somebody who files and follows some hundreds of 200,000, not the one who files most. */
const ME = 30
/** A list that takes this long is not felt; a ratio of two such times says nothing. */
const UNFELT_MS = 1.5

const stores = SIZES.map((size) => {
  // In memory, because filling it is not what is measured; what is read often is in memory anyway.
  const local = openLocal(':memory:')
  const startedAt = performance.now()
  const filled = fillTickets(local, size)
  console.log(`${size} tickets filled in ${Math.round((performance.now() - startedAt) / 1000)} s`)
  const store = createTicketsStore(local, createJournal(local, embeddedLedger(local)))
  return { local, filled, store }
})
const [small, large] = stores as [(typeof stores)[0], (typeof stores)[0]] // SIZES has two.

const filters: [string, (filled: Filled) => ItemFilter][] = [
  ['everything', () => ({})],
  ['type', () => ({ item_type: 'INCIDENT' })],
  ['state, frequent', () => ({ state: 'CLOSED' })],
  ['state, rare', () => ({ state: 'WAITING' })],
  ['category', () => ({ category: 'open' })],
  ['severity', () => ({ severity: 'CRITICAL' })],
  ['platform', ({ platforms }) => ({ platform_id: platforms[3] ?? '' })],
  ['assignee', ({ people }) => ({ assigned_to: people[1] ?? '' })],
  ['nobody assigned', () => ({ assigned_to: 'none' })],
  ['author', ({ people }) => ({ created_by: people[2] ?? '' })],
  ['tag, frequent', () => ({ tag: 'tag-0' })],
  ['tag, rare', () => ({ tag: 'tag-59' })],
  ['voted', () => ({ voted: true })],
  ['not voted', () => ({ voted: false })],
  ['followed', () => ({ watching: true })],
  [
    'open incidents of a platform',
    ({ platforms }) => ({ item_type: 'INCIDENT', category: 'open', platform_id: platforms[3] ?? '' }),
  ],
  ['critical and open', () => ({ category: 'open', severity: 'CRITICAL' })],
  ['open, by a person', ({ people }) => ({ category: 'open', created_by: people[2] ?? '' })],
  ['search, word in 1 of 1,000', () => ({ q: '"word7000"' })],
  ['search, word in 1 of 100', () => ({ q: '"word700"' })],
  ['search, word in 1 of 10', () => ({ q: '"word70"' })],
  ['search, two words', () => ({ q: 'word70 "word700"' })],
  ['search, phrase', () => ({ q: '"word7 word12"' })],
  ['search, beginning of a word', () => ({ q: 'word777' })],
  ['search among open ones', () => ({ q: '"word70"', category: 'open' })],
]
const sorts = ['created_at', 'updated_at', 'votes', 'priority', 'due_at'] as const

const rows: { what: string; small: number; large: number; ratio: number; total: number }[] = []
for (const [name, filterOf] of filters) {
  const isSearch = filterOf(small.filled).q !== undefined
  for (const sort of isSearch ? ([undefined, 'created_at'] as const) : sorts) {
    for (const order of sort === undefined ? ([undefined] as const) : (['asc', 'desc'] as const)) {
      const more = { ...(sort !== undefined && { sort }), ...(order !== undefined && { order }) }
      const [a, b] = [
        measure(small, { ...filterOf(small.filled), ...more }),
        measure(large, { ...filterOf(large.filled), ...more }),
      ]
      const what = `${name}, ${sort === undefined ? 'ranked' : `${sort} ${order}`}`
      rows.push({ what, small: a.ms, large: b.ms, ratio: b.ms / a.ms, total: b.total })
    }
  }
}
const [similarSmall, similarLarge] = [similar(small), similar(large)]
rows.push({
  what: 'similar titles',
  small: similarSmall,
  large: similarLarge,
  ratio: similarLarge / similarSmall,
  total: 5,
})

const past = rows.filter(({ ratio, large: ms }) => ratio > 3 && ms > UNFELT_MS)
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}; median of ${RUNS}\n`,
)
console.log(
  `${rows.length} lists; ${past.length} take more than 3 times as long over 200,000 as over 2,000 and more than ${UNFELT_MS} ms\n`,
)
console.log('| List | 2,000 | 200,000 | Ratio | Matching |\n|---|---|---|---|---|')
for (const row of rows.sort((a, b) => b.large - a.large).slice(0, Number(process.env.BENCH_ROWS ?? 15)))
  console.log(
    `| ${row.what} | ${row.small.toFixed(2)} ms | ${row.large.toFixed(2)} ms | ${row.ratio.toFixed(1)} | ${row.total} |`,
  )
for (const { local } of stores) local.close()

function measure({ store, filled }: typeof small, filter: ItemFilter): { ms: number; total: number } {
  const actor = adminOf(filled.people[ME] ?? '')
  const times: number[] = []
  let total = 0
  let cursor: string | undefined
  for (let run = 0; run < RUNS; run += 1) {
    const startedAt = performance.now()
    const page = store.listItems(actor, filter, { limit: 25, ...(run % 2 === 1 && { cursor }) })
    store.relations(
      actor.id,
      page.items.map(({ id }) => id),
    )
    times.push(performance.now() - startedAt)
    total = page.total
    cursor = page.next_cursor ?? undefined
  }
  return { ms: median(times), total }
}

function similar({ store, filled }: typeof small): number {
  const actor = adminOf(filled.people[ME] ?? '')
  const times = Array.from({ length: RUNS }, (_, i) => {
    const startedAt = performance.now()
    store.similarItems(actor, `word${i + 3} word${40 + i} word${300 + i} wrod${i}`, undefined)
    return performance.now() - startedAt
  })
  return median(times)
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}
