import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import { useMemo } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import { useMatcher } from '../terms/use-matcher.ts'
import { components } from './components.tsx'
import { withHeadingsUnder } from './headings.ts'
import classes from './Markdown.module.css'
import { markTerms } from './mark-terms.ts'
import { toTree } from './tree.ts'

interface RenderedProps {
  source: string
  under: 1 | 2
  exceptTermId: string | undefined
}

/** The heavy half of Markdown.tsx: loaded when the first message is on the screen. */
export default function Rendered({ source, under, exceptTermId }: RenderedProps) {
  const matcher = useMatcher()
  const tree = useMemo(() => withHeadingsUnder(toTree(source, { origin: location.origin }), under), [source, under])
  const content = useMemo(() => {
    const marked = matcher === undefined ? tree : markTerms(tree, matcher, exceptTermId)
    return toJsxRuntime(marked, { Fragment, jsx, jsxs, components })
  }, [tree, matcher, exceptTermId])
  return <div className={classes.rendered}>{content}</div>
}
