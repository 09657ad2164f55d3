import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Nodes, Root } from 'mdast'
import type { Report } from './problems.ts'

export interface LinkSurroundings {
  /** The docs folder. */
  docs: string
  /** The page itself, below it. */
  file: string
  slugOf(file: string): string | undefined
  /** Is there such a page of the portal, say `/tickets`? */
  isPortalPath(path: string): boolean
}

/** A link to an anchor, checked when all anchors are known. */
export interface AnchorLink {
  slug: string
  anchor: string
  line: number
}

/** Where pictures of a page stand in its tree, followed by their path below the docs folder. */
export const IMAGES = '/docs-images/'

/**
 * Turns what an author wrote (`tickets.md#types`, `#types`, `images/a.png`) into addresses of the portal, in place.
 * Reports what leads nowhere; gives back the anchors that are still to be checked, and the pictures.
 */
export function resolveLinks(tree: Root, at: LinkSurroundings, report: Report) {
  const anchors: AnchorLink[] = []
  const images = new Set<string>()
  const imageReferences = new Set<string>()
  visit(tree, (node) => {
    if (node.type === 'imageReference') imageReferences.add(node.identifier)
  })
  visit(tree, (node) => {
    const line = node.position?.start.line ?? 1
    if ((node.type === 'image' || node.type === 'imageReference') && (node.alt ?? '').trim() === '')
      report(line, 'an image without alt text')
    if (node.type === 'image') node.url = image(node.url, line)
    else if (node.type === 'definition' && imageReferences.has(node.identifier)) node.url = image(node.url, line)
    else if (node.type === 'link' || node.type === 'definition') node.url = link(node.url, line)
  })
  return { anchors, images: [...images] }

  function link(url: string, line: number): string {
    if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(url)) return url
    const [path = '', anchor] = url.split('#', 2)
    if (path.startsWith('/docs/')) return page(path.slice('/docs/'.length), anchor, url, line)
    if (path.startsWith('/')) {
      if (!at.isPortalPath(path.split('?')[0] ?? '')) report(line, `broken link ${url}: the portal has no such page`)
      return url
    }
    const file = path === '' ? at.file : posix.join(posix.dirname(at.file), decodeURI(path))
    return page(at.slugOf(file), anchor, url, line)
  }
  function page(slug: string | undefined, anchor: string | undefined, url: string, line: number): string {
    if (slug === undefined) {
      report(line, `broken link ${url}: no such page in the sidebar`)
      return url
    }
    anchors.push({ slug, anchor: decodeURIComponent(anchor ?? ''), line })
    return `/docs/${slug}${anchor === undefined ? '' : `#${anchor}`}`
  }
  function image(url: string, line: number): string {
    const file = posix.join(posix.dirname(at.file), decodeURI(url))
    if (/^[a-z][a-z\d+.-]*:|^\//i.test(url)) report(line, `image ${url} does not lie in the docs folder`)
    else if (file.startsWith('..') || !existsSync(join(at.docs, file))) report(line, `missing image ${url}`)
    else images.add(file)
    return `${IMAGES}${file}`
  }
}

export function visit(node: Nodes, see: (node: Nodes) => void): void {
  see(node)
  if ('children' in node) for (const child of node.children) visit(child, see)
}
