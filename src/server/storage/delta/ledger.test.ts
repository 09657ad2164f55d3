import { describe, expect, it } from 'vitest'
import { ledgerContract } from '../ledger-contract.ts'
import { instant, observation, platform, platformChange, provenance } from '../samples.ts'
import { tables } from '../tables.ts'
import { createWarehouseDouble } from './double.ts'
import { createDeltaLedger } from './ledger.ts'
import { WarehouseError } from './warehouse.ts'

const options = { tables, resultsFrom: () => '1970-01-01T00:00:00.000Z', overlapMs: 300_000 }

const open = () => {
  const double = createWarehouseDouble()
  return {
    double,
    ledger: createDeltaLedger(double.warehouse, options),
    other: createDeltaLedger(double.warehouse, options),
  }
}

ledgerContract('the Delta ledger over a double', async () => {
  const { double, ledger } = open()
  return {
    ledger,
    countObservations: async () => double.rowsOf('status_results').length,
    interrupt: double.interrupt,
    close: async () => undefined,
  }
})

const lost = () => {
  throw new WarehouseError('unavailable', 'The connection was lost.', true)
}

describe('writing to Delta', () => {
  it('costs one statement for a new record and two for a change', async () => {
    const { double, ledger } = open()
    const change = platformChange()
    await ledger.append([change], provenance())
    expect(double.statements).toEqual(['write_versions'])
    await ledger.append([{ ...change, expectedVersion: 1 }], provenance())
    expect(double.statements.slice(1)).toEqual(['keep_versions', 'write_versions'])
  })

  it('several changes of one commit cost no more', async () => {
    const { double, ledger } = open()
    await ledger.append(
      Array.from({ length: 500 }, () => platformChange()),
      provenance(),
    )
    expect(double.statements).toEqual(['write_versions'])
  })

  it('changes of two tables are no commit that Delta can keep', async () => {
    const { ledger } = open()
    const other = { ...platformChange(), table: 'glossary_terms' as const }
    await expect(ledger.append([platformChange(), other], provenance())).rejects.toThrow('one table')
  })

  it('a crash between the two statements leaves the record as it was and a copy that nobody sees twice', async () => {
    const { double, ledger, other } = open()
    const change = platformChange()
    await ledger.append([change], provenance())
    double.onStatement(({ name }) => {
      if (name === 'write_versions') throw new Error('the process is gone')
    })
    await expect(ledger.append([{ ...change, expectedVersion: 1 }], provenance())).rejects.toThrow('gone')
    double.onStatement(() => undefined)
    expect(double.rowsOf('platforms_history')).toHaveLength(1)
    expect((await other.readAfter(null, 100)).versions).toHaveLength(1)
    await other.append([{ ...change, expectedVersion: 1 }], provenance())
    expect((await other.readAfter(null, 100)).versions.map(({ row }) => row.version)).toEqual([1, 2])
  })

  it('an answer that was lost after the write is found to have been a write', async () => {
    const { double, ledger } = open()
    const change = platformChange()
    await ledger.append([change], provenance())
    let isFirst = true
    double.onDone(({ name }) => {
      if (name !== 'write_versions' || !isFirst) return
      isFirst = false
      lost()
    })
    const next = { ...change, expectedVersion: 1, fields: platform({ name: 'B' }) }
    await expect(ledger.append([next], provenance())).rejects.toMatchObject({
      code: 'warehouse_unavailable',
      message: expect.stringContaining('not known whether'),
    })
    // The same act again, as a client that got no answer would do.
    await expect(ledger.append([next], provenance())).resolves.toBeUndefined()
    expect((await ledger.readAfter(null, 100)).versions.map(({ row }) => row.version)).toEqual([1, 2])
  })

  it('a write that landed, and over which somebody else has written since, was a write all the same', async () => {
    const { double, ledger, other } = open()
    const change = platformChange()
    await ledger.append([change], provenance())
    const mine = { ...change, expectedVersion: 1, fields: platform({ name: 'Mine' }) }
    await ledger.append([mine], provenance())
    await other.append(
      [{ ...change, expectedVersion: 2, fields: platform({ name: 'Theirs' }) }],
      provenance({ by: 'bo' }),
    )
    await expect(ledger.append([mine], provenance())).resolves.toBeUndefined()
    expect(double.rowsOf('platforms')).toMatchObject([{ name: 'Theirs', version: 3 }])
  })

  it('the same words by another request are a conflict', async () => {
    const { ledger } = open()
    const change = platformChange()
    await ledger.append([change], provenance())
    await expect(ledger.append([change], provenance({ requestId: 'another' }))).rejects.toMatchObject({
      code: 'version_conflict',
    })
  })

  it('writers who are in each other’s way for too long are told that nothing was changed', async () => {
    const { double, ledger } = open()
    const change = platformChange()
    await ledger.append([change], provenance())
    double.onStatement(({ name }) => {
      if (name === 'write_versions') throw new WarehouseError('conflict', 'Another writer was first.', false)
    })
    await expect(ledger.append([{ ...change, expectedVersion: 1 }], provenance())).rejects.toMatchObject({
      code: 'warehouse_unavailable',
      message: expect.stringContaining('nothing was changed'),
    })
  })

  it('a secret column is in no conflict', async () => {
    const { ledger } = open()
    const fields = {
      name: 'CI',
      role: 'ingestor',
      platform_id: null,
      expires_at: instant(),
      revoked_at: null,
      secret_hash: 'planted',
    }
    const change = { table: 'api_tokens' as const, id: 'token', expectedVersion: 0, fields }
    await ledger.append([change], provenance())
    const refused = await ledger.append([change], provenance({ requestId: 'r' })).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'version_conflict', details: { current: { name: 'CI' } } })
    expect(JSON.stringify((refused as { details: unknown }).details)).not.toContain('planted')
  })
})

describe('pulling', () => {
  it('brings what another instance wrote, once, also what was committed out of order', async () => {
    const { double, ledger, other } = open()
    await other.append([platformChange()], provenance())
    const first = await ledger.pull(null, 100)
    expect([first.versions.length, first.isEnd]).toEqual([1, true])
    await other.append([platformChange()], provenance())
    // A commit that began earlier and ended later carries the earlier time.
    const late = double.rowsOf('platforms')[1]
    if (late) late.committed_at -= 90_000_000
    const second = await ledger.pull(first.cursor, 100)
    expect(second.versions).toHaveLength(1)
    expect(await ledger.pull(second.cursor, 100)).toMatchObject({ versions: [], cursor: second.cursor, isEnd: true })
  })

  it('does not follow what the clocks of instances say, nor the times that an import gives', async () => {
    const { ledger, other } = open()
    await other.append([platformChange()], provenance({ at: Date.parse('2031-01-01') }))
    const first = await ledger.pull(null, 100)
    await other.append([platformChange()], provenance({ at: Date.parse('2019-01-01') }))
    expect((await ledger.pull(first.cursor, 100)).versions).toHaveLength(1)
  })

  it('who goes on after a restart hears again of the last minutes, and of nothing older', async () => {
    const { double, ledger, other } = open()
    await other.append([platformChange()], provenance())
    double.tick(600_000)
    await other.append([platformChange()], provenance())
    const { cursor } = await ledger.pull(null, 100)
    const restarted = createDeltaLedger(double.warehouse, options)
    expect((await restarted.pull(cursor, 100)).versions).toHaveLength(1)
  })

  it('brings observations and roll-ups with the records, in one statement', async () => {
    const { double, ledger, other } = open()
    await other.append([platformChange()], provenance())
    await other.observe([observation(), observation({ measured_at: instant(1) })])
    double.statements.length = 0
    const pulled = await ledger.pull(null, 100)
    expect([pulled.versions.length, pulled.observations]).toEqual([
      1,
      [observation(), observation({ measured_at: instant(1) })],
    ])
    expect(double.statements).toEqual(['pull'])
  })
})
