import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { observation, platform, platformChange, provenance } from '../samples.ts'
import type { Table } from '../table.ts'
import { tables } from '../tables.ts'
import { type LocalOptions, openLocal } from './open.ts'

const strict = { strict: true }
let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lakeport-store-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

/** Opens, does, closes: each call is a restart. */
const during = <T>(work: (local: ReturnType<typeof openLocal>) => T, options?: LocalOptions): T => {
  const local = openLocal(dir, options)
  try {
    return work(local)
  } finally {
    local.close()
  }
}

describe('a restart', () => {
  it('goes on counting revisions and keeps the epoch; another store has another', () => {
    const epoch = during((local) => {
      local.apply([platformChange()], provenance(), strict)
      local.observe([observation()])
      return local.epoch
    })
    during((local) => {
      expect([local.epoch, local.revision]).toEqual([epoch, 2])
      expect(local.revisionOf(['platforms'])).toBe(1)
      expect(local.changedSince(1)).toEqual({ revision: 2, topics: ['status_results'] })
      local.apply([platformChange()], provenance(), strict)
      expect(local.revision).toBe(3)
    })
    const other = openLocal(':memory:')
    expect(other.epoch).not.toBe(epoch)
    other.close()
  })

  it('two processes on one file never count one revision twice', () => {
    during((here) =>
      during((there) => {
        here.apply([platformChange()], provenance(), strict)
        there.observe([observation()])
        here.apply([platformChange()], provenance(), strict)
        expect(here.revision).toBe(3)
        expect(here.revisionOf(['status_results'])).toBe(2)
      }),
    )
  })
})

describe('the store', () => {
  it('keeps only the newest 10,000 commits in its journal, and knows what it no longer knows', () => {
    const local = openLocal(':memory:')
    local.apply([platformChange()], provenance(), strict)
    for (let i = 0; i < 10_001; i++) local.observe([observation({ check_id: `c${i}` })])
    expect(local.get('SELECT count(*) AS n, max(revision) AS newest FROM journal')).toEqual({
      n: 10_000,
      newest: 10_002,
    })
    expect(local.changedSince(1)).toBeNull()
    expect(local.changedSince(2)).toEqual({ revision: 10_002, topics: ['status_results'] })
    expect(local.revisionOf(['platforms'])).toBe(1)
    local.close()
  })

  it('writes ahead and flushes every commit', () => {
    during((local) => {
      expect(local.get('SELECT journal_mode FROM pragma_journal_mode')).toEqual({ journal_mode: 'wal' })
      expect(local.get('SELECT synchronous FROM pragma_synchronous')).toEqual({ synchronous: 2 })
    })
  })

  it('lets a feature read with its own SQL and never write', () => {
    during((local) => {
      local.apply([platformChange({ id: 'a' })], provenance(), strict)
      expect(local.all('SELECT id FROM platforms WHERE is_retired = ?', [false])).toEqual([{ id: 'a' }])
      for (const sql of [
        'DELETE FROM platforms',
        "UPDATE platforms SET name = ''",
        'WITH x AS (SELECT 1) DELETE FROM platforms',
      ]) {
        expect(() => local.all(sql)).toThrow('Only reads')
        expect(() => local.get(sql)).toThrow('Only reads')
      }
      expect(local.rows('platforms')).toHaveLength(1)
    })
  })

  it('answers a ping by writing and reading, and fails it when it cannot write', () => {
    during(
      (local) => {
        local.ping()
        local.ping()
        const other = new DatabaseSync(join(dir, 'lakeport.db'))
        other.exec('BEGIN IMMEDIATE')
        expect(() => local.ping()).toThrow('locked')
        other.close()
        local.ping()
      },
      { busyTimeoutMs: 1 },
    )
  })
})

const old = (): Record<string, Table> => ({
  ...tables,
  platforms: {
    ...tables.platforms,
    columns: { name: { type: 'text' }, is_retired: { type: 'boolean' } },
    search: ['name'],
  },
})
const added = { type: 'text', initial: "it's new" } as const
const grown = (): Record<string, Table> => ({
  ...old(),
  platforms: {
    ...tables.platforms,
    columns: {
      name: { type: 'text' },
      is_retired: { type: 'boolean' },
      domain: added,
      tags: { type: 'json', initial: [] },
      owner: { type: 'text', nullable: true },
    },
    indexes: [['domain']],
    search: ['name', 'domain'],
  },
})
const first = platformChange({ id: 'a', fields: { name: 'Old', is_retired: false } })

describe('a store made by an earlier Lakeport', () => {
  it('gets the new columns, also in its history, and is searched by them', () => {
    during(
      (local) => {
        local.apply([first], provenance(), strict)
        local.apply([{ ...first, expectedVersion: 1 }], provenance(), strict)
        local.apply([{ ...first, id: 'deleted', isDeleted: true }], provenance(), strict)
      },
      { tables: old() },
    )
    during(
      (local) => {
        const filled = { domain: "it's new", tags: [], owner: null }
        expect(local.history('platforms', 'a')).toMatchObject([filled, filled])
        expect(local.search('platforms', "it's new")).toEqual(['a'])
        const fields = { name: 'New', is_retired: true, domain: 'D', tags: ['x'], owner: 'o' }
        local.apply([{ ...first, expectedVersion: 2, fields }], provenance(), strict)
        expect(local.row('platforms', 'a')).toMatchObject(fields)
        expect([local.search('platforms', 'new'), local.search('platforms', 'old')]).toEqual([['a'], []])
        expect(local.all("SELECT name FROM sqlite_schema WHERE name = 'platforms_by_domain'")).toHaveLength(1)
      },
      { tables: grown() },
    )
  })

  it('gets a table that it did not have', () => {
    const { platforms } = tables
    during(() => {}, { tables: { platforms } })
    during((local) => expect(local.rows('status_messages')).toEqual([]))
  })

  it('runs each step once', () => {
    const ran: number[] = []
    const step = (n: number) => () => void ran.push(n)
    during(() => {}, { steps: [step(1)] })
    during(() => {}, { steps: [step(1), step(2)] })
    during(() => {}, { steps: [step(1), step(2)] })
    during(() => {}, { steps: [step(1), step(2), step(3)] })
    // A new store starts with everything done.
    expect(ran).toEqual([2, 3])
  })

  it('is left as it was when it cannot be brought forward', () => {
    during((local) => local.apply([first], provenance(), strict), { tables: old() })
    const needs = {
      ...old(),
      platforms: { ...tables.platforms, columns: { ...old().platforms?.columns, extra: { type: 'text' as const } } },
    }
    expect(() => openLocal(dir, { tables: needs })).toThrow('without a step: platforms.extra has no initial value')
    const changed = {
      ...old(),
      platforms: {
        ...tables.platforms,
        columns: { name: { type: 'integer' as const }, is_retired: { type: 'boolean' as const } },
        search: ['name'],
      },
    }
    expect(() => openLocal(dir, { tables: changed })).toThrow('without a step: platforms.name is TEXT NOT NULL')
    during((local) => expect(local.rows('platforms')).toHaveLength(1), { tables: old() })
  })
})

describe('a store made by a later Lakeport', () => {
  it.each<[string, LocalOptions, LocalOptions, string]>([
    ['with a column more', { tables: grown() }, { tables: old() }, 'column platforms.domain'],
    ['with a table more', {}, { tables: { platforms: tables.platforms } }, 'table status_checks'],
    ['with a step more', { steps: [() => {}] }, { steps: [] }, 'schema 1, known 0'],
  ])('%s is refused in one clear line and not touched', (_name, later, earlier, what) => {
    during(() => {}, later)
    expect(() => openLocal(dir, earlier)).toThrow(
      `A newer Lakeport wrote this store (${what}); start that version again, or restore a backup.`,
    )
    during((local) => expect(local.revision).toBe(0), later)
  })
})

it('a store of today opens again without making anything anew', () => {
  const objects = () => during((local) => local.all('SELECT rootpage, name, sql FROM sqlite_schema ORDER BY name'))
  const before = objects()
  // Without the recorded hash every object is compared with its definition.
  const db = new DatabaseSync(join(dir, 'lakeport.db'))
  db.exec("UPDATE store SET hash = ''")
  db.close()
  expect(objects()).toEqual(before)
  during((local) => local.apply([platformChange({ fields: platform() })], provenance(), strict))
})
