import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import { useMemo } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import { components } from './components.tsx'
import classes from './Markdown.module.css'
import { toTree } from './tree.ts'

/** The heavy half of Markdown.tsx: loaded when the first message is on the screen. */
export default function Rendered({ source }: { source: string }) {
  const content = useMemo(() => {
    const tree = toTree(source, { origin: location.origin, headingOffset: 2 })
    return toJsxRuntime(tree, { Fragment, jsx, jsxs, components })
  }, [source])
  return <div className={classes.rendered}>{content}</div>
}
