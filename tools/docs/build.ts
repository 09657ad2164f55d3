import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import MiniSearch from 'minisearch'
import { indexOptions, type Section } from '../../src/web/pages/docs/find.ts'
import type { Guide, GuidePage } from '../../src/web/pages/docs/guide.ts'
import { sectionsOf } from './headings.ts'
import { createPainter } from './highlight.ts'
import { type Draft, draftPage } from './page.ts'
import { DocsError, type Problem, type Report } from './problems.ts'
import { readSidebar, SIDEBAR, type SidebarPage } from './sidebar.ts'

export interface BuiltDocs {
  guide: Guide
  /** In the order of the sidebar; `images` are paths below the docs folder. */
  pages: { page: GuidePage; images: string[] }[]
  /** Colours of code. */
  css: string
  /** The search index, as MiniSearch writes it. */
  index: string
}

/** Reads, checks and renders the guide below a docs folder. Throws one DocsError that tells everything wrong with it. */
export async function buildDocs(docs: string, portalPaths: readonly string[]): Promise<BuiltDocs> {
  const problems: Problem[] = []
  const reportOn =
    (file: string): Report =>
    (line, says) =>
      problems.push({ file: `docs/${file}`, line, says })

  const groups = readSidebar(docs, reportOn(SIDEBAR))
  const listed = groups.flatMap(({ pages }) => pages)
  for (const file of orphansOf(docs, listed)) reportOn(file)(1, `not in docs/${SIDEBAR}`)
  const slugs = new Map(listed.map(({ file, slug }) => [file, slug]))
  const at = {
    docs,
    slugOf: (file: string) => slugs.get(file),
    isPortalPath: (path: string) => portalPaths.includes(path),
  }
  const painter = await createPainter()
  const drafts: Draft[] = []
  for (const entry of listed) drafts.push(await draftPage(entry, at, painter, reportOn(entry.file)))
  for (const draft of drafts) checkAnchors(draft, drafts, reportOn(draft.entry.file))
  if (problems.length > 0) throw new DocsError(problems)

  const pages = drafts.map(({ page, images }) => ({ page, images }))
  const index = new MiniSearch<Section>(indexOptions)
  index.addAll(pages.flatMap(({ page }) => sectionsOf(page.slug, page.title, page.tree)))
  return { guide: guideOf(groups, drafts), pages, css: painter.css(), index: JSON.stringify(index) }
}

/** The addresses of the portal's own pages that a guide may link to, as its table of links has them. */
export const portalPathsIn = (pathsFile: string): string[] =>
  [...readFileSync(pathsFile, 'utf8').matchAll(/\bto: '(\/[^'$]*)'/g)].map((match) => match[1] ?? '')

function orphansOf(docs: string, listed: readonly SidebarPage[]): string[] {
  return readdirSync(join(docs, 'guide'), { recursive: true, encoding: 'utf8' })
    .map((name) => `guide/${name.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.md') && listed.every((page) => page.file !== file))
    .sort()
}

function checkAnchors({ links }: Draft, drafts: readonly Draft[], report: Report): void {
  for (const { slug, anchor, line } of links) {
    const target = drafts.find(({ page }) => page.slug === slug)
    if (target === undefined) report(line, `broken link: there is no page /docs/${slug}`)
    else if (anchor !== '' && !target.anchors.has(anchor))
      report(line, `broken anchor: docs/${target.entry.file} has no heading #${anchor}`)
  }
}

const guideOf = (groups: ReturnType<typeof readSidebar>, drafts: readonly Draft[]): Guide => ({
  groups: groups.map(({ title, pages }) => ({
    title,
    pages: drafts
      .filter(({ entry }) => pages.includes(entry))
      .map(({ page: { slug, title, summary } }) => ({ slug, title, summary })),
  })),
})
