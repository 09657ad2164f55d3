import { categoryOf, type ItemState, itemTypes, workflows } from '../src/contracts/workflows.ts'
import type { Actor } from '../src/server/access/actor.ts'
import { makeActor } from '../src/server/access/bindings.ts'
import { idOf, newId } from '../src/server/storage/ids.ts'
import type { Change } from '../src/server/storage/journal.ts'
import type { Local } from '../src/server/storage/local/open.ts'
import type { Records } from '../src/server/storage/tables.ts'
import { toInstant } from '../src/server/time.ts'

export interface Filled {
  platforms: string[]
  people: string[]
}

const PLATFORMS = 40
const WORDS = 20_000
const TAGS = 60
const BATCH = 100
const START = Date.parse('2024-01-01T00:00:00.000Z')

export const adminOf = (email: string): Actor =>
  makeActor('user', email, { user: null, email, name: null, groups: [] }, [{ role: 'admin', platform_id: null }])

/** Tickets as a portal of that size has them: most are done, some people file much, words follow Zipf's law. */
export function fillTickets(local: Local, size: number): Filled {
  const chance = generator(11)
  const below = (n: number) => Math.floor(chance() * n)
  /** Small numbers are frequent, as with words. */
  const zipf = (n: number) => Math.floor(n ** chance()) - 1
  const words = (count: number) => Array.from({ length: count }, () => `word${zipf(WORDS)}`).join(' ')
  const platforms = Array.from({ length: PLATFORMS }, (_, i) => idOf('bench-platform', String(i)))
  const people = Array.from({ length: Math.max(40, size / 100) }, (_, i) => `person${i}@x.example`)
  const person = () => people[below(people.length)] ?? ''

  for (let start = 0; start < size; start += BATCH) {
    const at = START + start * 60_000
    const tickets: Change[] = []
    const others: Change[] = []
    for (let i = start; i < Math.min(size, start + BATCH); i += 1) {
      const id = newId(START + i * 60_000)
      tickets.push({ table: 'work_items', id, expectedVersion: 0, fields: ticket(START + i * 60_000) })
      for (let v = zipf(6); v > 0; v -= 1) {
        const voter = person()
        const vote = { table: 'work_item_votes', id: idOf('vote', id, voter), expectedVersion: 0 } as const
        others.push({ ...vote, fields: { work_item_id: id, voter } })
      }
      for (let c = below(2); c > 0; c -= 1) {
        const fields = { work_item_id: id, body: 'A comment', by_staff: false }
        others.push({ table: 'work_item_comments', id: newId(at), expectedVersion: 0, fields })
      }
    }
    // Tickets that are filed one after the other share an author here, or filling would take an hour.
    const by = people[zipf(people.length)] ?? ''
    local.apply(tickets, provenance(by, at), { strict: true })
    local.apply(unique(others), provenance(by, at), { strict: true })
  }
  local.optimize()
  return { platforms, people }

  function ticket(at: number): Records['work_items'] {
    const item_type = itemTypes[zipf(3)] ?? 'INCIDENT'
    const { states } = workflows[item_type]
    const state: ItemState =
      chance() < 0.85
        ? (states.find((s) => categoryOf[s] === 'done') ?? 'CLOSED')
        : (states[below(states.length)] ?? 'NEW')
    return {
      item_type,
      title: words(7),
      description: words(30),
      state,
      category: categoryOf[state],
      severity: item_type === 'INCIDENT' ? ((['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const)[zipf(4)] ?? null) : null,
      priority: (['P3', 'P2', 'P4', 'P1'] as const)[zipf(4)] ?? 'P3',
      platform_id: platforms[zipf(PLATFORMS)] ?? null,
      environment: null,
      tags: [...new Set([`tag-${zipf(TAGS)}`, `tag-${zipf(TAGS)}`])],
      assigned_to: chance() < 0.7 ? person() : null,
      due_at: chance() < 0.2 ? toInstant(at + below(60) * 86_400_000) : null,
      waiting_on: null,
      waiting_from: null,
      resolution: null,
      duplicate_of: null,
      state_note: null,
      state_at: toInstant(at),
      reopen_count: 0,
      template: null,
      answers: null,
      approved_by: null,
      approved_at: null,
      source_id: null,
    }
  }
}

const unique = (changes: readonly Change[]) => [...new Map(changes.map((change) => [change.id, change])).values()]

const provenance = (by: string, at: number) => ({ by, actor: null, at, action: 'bench.fill', requestId: newId(at) })

/** Park and Miller's generator, so that every run measures the same tickets. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
