import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Report } from './problems.ts'

export interface SidebarGroup {
  title: string
  pages: SidebarPage[]
}
export interface SidebarPage {
  slug: string
  /** Below the docs folder, with slashes: `guide/tickets.md`, `import.md`. */
  file: string
  line: number
}

export const SIDEBAR = 'guide/sidebar.yaml'

/**
 * The groups and pages in the order in which they are read. A page is named by its path from the sidebar's folder; its
 * slug is that path without `.md`, or only its name when it lies outside.
 */
export function readSidebar(docs: string, report: Report): SidebarGroup[] {
  const file = join(docs, SIDEBAR)
  if (!existsSync(file)) {
    report(1, 'the sidebar is missing')
    return []
  }
  const counter = new LineCounter()
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: counter })
  const lineOf = (node: Node | null | undefined) => counter.linePos(node?.range?.[0] ?? 0).line
  for (const error of document.errors) report(counter.linePos(error.pos[0]).line, error.message.split('\n')[0] ?? '')

  const seen = new Map<string, string>()
  if (!isSeq(document.contents)) report(1, 'the sidebar is a list of groups, each with a title and pages')
  return (isSeq<Node>(document.contents) ? document.contents.items : []).map((group) => {
    const title = isMap(group) ? group.get('title') : undefined
    const pages = isMap(group) ? group.get('pages') : undefined
    if (typeof title !== 'string' || !isSeq<Node>(pages)) {
      report(lineOf(group), 'a group has a title and pages')
      return { title: '', pages: [] }
    }
    return { title, pages: pages.items.flatMap((item) => pageOf(item)) }
  })

  function pageOf(item: Node): SidebarPage[] {
    const line = lineOf(item)
    const name = isScalar(item) && typeof item.value === 'string' ? item.value : ''
    const file = posix.join('guide', name)
    if (!name.endsWith('.md') || file.startsWith('..')) {
      report(line, 'a page is named by the path of its .md file in the docs folder')
      return []
    }
    if (!existsSync(join(docs, file))) {
      report(line, `there is no file ${name}`)
      return []
    }
    const slug = (file.startsWith('guide/') ? file.slice('guide/'.length) : posix.basename(file)).slice(
      0,
      -'.md'.length,
    )
    const other = seen.get(slug)
    if (other !== undefined) {
      report(line, other === file ? `${name} is here twice` : `${name} and docs/${other} have one slug, "${slug}"`)
      return []
    }
    seen.set(slug, file)
    return [{ slug, file, line }]
  }
}
