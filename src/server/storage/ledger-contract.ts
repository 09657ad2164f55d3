import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Ledger } from './ledger.ts'
import type { RowVersion } from './local/commit.ts'
import { instant, observation, platform, platformChange, provenance } from './samples.ts'

export interface LedgerUnderTest {
  ledger: Ledger
  /** How many observations it holds. */
  countObservations(): Promise<number>
  /** Makes it unreachable until the answer is called. */
  interrupt(): (() => unknown) | Promise<() => unknown>
  close(): Promise<void>
}

/** By another request: the same words of the same request may be a repetition of what was done. */
const another = () => provenance({ requestId: randomUUID() })

/** What every ledger promises, run against each one. */
export const ledgerContract = (
  name: string,
  open: () => Promise<LedgerUnderTest>,
  { racers = 50, limits = [1, 2, 3, 100] } = {},
) =>
  describe(`${name} keeps the promise of a ledger`, () => {
    let under: LedgerUnderTest
    let ledger: Ledger
    beforeEach(async () => {
      under = await open()
      ledger = under.ledger
    })
    afterEach(() => under.close())

    const readAll = async (limit = 100, from: string | null = null): Promise<RowVersion[]> => {
      const { versions, cursor } = await ledger.readAfter(from, limit)
      return versions.length === 0 ? [] : [...versions, ...(await readAll(limit, cursor))]
    }
    const chain = async () => (await readAll()).map(({ row }) => [row.id, row.version, row.is_deleted])

    it('a new record is version 1 and carries who, when and by which act', async () => {
      const change = platformChange({ fields: platform({ name: 'Früh "quoted" \\ 😀 עברית', is_retired: true }) })
      await ledger.append([change], provenance())
      expect(await readAll()).toEqual([
        {
          table: 'platforms',
          row: {
            ...change.fields,
            id: change.id,
            version: 1,
            created_at: instant(),
            created_by: 'ada@example.org',
            updated_at: instant(),
            updated_by: 'ada@example.org',
            is_deleted: false,
            action: 'platform.create',
            request_id: provenance().requestId,
            actor: provenance().actor,
          },
        },
      ])
    })

    it('each change is the next version; where the record came from stays', async () => {
      const change = platformChange()
      await ledger.append([change], provenance())
      const later = provenance({ at: provenance().at + 5, by: 'bo', actor: null, action: 'platform.update' })
      await ledger.append([{ ...change, expectedVersion: 1, fields: platform({ name: 'B' }) }], later)
      const rows = (await readAll()).map(({ row }) => row)
      expect(rows.map(({ version }) => version)).toEqual([1, 2])
      expect(rows[1]).toMatchObject({ name: 'B', created_by: 'ada@example.org', updated_by: 'bo', actor: null })
      expect(rows[1]).toMatchObject({ created_at: instant(), updated_at: instant(5), action: 'platform.update' })
    })

    it('a stale expected version conflicts and shows the record as it now is', async () => {
      const change = platformChange()
      await ledger.append([change], provenance())
      await ledger.append([{ ...change, expectedVersion: 1, fields: platform({ name: 'B' }) }], provenance())
      const before = await readAll()
      await expect(ledger.append([{ ...change, expectedVersion: 1 }], provenance())).rejects.toMatchObject({
        code: 'version_conflict',
        details: { current_version: 2, current: { id: change.id, name: 'B', version: 2 } },
      })
      expect(await readAll()).toEqual(before)
    })

    it('an expected version of a record that was never made conflicts with nothing to show', async () => {
      await expect(ledger.append([platformChange({ expectedVersion: 3 })], provenance())).rejects.toMatchObject({
        code: 'version_conflict',
        details: { current_version: 0, current: null },
      })
      expect(await readAll()).toEqual([])
    })

    it('an id can be made once', async () => {
      const change = platformChange()
      await ledger.append([change], provenance())
      await expect(ledger.append([change], another())).rejects.toMatchObject({
        code: 'version_conflict',
        details: { current_version: 1 },
      })
    })

    it('a deleted record is made again from the version of its deletion, and only from that', async () => {
      const change = platformChange()
      await ledger.append([change], provenance())
      await ledger.append([{ ...change, expectedVersion: 1, isDeleted: true }], provenance())
      await expect(ledger.append([change], another())).rejects.toMatchObject({
        code: 'version_conflict',
        details: { current_version: 2, current: { is_deleted: true } },
      })
      await ledger.append([{ ...change, expectedVersion: 2 }], provenance())
      expect(await chain()).toEqual([
        [change.id, 1, false],
        [change.id, 2, true],
        [change.id, 3, false],
      ])
    })

    it('of several changes all are written or none', async () => {
      const [first, second] = [platformChange(), platformChange()]
      await ledger.append([first, second], provenance())
      const before = await readAll()
      const changes = [{ ...first, expectedVersion: 1 }, platformChange(), { ...second, expectedVersion: 7 }]
      await expect(ledger.append(changes, provenance())).rejects.toMatchObject({ code: 'version_conflict' })
      expect(await readAll()).toEqual(before)
    })

    it('of many who expect the same version exactly one wins', async () => {
      const change = platformChange()
      await ledger.append([change], provenance())
      const attempts = Array.from({ length: racers }, (_, i) =>
        ledger.append([{ ...change, expectedVersion: 1, fields: platform({ name: `N${i}` }) }], provenance()),
      )
      const settled = await Promise.allSettled(attempts)
      const lost = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
      expect(lost).toEqual(Array(racers - 1).fill('version_conflict'))
      expect(await chain()).toEqual([
        [change.id, 1, false],
        [change.id, 2, false],
      ])
    })

    it('an observation repeated is there once, as it was first', async () => {
      const two = [observation(), observation({ measured_at: instant(1) })]
      await ledger.observe(two)
      await ledger.observe([...two, observation({ outcome: 'fail' }), observation({ check_id: 'check-b' })])
      expect(await under.countObservations()).toBe(3)
    })

    it.each(limits)('reading %i at a time sees every version exactly once and in order', async (limit) => {
      const ids = [randomUUID(), randomUUID(), randomUUID()]
      for (const expectedVersion of [0, 1, 2]) {
        for (const id of ids) await ledger.append([platformChange({ id, expectedVersion })], provenance())
      }
      const seen = (await readAll(limit)).map(({ row }) => `${row.id} ${row.version}`)
      expect(seen).toEqual([1, 2, 3].flatMap((version) => ids.map((id) => `${id} ${version}`)))
    })

    it('reading goes on where it stopped, and finds what came since', async () => {
      await ledger.append([platformChange()], provenance())
      const { cursor } = await ledger.readAfter(null, 100)
      expect(await ledger.readAfter(cursor, 100)).toEqual({ versions: [], cursor })
      const later = platformChange()
      await ledger.append([later], provenance())
      expect((await readAll(100, cursor)).map(({ row }) => row.id)).toEqual([later.id])
    })

    it('answers a ping', async () => {
      await expect(ledger.ping()).resolves.toBeUndefined()
    })

    it('when it cannot be reached it says so, leaves nothing behind, and works again afterwards', async () => {
      const change = platformChange()
      const resume = await under.interrupt()
      for (const act of [
        () => ledger.append([change], provenance()),
        () => ledger.observe([observation()]),
        () => ledger.ping(),
      ]) {
        await expect(act()).rejects.toMatchObject({ code: 'warehouse_unavailable', status: 503 })
      }
      await resume()
      expect(await readAll()).toEqual([])
      expect(await under.countObservations()).toBe(0)
      await ledger.append([change], provenance())
      expect(await chain()).toEqual([[change.id, 1, false]])
    })
  })
