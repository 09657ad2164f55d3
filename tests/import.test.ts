import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fromCsv, type Mapping, plainMapping, readMapping } from '../src/server/import/csv.ts'
import { fromGithub } from '../src/server/import/github-issues.ts'
import { readCsv, readJson } from '../src/server/import/read-file.ts'
import { importRows, type Report } from '../src/server/import/write.ts'
import { createJournal } from '../src/server/storage/create-journal.ts'
import { embeddedLedger } from '../src/server/storage/embedded.ts'
import { newId } from '../src/server/storage/ids.ts'
import type { Journal } from '../src/server/storage/journal.ts'
import { type Local, openLocal } from '../src/server/storage/local/open.ts'

const NOW = Date.parse('2026-11-22T12:00:00.000Z')
let dir: string
let local: Local
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lakeport-import-'))
  local = openLocal(dir)
})
afterEach(() => {
  local.close()
  rmSync(dir, { recursive: true })
})

const platformId = '0193a000-0000-7000-8000-00000000000a'
const file = (name: string, text: string) => {
  const path = join(dir, name)
  writeFileSync(path, text)
  return path
}
const store = (journal: Pick<Journal, 'commit'> = createJournal(local, embeddedLedger(local))) => ({
  journal,
  version: (table: 'work_items' | 'work_item_comments', id: string) => local.row(table, id) ?? null,
  platformIdOf: (name: string) => (name === 'Sales' ? platformId : null),
})
const options = (isDryRun = false) => ({ now: NOW, requestId: newId(NOW), isDryRun, onProgress: () => undefined })
const github = (issues: unknown[], into = store(), isDryRun = false): Promise<Report> =>
  importRows(
    readJson(file('issues.json', JSON.stringify(issues))),
    (value, at) => fromGithub(value, at, { now: NOW }),
    into,
    options(isDryRun),
  )
const csv = (text: string, mapping: Mapping = plainMapping, delimiter = ','): Promise<Report> =>
  importRows(
    readCsv(file('tickets.csv', text), delimiter),
    (row, at) => fromCsv(row, at, { mapping, source: 'csv' }),
    store(),
    options(),
  )
const items = () => local.rows('work_items', 'ORDER BY created_at, id')
const comments = () => local.rows('work_item_comments', 'ORDER BY created_at, id')

const issue = (more: Record<string, unknown> = {}) => ({
  number: 12,
  title: 'The load is late',
  body: 'Since **Monday**',
  user: { login: 'Octo-Cat' },
  created_at: '2026-10-01T08:00:00Z',
  updated_at: '2026-10-03T08:00:00Z',
  closed_at: null,
  state: 'open',
  labels: [{ name: 'Bug' }, { name: 'severity: high' }, { name: 'P1' }],
  assignee: { login: 'Ann' },
  html_url: 'https://git.example/acme/data/issues/12',
  comments: [{ id: 5, user: { login: 'Ben' }, created_at: '2026-10-02T08:00:00Z', body: 'Here too' }],
  ...more,
})

describe('issues of GitHub', () => {
  test('come with their authors, dates, labels and comments', async () => {
    expect(await github([issue()])).toMatchObject({ created: 1, comments: 1, refused: [] })
    expect(items()[0]).toMatchObject({
      version: 1,
      item_type: 'INCIDENT',
      title: 'The load is late',
      description: 'Since **Monday**',
      state: 'NEW',
      severity: 'HIGH',
      priority: 'P1',
      tags: ['bug', 'severity:-high', 'p1'],
      assigned_to: 'ann',
      created_by: 'octo-cat',
      created_at: '2026-10-01T08:00:00.000Z',
      action: 'work_item.import',
      source_id: 'github:acme/data#12',
    })
    expect(comments()[0]).toMatchObject({
      body: 'Here too',
      created_by: 'ben',
      created_at: '2026-10-02T08:00:00.000Z',
      work_item_id: items()[0]?.id,
    })
    expect(local.tallies('work_items', [items()[0]?.id ?? '']).get(items()[0]?.id ?? '')).toEqual({
      votes: 0,
      comments: 1,
    })
  })

  test('as gh lists them are the same issues', async () => {
    const listed = {
      number: 12,
      title: 'The load is late',
      body: 'Since **Monday**',
      author: { login: 'Octo-Cat' },
      createdAt: '2026-10-01T08:00:00Z',
      closedAt: null,
      state: 'OPEN',
      labels: [{ name: 'Bug' }],
      assignees: [{ login: 'Ann' }],
      url: 'https://git.example/acme/data/issues/12',
      comments: [{ id: 'IC_1', author: { login: 'Ben' }, createdAt: '2026-10-02T08:00:00Z', body: 'Here too' }],
    }
    await github([issue({ comments: [] })])
    expect(await github([listed])).toMatchObject({ created: 0, unchanged: 1, comments: 1 })
  })

  test.each([
    ['completed', 'Bug', '2026-10-03T08:00:00Z', { state: 'CLOSED', resolution: 'FIXED' }],
    ['completed', 'Bug', '2026-11-21T08:00:00Z', { state: 'RESOLVED', resolution: 'FIXED' }],
    ['not_planned', 'Bug', '2026-10-03T08:00:00Z', { state: 'CLOSED', resolution: 'NOT_AN_INCIDENT' }],
    ['completed', 'enhancement', '2026-10-03T08:00:00Z', { state: 'SHIPPED' }],
    ['not_planned', 'enhancement', '2026-10-03T08:00:00Z', { state: 'DECLINED', resolution: 'OUT_OF_SCOPE' }],
  ])('closed as %s with the label %s at %s, read as it happened', async (state_reason, label, closed_at, became) => {
    await github([issue({ state: 'closed', state_reason, closed_at, labels: [{ name: label }] })])
    const [row] = items()
    expect(row).toMatchObject({ ...became, version: 2, category: 'done', updated_by: 'system:import' })
    expect(row?.updated_at).toBe(new Date(closed_at).toISOString())
    expect(local.history('work_items', row?.id ?? '')[0]).toMatchObject({ category: 'open', updated_by: 'octo-cat' })
  })

  test('a second run writes nothing; one that was cut off is completed; what changed here is left alone', async () => {
    const all = [
      issue({ state: 'closed', closed_at: '2026-10-03T08:00:00Z' }),
      issue({
        number: 13,
        html_url: 'https://git.example/acme/data/issues/13',
        comments: [{ id: 6, user: { login: 'Ben' }, created_at: '2026-10-02T08:00:00Z', body: 'Also' }],
      }),
    ]
    const journal = createJournal(local, embeddedLedger(local))
    let left = 2
    const dying = {
      commit: (...given: Parameters<Journal['commit']>) => {
        left -= 1
        if (left < 0) throw new Error('killed')
        return journal.commit(...given)
      },
    }
    await expect(github(all, store(dying))).rejects.toThrow('killed')
    expect(await github(all)).toMatchObject({ created: 1, unchanged: 1, comments: 2 })
    const revision = local.revision
    expect(await github(all)).toMatchObject({ created: 0, unchanged: 2, comments: 0 })
    expect(local.revision).toBe(revision)

    const [first] = items()
    if (first === undefined) throw new Error('It was just made')
    const {
      is_deleted,
      action,
      request_id,
      actor,
      id,
      version,
      created_at,
      created_by,
      updated_at,
      updated_by,
      ...fields
    } = first
    const mine = { by: 'ann', actor: null, at: NOW, action: 'work_item.edit', requestId: newId(NOW) }
    await journal.commit(
      [{ table: 'work_items', id, expectedVersion: version, fields: { ...fields, title: 'Mine' } }],
      mine,
    )
    await github(all)
    expect(local.row('work_items', id)?.title).toBe('Mine')
    await journal.commit([{ table: 'work_items', id, expectedVersion: version + 1, fields, isDeleted: true }], mine)
    expect(await github(all)).toMatchObject({ created: 0, unchanged: 2, comments: 0 })
  })

  test.each([
    ['a pull request', { pull_request: {} }, 'is a pull request'],
    ['no title', { title: ' ' }, 'title'],
    ['a bad date', { created_at: 'yesterday' }, 'yesterday is no date'],
    ['a date to come', { created_at: '2027-01-01T00:00:00Z' }, 'in the future'],
    ['a closing without a date', { state: 'closed', closed_at: null }, 'closed_at: nothing is no date'],
    ['no address', { html_url: '' }, 'no address'],
    ['no number', { number: 'x' }, 'no number'],
    ['a text too long', { body: 'x'.repeat(100_001) }, 'description'],
    [
      'a comment too long',
      { comments: [{ id: 1, created_at: '2026-10-02T08:00:00Z', body: 'x'.repeat(20_001) }] },
      'comment',
    ],
  ])('%s is refused and told, and the others come in', async (_what, wrong, reason) => {
    const good = issue({ number: 99, html_url: 'https://git.example/acme/data/issues/99' })
    const report = await github([issue(wrong), good])
    expect(report).toMatchObject({ created: 1, refused: [expect.stringContaining(reason)] })
    expect(items().map(({ source_id }) => source_id)).toEqual(['github:acme/data#99'])
  })

  test('a title that is too long is cut, and all of it begins the description', async () => {
    const title = 'long '.repeat(60).trim()
    const report = await github([issue({ title })])
    expect(report.changed).toEqual([expect.stringContaining('the title was cut')])
    expect(items()[0]?.title).toHaveLength(200)
    expect(items()[0]?.description.startsWith(title)).toBe(true)
  })

  test('one a line is read too, and a line that is no JSON is told by its number', async () => {
    const path = file('issues.jsonl', `${JSON.stringify(issue())}\n{"number": 1,\n\n`)
    const report = await importRows(
      readJson(path),
      (value, at) => fromGithub(value, at, { now: NOW }),
      store(),
      options(),
    )
    expect(report).toMatchObject({ created: 1, refused: ['line 2: is not JSON'] })
  })

  test('a dry run writes nothing and says what it would', async () => {
    expect(await github([issue()], store(), true)).toMatchObject({ created: 1, comments: 1 })
    expect([items(), local.revision]).toEqual([[], 0])
  })
})

describe('CSV', () => {
  test('with our own column names, a byte order mark and quoted lines', async () => {
    const text = `\ufeffsource_id,item_type,title,description,author,created_at,platform,tags\r\n7,improvement,"Faster, please","two\nlines",Ann@X.example,2026-10-01,Sales,dbt orders\r\n`
    expect(await csv(text)).toMatchObject({ created: 1, refused: [] })
    expect(items()[0]).toMatchObject({
      item_type: 'IMPROVEMENT',
      title: 'Faster, please',
      description: 'two\nlines',
      created_by: 'ann@x.example',
      created_at: '2026-10-01T00:00:00.000Z',
      platform_id: platformId,
      tags: ['dbt', 'orders'],
      source_id: 'csv:7',
    })
  })

  test('with a mapping, their words and semicolons', async () => {
    const mapping = readMapping({
      source_id: 'Key',
      title: 'Summary',
      author: 'Reporter',
      created_at: 'Created',
      item_type: { constant: 'INCIDENT' },
      state: { column: 'Status', values: { Done: 'CLOSED', Open: 'NEW' } },
      closed_at: 'Resolved',
      tags: { column: 'Labels', separator: '|' },
    })
    const head = 'Key;Summary;Reporter;Created;Status;Resolved;Labels\n'
    const report = await csv(
      `${head}A-1;Late;ann;2026-10-01;Done;2026-10-05;a|b\nA-2;Later;ben;2026-10-02;Open;;\n`,
      mapping,
      ';',
    )
    expect(report).toMatchObject({ created: 2, refused: [] })
    expect(items().map(({ state, version, tags }) => [state, version, tags])).toEqual([
      ['CLOSED', 2, ['a', 'b']],
      ['NEW', 1, []],
    ])
  })

  test.each([
    ['no id of its own', ',INCIDENT,Late,ann,2026-10-01,,', 'source_id'],
    ['an unknown type', '1,WISH,Late,ann,2026-10-01,,', 'WISH is no type'],
    ['an unknown platform', '1,INCIDENT,Late,ann,2026-10-01,Nowhere,', 'no platform Nowhere'],
    ['a state of another type', '1,INCIDENT,Late,ann,2026-10-01,,SHIPPED', 'SHIPPED is no state'],
    ['nobody', '1,INCIDENT,Late,,2026-10-01,,', 'author'],
  ])('%s is refused with its line', async (_what, row, reason) => {
    const report = await csv(`source_id,item_type,title,author,created_at,platform,state\n${row}\n`)
    expect(report.refused).toEqual([expect.stringMatching(new RegExp(`^line 2: .*${reason}`))])
    expect(items()).toEqual([])
  })

  test('a mapping that names no field of ours is refused', () => {
    expect(() => readMapping({ colour: 'Colour' })).toThrow()
  })
})

test('the command reports on stdout, tells refusals on stderr, and ends with 3 when there are any', () => {
  const issues = file('two.json', JSON.stringify([issue(), issue({ title: '' })]))
  const run = (...more: string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, '../src/server/cli.ts'), 'import', ...more], {
      encoding: 'utf8',
      env: { ...process.env, DATA_DIR: join(dir, 'data'), DEMO: 'off' },
    })
  const first = run('--format', 'github-issues', issues)
  expect([first.status, first.stdout]).toEqual([3, '1 created, 0 unchanged, 1 comments added, 1 refused\n'])
  expect(first.stderr).toContain('issue 12: title')
  expect(run('--format', 'github-issues', issues).stdout).toBe('0 created, 1 unchanged, 0 comments added, 1 refused\n')
  expect(run('--format', 'xml', issues).status).toBe(2)
  expect(run('--format', 'csv').status).toBe(2)
})
