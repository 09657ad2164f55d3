import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const review = readFileSync(join(root, 'docs/security-review.md'), 'utf8')

/** Rows of the tables under a heading, cell by cell, without their heads. */
function rowsUnder(heading: string): string[][] {
  const [, after = ''] = review.split(`\n## ${heading}\n`)
  const lines = (after.split('\n## ')[0] ?? '').split('\n')
  const isRow = (line: string | undefined) => line?.startsWith('|') === true
  return lines
    .filter((line, i) => isRow(line) && !/^\|[-|]+\|$/.test(line) && !/^\|[-|]+\|$/.test(lines[i + 1] ?? ''))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

const claims = [...review.matchAll(/`((?:src|tests)\/[\w./-]+\.test\.ts)` "([^"]+)"/g)].map(
  ([, file = '', title = '']) => [file, title] as const,
)
const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** Titles as their tests write them, in any kind of quotes. */
const isTitled = (source: string, title: string) => {
  const literals = ["'", '"', '`'].map((quote) => `${quote}${title}${quote}`)
  return literals.some((literal) => source.includes(literal))
}

describe('the security review', () => {
  test.each(claims)('names what is there: %s "%s"', (file, title) => {
    expect(existsSync(join(root, file)), file).toBe(true)
    expect(isTitled(read(file), title), title).toBe(true)
  })

  test('names no file that is not there', () => {
    const files = [...review.matchAll(/`((?:src|tests|tools|docs)\/[\w./-]+\.(?:tsx?|md))`/g)].map(
      ([, file = '']) => file,
    )
    expect(files.length).toBeGreaterThan(60)
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  test('shows every item that it calls met by a test, and says why of every other', () => {
    const rows = rowsUnder('OWASP ASVS 5.0')
    expect(rows.length).toBeGreaterThan(50)
    for (const [item, , state = '', , shown = ''] of rows) {
      const hasTest = /`[\w./-]+\.test\.ts` "/.test(shown)
      expect({ item, isMet: /^met/.test(state), hasTest }).toEqual({ item, isMet: hasTest, hasTest })
      expect({ item, state: /^(met|open|not ours)/.test(state) }).toEqual({ item, state: true })
      if (!hasTest) expect({ item, words: shown.length > 20 }).toEqual({ item, words: true })
    }
  })

  test('answers each of the ten risks, and each claim about who somebody is, by a test', () => {
    const risks = rowsUnder('OWASP API Security Top 10 (2023)')
    expect(risks.map(([risk]) => risk?.split(' ')[0])).toEqual(Array.from({ length: 10 }, (_, i) => `API${i + 1}`))
    const trust = rowsUnder('Who says who somebody is').filter(([, where]) => where?.startsWith('`src/'))
    expect(trust.length).toBeGreaterThan(5)
    for (const row of [...risks, ...trust]) expect(row.at(-1)).toMatch(/\.test\.ts` "/)
  })

  test('would notice a test that is gone', () => {
    expect(isTitled(read('tests/requests.test.ts'), 'a body that is too large is a 413')).toBe(true)
    expect(isTitled(read('tests/requests.test.ts'), 'a body that is too large')).toBe(false)
  })

  test('names only scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = [...review.matchAll(/`npm run ([\w:]+)`/g)].map(([, name = '']) => name)
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([])
  })
})

test('no source turns the checking of certificates off', () => {
  const sources = ['src', 'tools'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|tsx|mjs|js)$/.test(file))
      .map((file) => `${folder}/${file}`),
  )
  expect(sources.length).toBeGreaterThan(300)
  expect(sources.filter((file) => /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED/.test(read(file)))).toEqual([])
})
