import { getRouteApi } from '@tanstack/react-router'
import { type RefObject, useEffect, useRef } from 'react'
import stack from '../../ui/Stack.module.css'
import { useTitle } from '../../ui/use-title.ts'
import { Contents } from './Contents.tsx'
import classes from './DocsPage.module.css'
import { DocsSearch } from './DocsSearch.tsx'
import { GuideText } from './GuideText.tsx'
import type { LoadedPage } from './load-page.ts'
import { Neighbours } from './Neighbours.tsx'
import { PageFoot } from './PageFoot.tsx'
import { Permitted } from './Permitted.tsx'
import { PlatformStates } from './PlatformStates.tsx'
import { Sidebar } from './Sidebar.tsx'
import { SidebarDrawer } from './SidebarDrawer.tsx'
import { StaleBanner } from './StaleBanner.tsx'
import { UnknownPage } from './UnknownPage.tsx'
import { useDocsKeys } from './use-docs-keys.ts'

const route = getRouteApi('/docs/$')

/** One page of the guide, with the way to all others beside it. */
export function DocsPage() {
  const loaded = route.useLoaderData()
  const { _splat: slug = '' } = route.useParams()
  const searchField = useRef<HTMLInputElement>(null)
  const side = useRef<HTMLElement>(null)
  useDocsKeys(slug, searchField)
  useCurrentInView(side, slug)
  return (
    <Permitted>
      <div className={classes.layout}>
        <nav ref={side} className={classes.side} aria-label="Docs">
          <Sidebar />
        </nav>
        <div className={classes.middle}>
          <div className={classes.top}>
            <SidebarDrawer />
            <DocsSearch field={searchField} />
          </div>
          {loaded === null ? <UnknownPage key={slug} slug={slug} /> : <Article key={slug} {...loaded} />}
        </div>
      </div>
    </Permitted>
  )
}

/** In a list longer than the window the line of the open page is brought into view, without moving the page itself. */
function useCurrentInView(list: RefObject<HTMLElement | null>, slug: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another line.
  useEffect(() => {
    const line = list.current?.querySelector<HTMLElement>('[aria-current="page"]')
    if (list.current === null || line == null) return
    const { top, bottom, height } = list.current.getBoundingClientRect()
    const at = line.getBoundingClientRect()
    if (at.top < top || at.bottom > bottom) list.current.scrollTop += at.top - top - height / 2
  }, [list, slug])
}

function Article({ page, images }: LoadedPage) {
  useTitle(`${page.title} · Docs`)
  return (
    <article className={classes.article}>
      <div className={stack.section}>
        <h1 tabIndex={-1}>{page.title}</h1>
        <p className={classes.summary}>{page.summary}</p>
        <StaleBanner page={page} />
        <PlatformStates names={page.platforms} />
      </div>
      <div className={classes.contents}>{page.contents.length > 1 && <Contents headings={page.contents} />}</div>
      <div className={classes.text}>
        <GuideText tree={page.tree} images={images} />
        <PageFoot page={page} />
        <Neighbours slug={page.slug} />
      </div>
    </article>
  )
}
