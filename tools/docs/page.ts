import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Element, ElementContent, Root } from 'hast'
import type { Nodes, Root as Written } from 'mdast'
import type { GuidePage } from '../../src/web/pages/docs/guide.ts'
import { toTree } from '../../src/web/parts/markdown/tree.ts'
import { changedOn } from './changed-on.ts'
import { cut, readFrontMatter } from './front-matter.ts'
import { anchorHeadings } from './headings.ts'
import type { Painter } from './highlight.ts'
import { type AnchorLink, type LinkSurroundings, resolveLinks, visit } from './links.ts'
import type { Report } from './problems.ts'
import type { SidebarPage } from './sidebar.ts'

export interface Draft {
  entry: SidebarPage
  page: GuidePage
  /** Paths below the docs folder. */
  images: string[]
  /** Still to be checked against the anchors of all pages. */
  links: AnchorLink[]
  /** Every id in the text. */
  anchors: ReadonlySet<string>
}

/** Not a real place: what is written relative to the portal stays so. */
const ORIGIN = 'https://portal.invalid'

/** Reads and renders one page. What is wrong with it is reported, and the draft then is not to be shown. */
export async function draftPage(
  entry: SidebarPage,
  at: Omit<LinkSurroundings, 'file'>,
  painter: Painter,
  report: Report,
): Promise<Draft> {
  const path = join(at.docs, entry.file)
  const { head, body } = cut(readFileSync(path, 'utf8'))
  const front = readFrontMatter(head, report)
  const codeLines = new Map<string, number>()
  const found: ReturnType<typeof resolveLinks>[] = []
  const tree = toTree(body, {
    origin: ORIGIN,
    prepare: (written) => {
      dropTitle(written, front.title, report)
      visit(written, (node) => {
        if (node.type === 'code' && node.lang != null) codeLines.set(node.lang, lineOf(node))
      })
      found.push(resolveLinks(written, { ...at, file: entry.file }, report))
    },
  })
  // What is beyond the renderer's limits comes back as plain text, which no guide wants to be.
  if (found.length === 0) report(1, 'too long or too deeply nested to be rendered')
  const contents = anchorHeadings(tree)
  await painter.paint(tree, (language) =>
    report(codeLines.get(language) ?? 1, `code in an unknown language "${language}"; "text" has no colours`),
  )
  forgetPositions(tree)
  return {
    entry,
    page: { slug: entry.slug, ...front, changedOn: changedOn(path), contents, tree },
    images: found[0]?.images ?? [],
    links: found[0]?.anchors ?? [],
    anchors: new Set(idsOf(tree)),
  }
}

/** On the repository's own pages the text begins with the title, which the portal shows by itself. */
function dropTitle(written: Written, title: string, report: Report): void {
  const first = written.children.findIndex(({ type }) => type !== 'html')
  const heading = written.children[first]
  if (heading?.type === 'heading' && heading.depth === 1 && wordsOf(heading) === title)
    written.children.splice(first, 1)
  for (const node of written.children)
    if (node.type === 'heading' && node.depth === 1)
      report(lineOf(node), 'the title is in the front-matter; headings in the text begin with ##')
}

const lineOf = (node: Nodes) => node.position?.start.line ?? 1

function wordsOf(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(wordsOf).join('') : ''
}

function forgetPositions(node: Root | ElementContent): void {
  delete node.position
  if ('children' in node) for (const child of node.children) forgetPositions(child as ElementContent)
}

function idsOf(node: Root | Element): string[] {
  return node.children.flatMap((child) =>
    child.type === 'element'
      ? [...(typeof child.properties.id === 'string' ? [child.properties.id] : []), ...idsOf(child)]
      : [],
  )
}
