import 'virtual:docs/code.css'
import type { Root } from 'hast'
import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import { type ComponentProps, useMemo } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import { components } from '../../parts/markdown/components.tsx'
import markdown from '../../parts/markdown/Markdown.module.css'
import { markTerms } from '../../parts/markdown/mark-terms.ts'
import { useMatcher } from '../../parts/terms/use-matcher.ts'
import classes from './GuideText.module.css'
import { HeadingWithAnchor } from './HeadingWithAnchor.tsx'

const IMAGES = '/docs-images/'

/** The text of a page: a tree made at build time, shown by the same parts as any markdown of the portal. */
export function GuideText({ tree, images }: { tree: Root; images: Record<string, string> }) {
  const matcher = useMatcher()
  const content = useMemo(() => {
    const Picture = ({ src = '', alt, ...rest }: ComponentProps<'img'>) => (
      <img src={images[decodeURI(src.slice(IMAGES.length))] ?? src} alt={alt} {...rest} />
    )
    const marked = matcher === undefined ? tree : markTerms(tree, matcher)
    return toJsxRuntime(marked, { Fragment, jsx, jsxs, components: { ...components, ...headings, img: Picture } })
  }, [tree, images, matcher])
  return <div className={`${markdown.rendered} ${classes.text}`}>{content}</div>
}

const headings = {
  h2: (props: ComponentProps<'h2'>) => <HeadingWithAnchor {...props} level="h2" />,
  h3: (props: ComponentProps<'h3'>) => <HeadingWithAnchor {...props} level="h3" />,
}
