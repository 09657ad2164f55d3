import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Fault } from '../fault.ts'
import { createJournal } from './create-journal.ts'
import { embeddedLedger } from './embedded.ts'
import type { Announcement, Journal } from './journal.ts'
import type { Ledger } from './ledger.ts'
import { type Local, openLocal } from './local/open.ts'
import { fieldsOf } from './record.ts'
import { instant, observation, platform, platformChange, provenance } from './samples.ts'

/** A ledger that is another store, as a warehouse is: what it holds reaches the local store through the journal only. */
const elsewhere = (store: Local, calls: string[] = []): Ledger => {
  const there = embeddedLedger(store)
  return {
    keepsLocalStore: false,
    async append(changes, by) {
      await there.append(changes, by)
      calls.push('ledger')
    },
    async observe(observations) {
      await there.observe(observations)
      calls.push('ledger')
    },
    readAfter: there.readAfter,
    ping: there.ping,
  }
}

let local: Local
let remote: Local
beforeEach(() => {
  local = openLocal(':memory:', { now: () => provenance().at })
  remote = openLocal(':memory:')
})
afterEach(() => {
  local.close()
  remote.close()
})

describe.each([
  ['its own ledger', () => createJournal(local, embeddedLedger(local))],
  ['a ledger elsewhere', () => createJournal(local, elsewhere(remote))],
])('a journal over %s', (_name, open) => {
  let journal: Journal
  let heard: Announcement[]
  beforeEach(() => {
    journal = open()
    heard = []
    journal.subscribe((announcement) => heard.push(announcement))
  })

  it('a commit is readable and announced when its promise resolves, and answers the rows it made', async () => {
    const change = platformChange()
    const rows = await journal.commit([change], provenance())
    expect(rows).toEqual([local.row('platforms', change.id)])
    expect(heard).toEqual([{ revision: 1, topics: ['platforms'] }])
  })

  it('the revision counts every commit by the topics it touched', async () => {
    const platforms = platformChange()
    await journal.commit([platforms, platformChange()], provenance())
    await journal.observe([observation()])
    expect(journal.revision).toBe(2)
    expect(journal.revisionOf(['platforms', 'role_bindings'])).toBe(1)
    expect(journal.revisionOf(['platforms', 'status_results'])).toBe(2)
    expect(journal.revisionOf(['role_bindings'])).toBe(0)
    expect(journal.changedSince(1)).toEqual({ revision: 2, topics: ['status_results'] })
    expect(journal.changedSince(2)).toEqual({ revision: 2, topics: [] })
    expect(journal.changedSince(3)).toBeNull()
  })

  it('a refused commit changes nothing and tells nobody', async () => {
    const change = platformChange()
    await journal.commit([change], provenance())
    await expect(journal.commit([change], provenance())).rejects.toMatchObject({ code: 'version_conflict' })
    expect(journal.revision).toBe(1)
    expect(heard).toHaveLength(1)
    expect(local.history('platforms', change.id)).toHaveLength(1)
  })

  it('observations are counted as new or repeated, and only new ones are announced', async () => {
    expect(await journal.observe([observation(), observation()])).toEqual({ accepted: 1, repeated: 1 })
    expect(await journal.observe([observation()])).toEqual({ accepted: 0, repeated: 1 })
    expect(heard).toEqual([{ revision: 1, topics: ['status_results'] }])
  })

  it('who stops listening hears nothing more', async () => {
    const stop = journal.subscribe(() => heard.push({ revision: -1, topics: [] }))
    stop()
    await journal.commit([platformChange()], provenance())
    expect(heard).toEqual([{ revision: 1, topics: ['platforms'] }])
  })

  it('a listener that commits makes nobody hear the later change first', async () => {
    const later: number[] = []
    const more: Promise<unknown>[] = []
    journal.subscribe(({ revision }) => revision === 1 && more.push(journal.commit([platformChange()], provenance())))
    journal.subscribe(({ revision }) => later.push(revision))
    await journal.commit([platformChange()], provenance())
    await Promise.all(more)
    expect(later).toEqual([1, 2])
  })
})

describe('a journal over a ledger elsewhere', () => {
  it('writes there first, here second, and announces last', async () => {
    const calls: string[] = []
    const journal = createJournal(local, elsewhere(remote, calls))
    const change = platformChange()
    journal.subscribe(() => calls.push(local.row('platforms', change.id) ? 'announced, readable' : 'announced'))
    await journal.commit([change], provenance())
    expect(calls).toEqual(['ledger', 'announced, readable'])
  })

  it('does not touch the local store when the ledger refuses', async () => {
    const refuse = async () => {
      throw new Fault('warehouse_unavailable', 'The warehouse does not answer.')
    }
    const journal = createJournal(local, {
      ...elsewhere(remote),
      keepsLocalStore: false,
      append: refuse,
      observe: refuse,
    })
    await expect(journal.commit([platformChange()], provenance())).rejects.toMatchObject({ status: 503 })
    await expect(journal.observe([observation()])).rejects.toMatchObject({ status: 503 })
    expect(local.revision).toBe(0)
  })

  it('a version that was pulled in before the local store applied it is there once', async () => {
    const journal = createJournal(local, elsewhere(remote))
    const change = platformChange()
    await journal.commit([change], provenance())
    const pulled = (await embeddedLedger(remote).readAfter(null, 10)).versions
    local.merge(pulled, instant())
    local.merge(pulled, instant())
    expect(local.history('platforms', change.id).map(({ version }) => version)).toEqual([1])
    expect(journal.revision).toBe(1)
  })

  it('versions pulled in any order end in the same history, and the current one never goes back', async () => {
    const there = createJournal(remote, embeddedLedger(remote))
    const change = platformChange()
    for (const expectedVersion of [0, 1, 2, 3]) {
      await there.commit(
        [{ ...change, expectedVersion, fields: platform({ name: `N${expectedVersion}` }) }],
        provenance(),
      )
    }
    const [one, two, three, four] = (await embeddedLedger(remote).readAfter(null, 10)).versions
    if (!one || !two || !three || !four) throw new Error('four versions were committed')
    for (const versions of [[three], [one, four], [two, three]]) local.merge(versions, instant())
    expect(local.history('platforms', change.id)).toEqual(remote.history('platforms', change.id))
    expect(local.row('platforms', change.id)?.version).toBe(4)
  })
})

it("a row's own fields are what its next change starts from", async () => {
  const journal = createJournal(local, embeddedLedger(local))
  const change = platformChange()
  await journal.commit([change], provenance())
  const row = local.row('platforms', change.id)
  expect(row && fieldsOf('platforms', row)).toEqual(change.fields)
})
