import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GlossaryTerm } from '../src/contracts/glossary.ts'
import { glossaryColumns, type ImportAnswer } from '../src/contracts/glossary-import.ts'
import { readCsv } from '../src/server/csv.ts'
import { openTickets, type PersonName, type TestTickets } from './support/tickets.ts'

let t: TestTickets
beforeAll(async () => {
  t = await openTickets()
})
afterAll(() => t.p.close())

const terms = async (domain?: string): Promise<GlossaryTerm[]> =>
  (await t.as('ann').glossaryList({ query: { limit: 200, ...(domain !== undefined && { domain }) } })).body.items
const forgetAll = async () => {
  // Again and again: a successor cannot go before the terms that name it.
  for (let left = await terms(); left.length > 0; left = await terms()) {
    for (const { id, version } of left)
      await t.as('root').glossaryDelete({ params: { id }, query: { expected_version: version } })
  }
}
beforeEach(forgetAll)

async function define(term: string, more: Record<string, unknown> = {}): Promise<GlossaryTerm> {
  const { body, error } = await t.as('tri').glossaryCreate({ body: { term, domain: 'Sales', ...more } })
  if (error !== null) throw new Error(JSON.stringify(error))
  return body
}
async function load(csv: string, more: { dry_run?: boolean; by?: PersonName } = {}): Promise<ImportAnswer> {
  const { body, error } = await t.as(more.by ?? 'tri').glossaryImport({ body: { csv, dry_run: more.dry_run ?? false } })
  if (error !== null) throw new Error(JSON.stringify(error))
  return body
}
/** A file comes as text. */
const exported = async (query: Record<string, unknown> = {}) =>
  (await t.as('ann').glossaryExport({ query })).body as unknown as string
const outcomes = ({ rows }: ImportAnswer) => rows.map(({ outcome }) => outcome)
const reasons = ({ rows }: ImportAnswer) => rows.map(({ reason }) => reason)

describe('an export', () => {
  test('has what the filter shows, the successor by name, and no cell that a spreadsheet would run', async () => {
    const next = await define('Net sales', { status: 'active', synonyms: ['=cmd()', 'a; b'] })
    await define('Turnover', { status: 'deprecated', replaced_by: next.id, definition: '-1 "quoted"\nand more' })
    await define('Churn', { domain: 'Customer', related_assets: [{ name: 'Board', url: 'https://x.example/a;b' }] })
    const answer = await t.as('ann').glossaryExport({ query: {} })
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="glossary-2026-11-22.csv"$/)
    const [head, ...rows] = readCsv(await exported(), 10).map(({ cells }) => cells)
    expect(head).toEqual(glossaryColumns)
    expect(rows.map(([domain, term]) => `${domain}/${term}`)).toEqual([
      'Customer/Churn',
      'Sales/Net sales',
      'Sales/Turnover',
    ])
    expect(rows[0]?.[6]).toBe('Board <https://x.example/a\\;b>')
    expect(rows[1]?.[2]).toBe('=cmd(); a\\; b')
    expect(rows[2]?.slice(3)).toEqual(['deprecated', '', '-1 "quoted"\nand more', '', 'Sales: Net sales'])
    const text = await exported()
    expect(text).toContain(",'=cmd()")
    expect(text).toContain('"\'-1 ""quoted""')
    expect(readCsv(await exported({ domain: 'Customer', status: 'draft', q: 'chu' }), 10)).toHaveLength(2)
  })

  test('reads every page', async () => {
    await load(['domain,term', ...Array.from({ length: 450 }, (_, i) => `Many,Word ${i}`)].join('\n'))
    const rows = readCsv(await exported(), 1000)
    expect(new Set(rows.map(({ cells }) => cells[1])).size).toBe(451)
    expect(outcomes(await load(await exported())).every((outcome) => outcome === 'unchanged')).toBe(true)
  })
})

const text = (maxLength: number) => fc.string({ unit: 'binary', maxLength })
const nasty = fc.stringMatching(/^'{0,2}[ ]?[=+@-]?[\\;:<>,"a ]{0,6}$/)
/** As the contract has a line: no control characters, nothing that ends a line, not only blanks. */
const line = fc
  .oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), text(20), nasty)
  .filter(
    (value) => /\S/.test(value) && ![...value].some((letter) => letter < ' ' || '\u007f\u2028\u2029'.includes(letter)),
  )
const asset = fc.record({
  name: line,
  url: fc.option(fc.stringMatching(/^https:\/\/[a-z]{1,5}[;<>\\:,"'a-z/?=]{0,12}$/), { nil: null }),
})
const anyTerm = fc.record({
  term: line,
  domain: line,
  synonyms: fc.uniqueArray(line, { maxLength: 4 }),
  definition: fc.oneof(text(60), nasty, fc.constantFrom('a\r\nb', '\n', '\r', 'x\n\n', '"')),
  steward: fc.oneof(text(20), nasty),
  status: fc.constantFrom('draft', 'active', 'deprecated'),
  related_assets: fc.array(asset, { maxLength: 3 }),
})

test('what was exported is imported as no change, whatever is in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyTerm, { minLength: 1, maxLength: 4 }), async (many) => {
      // A failed run leaves its terms, and the smaller one that is tried next must not trip over them.
      await forgetAll()
      const made: GlossaryTerm[] = []
      for (const body of many) {
        const previous = made.at(-1)
        const replaced_by = body.status === 'deprecated' && previous !== undefined ? previous.id : null
        const answer = await t.as('tri').glossaryCreate({ body: { ...body, replaced_by } as never })
        if (answer.error === null) made.push(answer.body)
        else expect(answer.error.code).toBe('duplicate')
      }
      const file = await exported()
      const answer = await load(file)
      expect(answer.rows.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([])
      expect(answer.counts.unchanged).toBe(made.length)
      expect((await terms()).every(({ version }) => version === 1)).toBe(true)

      // And into an empty glossary the same terms come back.
      const before = await told()
      for (const { id } of made.toReversed())
        await t.as('root').glossaryDelete({ params: { id }, query: { expected_version: 1 } })
      expect((await load(file)).counts).toEqual({ created: made.length, changed: 0, unchanged: 0, refused: 0 })
      expect(await told()).toEqual(before)
    }),
    { numRuns: 60 },
  )
})

/** Every field as far as a file can say it, in an order of its own: the list has terms of one name as they came. */
const told = async () =>
  (await t.as('ann').glossaryList({ query: { limit: 200 } })).body.items
    .map((item) => ({
      names: [item.domain, item.term, item.steward].map((value) => value.trim()),
      synonyms: [...new Set(item.synonyms.map((value) => value.trim()))],
      definition: item.definition,
      status: item.status,
      assets: item.related_assets.map(({ name, url }) => ({ name: name.trim(), url })),
      successor: item.successor === null ? null : item.successor.term.trim(),
    }))
    .sort((a, b) => (JSON.stringify(a.names) < JSON.stringify(b.names) ? -1 : 1))

describe('an import', () => {
  test('makes, changes and leaves alone, and says which, first without writing', async () => {
    const known = await define('Net sales', { definition: 'Old', steward: 'ann@x.example' })
    await define('Churn')
    const csv = [
      'Term,Domain,definition,status',
      'net SALES,sales,New,',
      'Churn,Sales,,Draft',
      'Basket,Sales,What is bought at once,active',
    ].join('\n')
    const dry = await load(csv, { dry_run: true })
    expect([dry.is_applied, dry.counts]).toEqual([false, { created: 1, changed: 1, unchanged: 1, refused: 0 }])
    expect(dry.rows[0]).toEqual({
      line: 2,
      domain: 'sales',
      term: 'net SALES',
      outcome: 'changed',
      term_id: known.id,
      changes: [
        { field: 'domain', from: 'Sales', to: 'sales' },
        { field: 'term', from: 'Net sales', to: 'net SALES' },
        { field: 'definition', from: 'Old', to: 'New' },
      ],
      reason: null,
    })
    expect(dry.rows[2]).toMatchObject({ outcome: 'created', term_id: null })
    expect(await terms()).toHaveLength(2)

    const done = await load(csv)
    expect([done.is_applied, outcomes(done)]).toEqual([true, ['changed', 'unchanged', 'created']])
    const now = await terms()
    expect(now.map(({ id }) => id)).toContain(done.rows[2]?.term_id)
    // A column that is not there leaves its field alone.
    expect(now.find(({ id }) => id === known.id)).toMatchObject({
      steward: 'ann@x.example',
      definition: 'New',
      version: 2,
    })
    expect(outcomes(await load(csv))).toEqual(['unchanged', 'unchanged', 'unchanged'])
  })

  test('takes the file of a spreadsheet that separates by semicolons', async () => {
    const answer = await load('\ufeffdomain;term;synonyms\r\nSales;Basket;"Cart; Trolley"\r\n')
    expect(outcomes(answer)).toEqual(['created'])
    expect((await terms())[0]?.synonyms).toEqual(['Cart', 'Trolley'])
  })

  test('one refused row leaves everything as it was', async () => {
    await define('Net sales')
    const answer = await load(
      [
        'domain,term,status,synonyms,related_assets,replaced_by',
        'Sales,Fine,,,,',
        'Sales,Net sales,retired,,,',
        'Sales,fine ,,,,',
        'Sales,,,,,',
        'Sales,Gone,deprecated,,,Sales: Nobody',
        'Sales,Lost,deprecated,,,Nobody',
        'Sales,Kept,active,,,Sales: Net sales',
        'Sales,Board,,,Sales board <ftp://x>,',
        'Sales,Board 2,,,Sales board <https://x,',
        `Sales,Many,,${Array.from({ length: 21 }, (_, i) => `s${i}`).join(';')},,`,
        'Sales,Short,',
        'Sales,Ring,deprecated,,,Sales: Ring',
      ].join('\n'),
    )
    expect(answer.is_applied).toBe(false)
    expect(reasons(answer)).toEqual([
      null,
      'status must be one of draft, active, deprecated',
      'an earlier row names the same term',
      expect.stringContaining('term'),
      'replaced_by names “Sales: Nobody”, which is no term',
      'replaced_by is not written as “domain: term”',
      'replaced_by only a deprecated term has a successor',
      expect.stringContaining('related_assets.0.url'),
      'related_assets is not written as “Name <https://address>; …”',
      expect.stringContaining('synonyms'),
      'has 3 cells, and the head 6',
      'replaced_by leads back to this term',
    ])
    expect((await terms()).map(({ term, version }) => [term, version])).toEqual([['Net sales', 1]])
  })

  test('a successor may be of the same file, before or after, and never leads in a circle', async () => {
    const answer = await load(
      'domain,term,status,replaced_by\nSales,Turnover,deprecated,finance: NET sales\nFinance,Net sales,active,\n',
    )
    expect(outcomes(answer)).toEqual(['created', 'created'])
    const [net, turnover] = await terms()
    expect(turnover?.replaced_by).toBe(net?.id)
    const circle = await load('domain,term,status,replaced_by\nFinance,Net sales,deprecated,Sales: Turnover\n')
    expect(reasons(circle)).toEqual(['replaced_by leads back to this term'])
    // Used again, it has no successor any more.
    expect(
      (await load('domain,term,status\nSales,Turnover,active\n')).rows[0]?.changes.map(({ field }) => field),
    ).toEqual(['status', 'replaced_by'])
    expect((await terms('Sales'))[0]?.replaced_by).toBeNull()
  })

  test.each([
    ['is no CSV', 'domain,term\n"x,y\n', 'is not CSV'],
    ['has no terms', 'domain,definition\nx,y\n', 'has no column term'],
    ['has a column twice', 'domain,term,Term\nx,y,z\n', 'has the column term twice'],
    ['has an unknown column', 'domain,term,colour\nx,y,z\n', 'has the column “colour”, which is none of'],
    ['has too many rows', `domain,term\n${'x,y\n'.repeat(20_001)}`, 'more than'],
  ])('a file that %s is refused as a whole', async (_what, csv, why) => {
    const { status, error } = await t.as('tri').glossaryImport({ body: { csv, dry_run: true } })
    expect([status, error?.details?.fields?.['body.csv']]).toEqual([422, expect.stringContaining(why)])
  })

  test('needs the permission to write, and a file of bounded size', async () => {
    const body = { csv: 'domain,term\nSales,Mine\n', dry_run: true }
    expect((await t.as('ann').glossaryImport({ body })).status).toBe(403)
    expect((await t.as('own').glossaryImport({ body })).status).toBe(200)
    const endless = { csv: 'x'.repeat(17 * 1024 * 1024), dry_run: true }
    expect((await t.as('tri').glossaryImport({ body: endless })).status).toBe(413)
    expect((await t.as('tri').glossaryImport({ body: { ...endless, csv: 'x'.repeat(10_000_001) } })).status).toBe(422)
  })

  test('ten thousand terms come and go as one file', async () => {
    const csv = [
      'domain,term,definition',
      ...Array.from({ length: 10_000 }, (_, i) => `D${i % 7},Term ${i},What ${i} is`),
    ]
    expect((await load(csv.join('\n'))).counts.created).toBe(10_000)
    expect((await load(await exported())).counts.unchanged).toBe(10_000)
    const first = (await t.as('ann').glossaryList({ query: { q: 'Term 4242' } })).body
    expect(first.items[0]?.term).toBe('Term 4242')
  })
})
