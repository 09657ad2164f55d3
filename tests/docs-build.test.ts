import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Element, Root } from 'hast'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildDocs, portalPathsIn } from '../tools/docs/build.ts'
import { DocsError } from '../tools/docs/problems.ts'

let docs: string
beforeEach(() => {
  docs = mkdtempSync(join(tmpdir(), 'lakeport-docs-'))
})
afterEach(() => rmSync(docs, { recursive: true, force: true }))

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(docs, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

const page = (body: string, head = 'title: A\nsummary: About it.') => `---\n${head}\n---\n${body}\n`
const build = () => buildDocs(docs, ['/', '/tickets', '/docs'])

/** What the build says is wrong, one line each. */
async function complaints(): Promise<string[]> {
  const error: unknown = await build().then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error === null) return []
  if (!(error instanceof DocsError)) throw error
  return error.message.split('\n')
}

/** A guide of one page. */
async function one(body: string, head?: string) {
  write({ 'guide/sidebar.yaml': '- title: Group\n  pages: [a.md]\n', 'guide/a.md': page(body, head) })
  return complaints()
}

async function built(body: string, head?: string) {
  expect(await one(body, head)).toEqual([])
  const { pages, ...rest } = await build()
  const first = pages[0]
  if (first === undefined) throw new Error('There is one page.')
  return { ...first, ...rest }
}

function elements(node: Root | Element): Element[] {
  return node.children.flatMap((child) => (child.type === 'element' ? [child, ...elements(child)] : []))
}

describe('the build stops, with file and line, at', () => {
  test('a link to a page that is not there', async () => {
    expect(await one('Text.\n\n[b](b.md)')).toEqual([
      'docs/guide/a.md:7: broken link b.md: no such page in the sidebar',
    ])
    expect(await one('[b](/docs/b)')).toEqual(['docs/guide/a.md:5: broken link: there is no page /docs/b'])
  })
  test('a link to a page of the portal that it does not have', async () => {
    expect(await one('[t](/tickets?done=false) [r](/nowhere)')).toEqual([
      'docs/guide/a.md:5: broken link /nowhere: the portal has no such page',
    ])
  })
  test('a reference that leads nowhere, where it is defined', async () => {
    expect(await one('[b][r]\n\n[r]: ../x.md')).toEqual([
      'docs/guide/a.md:7: broken link ../x.md: no such page in the sidebar',
    ])
  })
  test('an anchor that no heading has, on this page or another', async () => {
    write({
      'guide/sidebar.yaml': '- title: Group\n  pages: [a.md, b.md]\n',
      'guide/a.md': page('## Here\n\n[x](#here) [y](#there)\n[z](b.md#here)'),
      'guide/b.md': page('## Elsewhere', 'title: B\nsummary: B.'),
    })
    expect(await complaints()).toEqual([
      'docs/guide/a.md:7: broken anchor: docs/guide/a.md has no heading #there',
      'docs/guide/a.md:8: broken anchor: docs/guide/b.md has no heading #here',
    ])
  })
  test('a missing title or summary, and one that is no text', async () => {
    expect(await one('x', 'summary: About it.')).toEqual(['docs/guide/a.md:1: no title in the front-matter'])
    expect(await one('x', 'title: A')).toEqual(['docs/guide/a.md:1: no summary in the front-matter'])
    expect(await one('x', 'summary: About it.\ntitle: 12')).toEqual([
      'docs/guide/a.md:3: title is text; put it in quotes',
      'docs/guide/a.md:3: no title in the front-matter',
    ])
    write({ 'guide/a.md': 'No front-matter\n' })
    expect(await complaints()).toHaveLength(2)
  })
  test('a second title in the text', async () => {
    expect(await one('# Another')).toEqual([
      'docs/guide/a.md:5: the title is in the front-matter; headings in the text begin with ##',
    ])
    expect(await one('# A\n\nThe same is for readers of the repository.')).toEqual([])
  })
  test('a key of the front-matter that it does not know', async () => {
    const [complaint] = await one('x', 'title: A\nsummary: B\nauthor: ann')
    expect(complaint).toMatch(/^docs\/guide\/a\.md:4: unknown front-matter key "author"/)
  })
  test.each([
    ['platforms: Sales', 'platforms is a list of names'],
    ['platforms: [1]', 'platforms is a list of names'],
    ['review_by: 2027-02-30', 'review_by is a day such as 2027-05-01'],
    ['review_by: next year', 'review_by is a day such as 2027-05-01'],
  ])('front-matter that says %s', async (line, says) => {
    expect(await one('x', `title: A\nsummary: B\n${line}`)).toEqual([`docs/guide/a.md:4: ${says}`])
  })
  test('front-matter that is no YAML', async () => {
    const [complaint] = await one('x', 'title: A\nsummary: [')
    expect(complaint).toMatch(/^docs\/guide\/a\.md:\d: front-matter: /)
  })
  test('a page that is not in the sidebar', async () => {
    write({ 'guide/deep/lost.md': page('x') })
    expect(await one('x')).toEqual(['docs/guide/deep/lost.md:1: not in docs/guide/sidebar.yaml'])
  })
  test('a line of the sidebar without a page', async () => {
    write({ 'guide/sidebar.yaml': '- title: Group\n  pages:\n    - a.md\n    - b.md\n', 'guide/a.md': page('x') })
    expect(await complaints()).toEqual(['docs/guide/sidebar.yaml:4: there is no file b.md'])
  })
  test('a sidebar that is not there, is no YAML, or no list of groups', async () => {
    write({ 'guide/a.md': page('x') })
    expect(await complaints()).toContain('docs/guide/sidebar.yaml:1: the sidebar is missing')
    for (const text of ['a: [', 'a: b', '- title: Group', '- title: Group\n  pages: [a.txt]']) {
      write({ 'guide/sidebar.yaml': text })
      expect(await complaints()).toContainEqual(expect.stringMatching(/^docs\/guide\/sidebar\.yaml:[12]: /))
    }
  })
  test('two pages with one slug, and one page twice', async () => {
    write({
      'guide/sidebar.yaml': '- title: Group\n  pages:\n    - a.md\n    - ../a.md\n    - a.md\n',
      'guide/a.md': page('x'),
      'a.md': page('y'),
    })
    expect(await complaints()).toEqual([
      'docs/guide/sidebar.yaml:4: ../a.md and docs/guide/a.md have one slug, "a"',
      'docs/guide/sidebar.yaml:5: a.md is here twice',
    ])
  })
  test('a file outside the docs', async () => {
    write({ 'guide/sidebar.yaml': '- title: Group\n  pages: [../../secret.md]\n' })
    expect(await complaints()).toEqual([
      'docs/guide/sidebar.yaml:2: a page is named by the path of its .md file in the docs folder',
    ])
  })
  test('a picture that is missing, lies elsewhere or has no words', async () => {
    write({ 'guide/a.png': 'x' })
    expect(await one('![A chart](b.png)')).toEqual(['docs/guide/a.md:5: missing image b.png'])
    expect(await one('![A chart](../../b.png)')).toEqual(['docs/guide/a.md:5: missing image ../../b.png'])
    expect(await one('![A chart](https://x.example/b.png)')).toEqual([
      'docs/guide/a.md:5: image https://x.example/b.png does not lie in the docs folder',
    ])
    expect(await one('![](a.png)')).toEqual(['docs/guide/a.md:5: an image without alt text'])
    expect(await one('![ ][r]\n\n[r]: a.png')).toEqual(['docs/guide/a.md:5: an image without alt text'])
  })
  test('code in a language that nobody knows', async () => {
    expect(await one('```klingon\nx\n```')).toEqual([
      'docs/guide/a.md:5: code in an unknown language "klingon"; "text" has no colours',
    ])
  })
  test('a text that the renderer would give back as it was written', async () => {
    expect(await one(`${'>'.repeat(200)} deep`)).toEqual([
      'docs/guide/a.md:1: too long or too deeply nested to be rendered',
    ])
  })
  test('everything at once, not only the first', async () => {
    expect(await one('[b](b.md)\n![](c.png)', 'title: A')).toHaveLength(4)
  })
})

describe('a page', () => {
  test('has stable anchors: words in lower case, numbered where they repeat, never those of the shell', async () => {
    const { page } = await built(
      '## What is `new`?\n\n## Fields\n\n### Fields\n\n## Main\n\n## Größe & Maß\n\n#### Small',
    )
    expect(page.contents).toEqual([
      { id: 'what-is-new', text: 'What is new?', level: 2 },
      { id: 'fields', text: 'Fields', level: 2 },
      { id: 'fields-1', text: 'Fields', level: 3 },
      { id: 'main-1', text: 'Main', level: 2 },
      { id: 'größe--maß', text: 'Größe & Maß', level: 2 },
    ])
    const ids = elements(page.tree).map(({ properties }) => properties.id)
    for (const { id } of page.contents) expect(ids).toContain(id)
    expect(ids).toContain('small')
  })
  test('links by file in the repository and by address in the portal', async () => {
    write({ 'other.md': page('## There', 'title: Other\nsummary: O.') })
    write({
      'guide/sidebar.yaml': '- title: Group\n  pages: [deep/a.md, ../other.md]\n',
      'guide/deep/a.md': page('## Here\n\n[1](#here) [2](../../other.md#there) [3](/tickets) [4](https://x.example/)'),
    })
    const { pages } = await build()
    expect(pages.map(({ page }) => page.slug)).toEqual(['deep/a', 'other'])
    const links = elements(pages[0]?.page.tree ?? { type: 'root', children: [] }).filter(
      ({ tagName }) => tagName === 'a',
    )
    expect(links.map(({ properties }) => properties.href)).toEqual([
      '/docs/deep/a#here',
      '/docs/other#there',
      '/tickets',
      'https://x.example/',
    ])
  })
  test('colours code by classes and never by styles, and says what they mean in both themes', async () => {
    const { page, css } = await built('```sh\nnpm start # serve\n```\n\n```text\nplain\n```')
    const spans = elements(page.tree).filter(({ tagName }) => tagName === 'span')
    expect(spans.length).toBeGreaterThan(2)
    for (const { properties } of elements(page.tree)) expect(properties).not.toHaveProperty('style')
    const classes = new Set(spans.flatMap(({ properties }) => properties.className as string[]))
    for (const name of classes) {
      expect(css).toMatch(new RegExp(`^\\.${name}\\{color:#`, 'm'))
      expect(css).toContain(`:root[data-mantine-color-scheme="dark"] .${name}{color:#`)
    }
    const code = elements(page.tree).filter(({ tagName }) => tagName === 'code')
    expect(JSON.stringify(code[1]?.children)).toBe('[{"type":"text","value":"plain\\n"}]')
  })
  test('is a tree without markup of its own: tags in the text stay out', async () => {
    const { page } = await built('<script>alert(1)</script>\n\n<b onclick="x()">bold</b>')
    expect(elements(page.tree).map(({ tagName }) => tagName)).toEqual(['p'])
  })
  test('names its pictures by their place', async () => {
    write({ 'guide/images/a b.png': 'x' })
    const { page, images } = await built('![A chart](images/a%20b.png)')
    expect(images).toEqual(['guide/images/a b.png'])
    const src = elements(page.tree).find(({ tagName }) => tagName === 'img')?.properties.src
    expect(decodeURI(String(src))).toBe('/docs-images/guide/images/a b.png')
  })
  test('carries what its front-matter says', async () => {
    const head = 'title: A\nsummary: B\nplatforms: [Sales, Finance]\nowner: Sales team\nreview_by: 2027-05-01'
    const { page, guide } = await built('x', head)
    expect(page).toMatchObject({ platforms: ['Sales', 'Finance'], owner: 'Sales team', reviewBy: '2027-05-01' })
    expect(guide).toEqual({ groups: [{ title: 'Group', pages: [{ slug: 'a', title: 'A', summary: 'B' }] }] })
  })
  test('is as old as its file where git does not know it', async () => {
    await one('x')
    utimesSync(join(docs, 'guide/a.md'), new Date('2020-02-03'), new Date('2020-02-03T12:00:00Z'))
    expect((await build()).pages[0]?.page.changedOn).toBe('2020-02-03')
  })
  test.skipIf(spawnSync('git', ['--version']).error !== undefined)('is as old as its last commit', async () => {
    await one('x')
    const at = '2021-04-05T12:00:00Z'
    const git = (...args: string[]) =>
      spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@x.example', ...args], {
        cwd: docs,
        env: { ...process.env, GIT_COMMITTER_DATE: at, GIT_AUTHOR_DATE: at },
      })
    git('init')
    git('add', '.')
    git('commit', '--no-gpg-sign', '-m', 'x')
    expect((await build()).pages[0]?.page.changedOn).toBe('2021-04-05')
  })
})

test('the guide of this very portal has nothing wrong', async () => {
  const { pages } = await buildDocs('docs', portalPathsIn('src/web/paths.ts'))
  expect(pages.length).toBeGreaterThan(20)
})
