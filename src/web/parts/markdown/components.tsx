import { useRouter } from '@tanstack/react-router'
import type { ComponentProps, MouseEvent } from 'react'
import classes from './Markdown.module.css'

/** What the elements of a rendered text become, wherever it is shown. */
export const components = { a: LinkOut, input: TaskBox, table: WideTable }

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
    // biome-ignore lint/a11y/useSemanticElements: no field set, and no landmark either: a text may have many tables.
    <div className={classes.wide} role="group" tabIndex={0} aria-label="Table">
      <table {...props} />
    </div>
  )
}
