import { useRouter } from '@tanstack/react-router'
import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import { type ComponentProps, type MouseEvent, useMemo } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
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

const components = { a: LinkOut, input: TaskBox, table: WideTable }

function LinkOut({ href = '', ...rest }: ComponentProps<'a'>) {
  const router = useRouter()
  const isPage = href.startsWith('/') && (!href.startsWith('/api/') || href.startsWith('/api/docs'))
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    router.history.push(href)
  }
  return <a href={href} {...rest} {...(isPage ? { onClick: follow } : {})} />
}

function TaskBox({ checked = false }: ComponentProps<'input'>) {
  return <input type="checkbox" checked={checked} disabled aria-label={checked ? 'Done' : 'Not done'} readOnly />
}

function WideTable(props: ComponentProps<'table'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className={classes.wide} tabIndex={0} aria-label="Table">
      <table {...props} />
    </section>
  )
}
