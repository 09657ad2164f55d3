import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { StateIcon } from '../../parts/StateBadge.tsx'
import { toDocs, toDocsPage } from '../../paths.ts'
import { Notice } from '../../ui/Notice.tsx'
import { useTitle } from '../../ui/use-title.ts'
import type { Found } from './find.ts'
import { searchDocs } from './search.ts'

const SUGGESTED = 3

/** No page has this address; the words in it may still lead to the one that was meant. */
export function UnknownPage({ slug }: { slug: string }) {
  useTitle('Not found · Docs')
  const [meant, setMeant] = useState<{ slug: string; title: string }[]>([])
  useEffect(() => {
    // Without the index there is nothing to suggest, and the way to all pages is still there.
    searchDocs(slug.replace(/[^\p{L}\p{N}]+/gu, ' ')).then(
      (found) => setMeant(pagesOf(found)),
      () => {},
    )
  }, [slug])
  return (
    <Notice
      level={1}
      icon={<StateIcon shown="unknown" size={28} />}
      title="There is no such page in the docs"
      action={<Link {...toDocs()}>See all pages</Link>}
    >
      <p>The address may be mistyped, or the page was renamed.</p>
      {meant.map((page) => (
        <p key={page.slug}>
          Did you mean <Link {...toDocsPage(page.slug)}>{page.title}</Link>?
        </p>
      ))}
    </Notice>
  )
}

function pagesOf(found: readonly Found[]) {
  const pages = found.map(({ path, title }) => ({ slug: path.slice('/docs/'.length).split('#')[0] ?? '', title }))
  return pages.filter((page, at) => pages.findIndex(({ slug }) => slug === page.slug) === at).slice(0, SUGGESTED)
}
