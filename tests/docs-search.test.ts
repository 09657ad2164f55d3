import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { find, readIndex } from '../src/web/pages/docs/find.ts'
import { piecesOf, snippetOf } from '../src/web/pages/docs/snippet.ts'
import { type BuiltDocs, buildDocs, portalPathsIn } from '../tools/docs/build.ts'

let docs: BuiltDocs
let index: ReturnType<typeof readIndex>
beforeAll(async () => {
  docs = await buildDocs('docs', portalPathsIn('src/web/paths.ts'))
  index = readIndex(docs.index)
})

const titles = () => docs.pages.map(({ page: { slug, title } }) => ({ slug, title }))
const slugOf = (path: string | undefined) => path?.slice('/docs/'.length).split('#')[0]
const first = (text: string) => find(index, text)[0]?.path

describe('searching the docs', () => {
  test('each title finds the top of its own page first', () => {
    for (const { slug, title } of titles()) expect([title, first(title)]).toEqual([title, `/docs/${slug}`])
  })

  test('so does a title that is not typed to its end', () => {
    for (const { slug, title } of titles()) {
      const typed = title.slice(0, -2)
      expect([typed, slugOf(first(typed))]).toEqual([typed, slug])
    }
  })

  test('so does a title with one letter wrong in a long word', () => {
    const cases = titles().flatMap(({ slug, title }) =>
      [...title.matchAll(/[a-z]{6,}/gi)].map(({ 0: word, index: at }) => ({ slug, title, word, at })),
    )
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.nat({ max: 20 }), ({ slug, title, word, at }, n) => {
        // Two neighbours change places, not the first: what people do in haste.
        const i = at + 1 + (n % (word.length - 2))
        const typed = `${title.slice(0, i)}${title[i + 1]}${title[i]}${title.slice(i + 2)}`
        expect([
          typed,
          find(index, typed)
            .slice(0, 3)
            .map(({ path }) => slugOf(path)),
        ]).toEqual([typed, expect.arrayContaining([slug])])
      }),
      { numRuns: 200 },
    )
  })

  test('a heading finds its section', () => {
    for (const { page } of docs.pages)
      for (const { id, text } of page.contents.filter((heading) => heading.text.split(' ').length > 2)) {
        const paths = find(index, text).map(({ path }) => path)
        expect([text, paths]).toEqual([text, expect.arrayContaining([`/docs/${page.slug}#${id}`])])
      }
  })

  test('words that no section has together still find something', () => {
    expect(find(index, 'votes certificate').length).toBeGreaterThan(0)
  })

  test('nothing at all is found without words, and no text makes it fail', () => {
    expect(find(index, '')).toEqual([])
    fc.assert(fc.property(fc.string(), (text) => find(index, text).length <= 8))
  })
})

describe('a snippet', () => {
  test('shows what was found, and is a line or two of the text', () => {
    for (const { snippet, words, heading, title } of find(index, 'expected_version')) {
      const shown = piecesOf(`${snippet} ${heading} ${title}`, words)
      expect(shown.some(({ isFound }) => isFound)).toBe(true)
      expect(snippet.length).toBeLessThan(180)
    }
  })
  test('of a long text begins near the first found word', () => {
    const text = `${'before '.repeat(60)}needle ${'after '.repeat(60)}`
    expect(snippetOf(text, ['needle'])).toMatch(/^… (before )+needle (after )+…$/)
    expect(snippetOf(text, [])).toMatch(/^before .* …$/)
  })
  test('loses nothing when it is cut into pieces', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (text, words) => {
        expect(
          piecesOf(text, words)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
