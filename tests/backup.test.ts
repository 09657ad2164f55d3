import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Writable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readBackup } from '../src/server/backup/read.ts'
import { restoreBackup } from '../src/server/backup/restore.ts'
import { restoreIntoDelta } from '../src/server/backup/restore-delta.ts'
import { writeBackup } from '../src/server/backup/write.ts'
import { historyOf } from '../src/server/storage/ddl.ts'
import { createWarehouseDouble, type WarehouseDouble } from '../src/server/storage/delta/double.ts'
import { createDeltaLedger } from '../src/server/storage/delta/ledger.ts'
import type { Change } from '../src/server/storage/journal.ts'
import { type Local, openLocal } from '../src/server/storage/local/open.ts'
import { checking } from '../src/server/storage/local/restoring.ts'
import { openSnapshot } from '../src/server/storage/local/snapshot.ts'
import { steps } from '../src/server/storage/local/steps.ts'
import { instant, observation, provenance, START, workItem } from '../src/server/storage/samples.ts'
import { series } from '../src/server/storage/series.ts'
import type { Column } from '../src/server/storage/table.ts'
import { type RecordTopic, tables } from '../src/server/storage/tables.ts'

let dir: string
let data: string
let file: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lakeport-backup-'))
  data = join(dir, 'data')
  file = join(dir, 'backup.jsonl.gz')
})
afterEach(() => rmSync(dir, { recursive: true }))

const options = { version: '1.2.3', takenAt: instant(), isForced: false }
const odd = 'Früh "quoted" \\ 😀 עברית \u2028\n<b>'

/** Something of every type that a column has, and null where it may be. */
const value = (name: string, { type, nullable }: Column, turn: number): unknown => {
  if (nullable === true && turn % 2 === 0) return null
  switch (type) {
    case 'text':
      return `${name} ${odd} ${turn}`
    case 'instant':
      return instant(turn)
    case 'json':
      return [`tag ${turn}`, odd]
    case 'boolean':
      return turn % 2 === 1
    default:
      return turn
  }
}
const someOf = (name: RecordTopic, turn: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(tables[name].columns as Record<string, Column>).map(([column, definition]) => [
      column,
      value(column, definition, turn),
    ]),
  )

const strict = { strict: true }
/** Every table in three versions, one of them deleted; tickets with comments and votes; results and roll-ups. */
function fill(local: Local): void {
  const commit = (change: Change, at: number) =>
    local.apply([change], provenance({ at: START + at, actor: at % 2 === 0 ? null : provenance().actor }), strict)
  for (const expectedVersion of [0, 1, 2]) {
    for (const table of Object.keys(tables) as RecordTopic[]) {
      const change = { table, id: `${table}-1`, expectedVersion, fields: someOf(table, expectedVersion) }
      commit({ ...change, isDeleted: expectedVersion === 2 && table === 'platforms' }, expectedVersion)
    }
  }
  for (const index of [1, 2, 3, 4]) {
    const fields = workItem({ title: `Refresh of the sales report fails ${index}`, tags: ['sales', `t${index}`] })
    commit({ table: 'work_items', id: `ticket-${index}`, expectedVersion: 0, fields }, 10 + index)
    for (let vote = 0; vote < index; vote += 1) {
      const cast = { work_item_id: `ticket-${index}`, voter: `ann-${vote}@x.example` }
      commit({ table: 'work_item_votes', id: `vote-${index}-${vote}`, expectedVersion: 0, fields: cast }, 20)
    }
  }
  local.observe([observation(), observation({ measured_at: instant(1), outcome: 'fail', message: odd })])
  const totals = { red_ms: 1, yellow_ms: 2, green_ms: 3, unknown_ms: 4, maintenance_ms: 5, disabled_ms: 6 }
  const day = { ...totals, subject_id: 'check-a', day: '2026-11-21', worst: 'red' as const, computed_at: instant() }
  local.rollups.upsert([
    { ...day, subject_kind: 'check' },
    { ...day, subject_kind: 'platform', worst: null },
  ])
  local.expiry.keepResultsFrom(instant(-5))
  local.idempotency.put('ann', 'route', 'key', { bodyHash: 'h', status: 201, body: '{"token":"in the clear"}' })
}

const inStore = <T>(folder: string, work: (local: Local) => T): T => {
  const local = openLocal(folder, { now: () => START })
  try {
    return work(local)
  } finally {
    local.close()
  }
}
async function backUp(to = file, more: Partial<Parameters<typeof writeBackup>[2]> = {}) {
  const snapshot = openSnapshot(data)
  try {
    return await writeBackup(to, snapshot, { ...options, ...more })
  } finally {
    snapshot.close()
  }
}

const kept = [
  ...Object.keys(tables).flatMap((name) => [name, historyOf(name)]),
  ...['version_log', 'status_results', 'status_rollups', 'kept_from'],
]
/** Every row of every table that is kept; row numbers are the store's own. */
const contents = (folder: string) => {
  const db = new DatabaseSync(join(folder, 'lakeport.db'), { readOnly: true })
  const rows = kept.map((table) => {
    const all = db.prepare(`SELECT * FROM ${table}`).all()
    const plain = table === 'version_log' ? all : all.map(({ seq: _seq, ...row }) => row)
    return [table, plain.map((row) => JSON.stringify(row)).sort()]
  })
  db.close()
  return Object.fromEntries(rows)
}
const answers = (local: Local) => ({
  found: local.search('work_items', 'refresh sales'),
  similar: local.similar('work_items', 'The refresh of sales reports fails').map(({ id }) => id),
  tallies: [...local.tallies('work_items', ['ticket-1', 'ticket-2', 'ticket-3', 'ticket-4'])],
  counts: local.all('SELECT * FROM work_items_counts WHERE n > 0 ORDER BY key'),
  listed: local.all('SELECT * FROM work_items_tags_listed ORDER BY value, id'),
  byVotes: local
    .page({ table: 'work_items', where: 'true', order: [{ column: 'votes', direction: 'desc' }], limit: 10 })
    .rows.map(({ id }) => id),
  history: (Object.keys(tables) as RecordTopic[]).map((table) => local.history(table, `${table}-1`)),
  versions: local.versionsAfter(0, 1000),
  audit: local.versionsPage({}, { limit: 200 }).rows,
  results: local.results.range('check-a', instant(), instant(10)),
  rollups: local.rollups.read('check', ['check-a'], '2026-01-01', '2027-01-01'),
  keptFrom: local.expiry.resultsKeptFrom(),
})

/** Records, the two time series, and since when each is whole. */
const TABLES = Object.keys(tables).length + series.length + 1

describe('a store that was exported and restored', () => {
  test('is in everything that it was: every table, all history, its order, search and counts; but not its epoch', async () => {
    const before = inStore(data, (local) => {
      fill(local)
      return { answers: answers(local), epoch: local.epoch }
    })
    const { rows } = await backUp()
    expect(Object.keys(rows).sort()).toEqual(
      [...Object.keys(tables), 'status_results', 'status_rollups', 'kept_from'].sort(),
    )
    const restored = join(dir, 'restored')
    const { manifest } = await restoreBackup(file, restored)
    expect(manifest).toMatchObject({ version: '1.2.3', schema: steps.length, epoch: before.epoch, taken_at: instant() })
    expect(readdirSync(restored)).toEqual(['lakeport.db'])
    expect(contents(restored)).toEqual(contents(data))
    inStore(restored, (local) => {
      expect(answers(local)).toEqual(before.answers)
      expect(local.epoch).not.toBe(before.epoch)
      // It goes on where it was: the next version is the next, and the log goes on counting.
      const seq = local.versionsAfter(0, 1000).at(-1)?.seq ?? 0
      const change = { table: 'glossary_terms' as const, id: 'glossary_terms-1', expectedVersion: 3 }
      local.apply([{ ...change, fields: someOf('glossary_terms', 4) }], provenance(), strict)
      expect(local.versionsAfter(seq, 10).map((entry) => entry.seq)).toEqual([seq + 1])
    })
    const again = join(dir, 'again.gz')
    const snapshot = openSnapshot(data)
    await writeBackup(again, snapshot, options)
    snapshot.close()
    expect(readFileSync(again)).toEqual(readFileSync(file))
  })

  test('is what it was when the export began, whatever is written meanwhile', async () => {
    const local = openLocal(data, { now: () => START })
    fill(local)
    const expected = contents(data)
    const seqs = local.versionsAfter(0, 1000).length
    let writes = 0
    const slow = new Writable({
      write(_chunk, _encoding, done) {
        const fields = workItem({ title: 'Written meanwhile' })
        local.apply([{ table: 'work_items', id: `new-${writes++}`, expectedVersion: 0, fields }], provenance(), strict)
        local.observe([observation({ measured_at: instant(1000 + writes) })])
        done()
      },
    })
    const snapshot = openSnapshot(data)
    local.apply([{ table: 'work_items', id: 'late', expectedVersion: 0, fields: workItem() }], provenance(), strict)
    const chunks: Buffer[] = []
    slow.on('pipe', () => undefined)
    const tee = new Writable({
      write(chunk, encoding, done) {
        chunks.push(chunk)
        slow.write(chunk, encoding, done)
      },
      final(done) {
        writeFileSync(`${file}.partial`, Buffer.concat(chunks))
        done()
      },
    })
    await writeBackup(file, snapshot, { ...options, open: () => tee })
    snapshot.close()
    expect(writes).toBeGreaterThan(0)
    expect(local.versionsAfter(0, 1000).length).toBe(seqs + writes + 1)
    local.close()
    await restoreBackup(file, join(dir, 'restored'))
    expect(contents(join(dir, 'restored'))).toEqual(expected)
  })

  test('of an older Lakeport gets what it did not know, and exporting leaves it as it is', async () => {
    const { similar: _similar, ...workItems } = tables.work_items
    const { replaced_by: _column, ...columns } = tables.glossary_terms.columns
    const old = {
      ...tables,
      work_items: workItems,
      glossary_terms: { ...tables.glossary_terms, columns, indexes: [['term_key', 'id']] },
    }
    const local = openLocal(data, { tables: old as never })
    const { replaced_by: _field, ...fields } = someOf('glossary_terms', 1)
    local.apply([{ table: 'glossary_terms', id: 'term', expectedVersion: 0, fields }], provenance(), strict)
    local.close()
    const bytes = readFileSync(join(data, 'lakeport.db'))
    await backUp()
    expect(readFileSync(join(data, 'lakeport.db'))).toEqual(bytes)
    await restoreBackup(file, join(dir, 'restored'))
    inStore(join(dir, 'restored'), (restored) => {
      expect(restored.row('glossary_terms', 'term')).toMatchObject({ ...fields, replaced_by: null, version: 1 })
    })
  })
})

/** The lines of the backup, changed and written again with a checksum that is right. */
function rewrite(change: (lines: string[]) => string[], isSigned = true): void {
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n')
  const changed = change(lines)
  if (isSigned) {
    const hash = createHash('sha256')
    for (const line of changed.slice(0, -1)) hash.update(`${line}\n`)
    const last = JSON.parse(changed.at(-1) ?? '{}')
    changed[changed.length - 1] = JSON.stringify({ ...last, sha256: hash.digest('hex') })
  }
  writeFileSync(file, gzipSync(`${changed.join('\n')}\n`))
}

describe('a file that is not sound is refused in one line, and nothing is left behind:', () => {
  const swap = (from: string | RegExp, to: string) => (lines: string[]) => lines.map((line) => line.replace(from, to))
  test.each<[string, () => void, RegExp]>([
    ['one that is cut off', () => writeFileSync(file, readFileSync(file).subarray(0, -200)), /ends too early/],
    ['one that is cut off at a line', () => rewrite((lines) => lines.slice(0, -1), false), /ends too early/],
    ['an empty one', () => writeFileSync(file, ''), /ends too early/],
    ['one with a flipped bit', () => flip(), /damaged|checksum|what a backup has|ends too early/],
    ['one that is no gzip', () => writeFileSync(file, 'hello'), /damaged, or it is not a backup/],
    ['one of something else', () => writeFileSync(file, gzipSync('{"a":1}\n')), /not a backup of Lakeport/],
    ['one that was edited', () => rewrite(swap('Refresh of', 'Refresh at'), false), /checksum/],
    [
      'one that lacks a row',
      () => rewrite((lines) => lines.filter((_line, index) => index !== 5)),
      /rows that it counts/,
    ],
    ['one that goes on', () => rewrite((lines) => [...lines, '{}'], false), /follows its last line/],
    ['one of a newer schema', () => rewrite(swap(/"schema":\d+/, '"schema":99')), /1\.2\.3 made it, which is newer/],
    ['one of a newer format', () => rewrite(swap('"format":1', '"format":2')), /which is newer/],
    ['one with an unknown column', () => rewrite(swap('"row":{', '"row":{"x":1,')), /newer Lakeport .*column .*\.x/],
    ['one with an unknown table', () => rewrite(swap('"table":"glossary_terms"', '"table":"wishes"')), /table wishes/],
    [
      'one with a value of another type',
      () => rewrite(swap('"is_deleted":true', '"is_deleted":"yes"')),
      /is_deleted needs/,
    ],
    ['one that has a row twice', () => rewrite(swap('"current":false', '"current":true')), /UNIQUE|rows that/],
  ])('%s', async (_what, spoil, message) => {
    inStore(data, fill)
    await backUp()
    spoil()
    const restored = join(dir, 'restored')
    const error = await restoreBackup(file, restored).catch((one: Error) => one)
    expect(error).toBeInstanceOf(Error)
    const text = (error as Error).message
    expect(text).toMatch(message)
    expect(text.split('\n')).toHaveLength(1)
    expect(existsSync(restored)).toBe(false)
  })

  const flip = () => {
    const bytes = readFileSync(file)
    const middle = bytes.length >> 1
    bytes[middle] = (bytes[middle] ?? 0) ^ 0x10
    writeFileSync(file, bytes)
  }

  test('checking without restoring says the same', async () => {
    inStore(data, fill)
    await backUp()
    expect((await readBackup(file, steps.length, checking())).trailer.rows).toMatchObject({ status_results: 2 })
    rewrite((lines) => lines.slice(0, -1), false)
    await expect(readBackup(file, steps.length, checking())).rejects.toThrow('ends too early')
  })
})

describe('an export', () => {
  beforeEach(() => inStore(data, fill))

  test('is for its owner only, can be read by a person, and has no answer that could hold a token', async () => {
    writeFileSync(`${file}.partial`, 'what a killed one left')
    await backUp()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const text = gunzipSync(readFileSync(file)).toString()
    expect(text.split('\n')[0]).toContain('"lakeport":"backup"')
    expect(text).not.toContain('in the clear')
    expect(text).toContain('"secret_hash"')
  })

  test('does not take the place of a file, unless it is told to', async () => {
    writeFileSync(file, 'mine')
    await expect(backUp()).rejects.toThrow('is there already; name another file, or give --force')
    expect(readFileSync(file, 'utf8')).toBe('mine')
    await backUp(file, { isForced: true })
    await restoreBackup(file, join(dir, 'restored'))
    await expect(backUp('/dev/null', { isForced: true })).rejects.toThrow('/dev/null is not a plain file')
  })

  test('onto a full disk says so and leaves nothing, not even of what it would have replaced', async () => {
    writeFileSync(file, 'mine')
    const full = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('ENOSPC: no space left on device, write'))),
    })
    await expect(backUp(file, { isForced: true, open: () => full })).rejects.toThrow(
      'The backup could not be written: ENOSPC: no space left on device',
    )
    const interrupted = new AbortController()
    const slow = new Writable({ write: () => interrupted.abort() })
    const { signal } = interrupted
    await expect(backUp(file, { isForced: true, open: () => slow, signal })).rejects.toThrow('it was interrupted')
    await expect(backUp(join(file, 'below'))).rejects.toThrow('The backup could not be written: ')
    expect(readFileSync(file, 'utf8')).toBe('mine')
    expect(readdirSync(dir).sort()).toEqual(['backup.jsonl.gz', 'data'])
  })

  test('of a store whose log and tables differ is refused', async () => {
    const db = new DatabaseSync(join(data, 'lakeport.db'))
    db.exec("DELETE FROM version_log WHERE record_id = 'ticket-2'")
    db.close()
    await expect(backUp()).rejects.toThrow(/row versions, but its log counts/)
    expect(existsSync(file)).toBe(false)
  })
})

describe('a restore', () => {
  test('refuses a folder that is not empty, but for what an interrupted one left and sample workspaces', async () => {
    inStore(data, fill)
    await backUp()
    await expect(restoreBackup(file, data)).rejects.toThrow('is not empty (lakeport.db')
    const other = join(dir, 'other')
    mkdirSync(join(other, 'restoring'), { recursive: true })
    mkdirSync(join(other, 'sample-degraded'))
    writeFileSync(join(other, 'restoring', 'lakeport.db'), 'half of it')
    writeFileSync(join(other, 'notes.txt'), '')
    await expect(restoreBackup(file, other)).rejects.toThrow('is not empty (notes.txt)')
    rmSync(join(other, 'notes.txt'))
    await restoreBackup(file, other)
    expect(readdirSync(other).sort()).toEqual(['lakeport.db', 'sample-degraded'])
    expect(contents(other)).toEqual(contents(data))
  })
})

describe('a restore into Delta tables', () => {
  const ledgerOf = (double: WarehouseDouble) =>
    createDeltaLedger(double.warehouse, { tables, resultsFrom: () => instant(-1e9), overlapMs: 0 })
  const filled = async () => {
    inStore(data, fill)
    await backUp()
  }
  const everything = (local: Local) => ({
    records: (Object.keys(tables) as RecordTopic[]).map((table) =>
      local.all<{ id: string }>(`SELECT id FROM ${table} ORDER BY id`).map(({ id }) => local.history(table, id)),
    ),
    results: local.all('SELECT * FROM status_results ORDER BY check_id, measured_at'),
    rollups: local.all('SELECT * FROM status_rollups ORDER BY subject_kind, subject_id, day'),
    audit: local.versionsPage({}, { limit: 200 }).rows,
  })

  test('gives an instance that looks at them every version, result and roll-up, and the same audit', async () => {
    await filled()
    const double = createWarehouseDouble()
    const { trailer } = await restoreIntoDelta(file, ledgerOf(double))
    expect(Object.keys(trailer.rows)).toHaveLength(TABLES)
    const replica = openLocal(':memory:', { now: () => START, isReplica: true })
    let cursor: string | null = null
    for (let isEnd = false; !isEnd; ) {
      const pulled = await ledgerOf(double).pull(cursor, 7)
      replica.merge(pulled.versions, instant())
      replica.observe(pulled.observations)
      replica.rollups.merge(pulled.rollups)
      ;({ cursor, isEnd } = pulled)
    }
    expect(everything(replica)).toEqual(inStore(data, everything))
    replica.close()
  })

  test('refuses a schema that has anything, and a file that is not sound, before anything is sent', async () => {
    await filled()
    const double = createWarehouseDouble()
    const damaged = readFileSync(file)
    damaged[damaged.length - 20] = (damaged[damaged.length - 20] ?? 0) ^ 1
    writeFileSync(join(dir, 'damaged.gz'), damaged)
    await expect(restoreIntoDelta(join(dir, 'damaged.gz'), ledgerOf(double))).rejects.toThrow(/cannot be used/)
    expect(double.statements).toEqual([])
    await restoreIntoDelta(file, ledgerOf(double))
    double.statements.length = 0
    await expect(restoreIntoDelta(file, ledgerOf(double))).rejects.toThrow('The schema has records already')
    expect(double.statements).toEqual(['pull'])
  })

  test('says so when not everything is there afterwards', async () => {
    await filled()
    const double = createWarehouseDouble()
    double.onDone(({ name }) => {
      if (name === 'put_rollups') double.rowsOf('status_rollups').pop()
    })
    await expect(restoreIntoDelta(file, ledgerOf(double))).rejects.toThrow(
      'Not everything arrived: status_rollups differ',
    )
  })
})

describe('the command line', () => {
  const run = (args: string[], env: Record<string, string> = {}) => {
    const cli = join(import.meta.dirname, '../src/server/cli.ts')
    const child = spawnSync(process.execPath, [cli, ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', DEMO: 'off', DATA_DIR: data, ...env },
    })
    return { status: child.status, out: child.stdout, err: child.stderr }
  }

  test('exports, checks and restores; what is wrong is one line and status 1, or 2 for the command line itself', () => {
    inStore(data, fill)
    const restored = { DATA_DIR: join(dir, 'restored') }
    expect(run(['export', file])).toMatchObject({
      status: 0,
      out: expect.stringMatching(new RegExp(`^\\d+ rows of ${TABLES} tables written to `)),
    })
    expect(run(['restore', file, '--verify'], restored)).toMatchObject({
      status: 0,
      out: expect.stringContaining('is sound'),
    })
    expect(existsSync(restored.DATA_DIR)).toBe(false)
    expect(run(['restore', file], restored)).toMatchObject({ status: 0, out: expect.stringContaining('restored into') })
    expect(contents(restored.DATA_DIR)).toEqual(contents(data))

    const refused = [
      run(['export', file]),
      run(['export', join(dir, 'nowhere', 'x.gz')]),
      run(['export', join(dir, 'x.gz')], { DATA_DIR: join(dir, 'none') }),
      run(['restore', file]),
      run(['restore', join(dir, 'missing.gz')], { DATA_DIR: join(dir, 'none') }),
    ]
    for (const { status, out, err } of refused) {
      expect({ status, out, lines: err.trimEnd().split('\n').length }).toEqual({ status: 1, out: '', lines: 1 })
      expect(err).toMatch(/^lakeport: /)
    }
    expect(run(['export'])).toMatchObject({ status: 2, err: 'lakeport: export needs a file\n' })
    expect(existsSync(join(dir, 'none'))).toBe(false)
  })

  test('needs no more memory for a larger store', () => {
    inStore(data, (local) => {
      const message = 'x'.repeat(1900)
      for (let day = 0; day < 20; day += 1)
        local.observe(
          Array.from({ length: 2000 }, (_, index) =>
            observation({ check_id: `check-${day}`, measured_at: instant(index), message: `${index} ${message}` }),
          ),
        )
    })
    // What is read is larger than all the memory that there is.
    const small = { NODE_OPTIONS: '--max-old-space-size=60' }
    expect(run(['export', file], small)).toMatchObject({ status: 0 })
    const restored = { ...small, DATA_DIR: join(dir, 'restored') }
    expect(run(['restore', file], restored)).toMatchObject({ status: 0, out: expect.stringContaining('40000 rows') })
  })
})
