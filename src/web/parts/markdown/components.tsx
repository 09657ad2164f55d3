import type { ComponentProps } from 'react'
import { PageLink } from '../PageLink.tsx'
import { TermMark } from '../terms/TermMark.tsx'
import { useMatcher } from '../terms/use-matcher.ts'
import classes from './Markdown.module.css'

/** What becomes of the elements of a tree that are more than themselves. */
export const components = { a: TermOrLink, input: TaskBox, table: WideTable }

function TermOrLink({ 'data-terms': terms, ...rest }: ComponentProps<'a'> & { 'data-terms'?: string }) {
  return terms === undefined ? <PageLink {...rest} /> : <Term ids={terms} {...rest} />
}

function Term({ ids, children, ...rest }: ComponentProps<'a'> & { ids: string }) {
  const matcher = useMatcher()
  const [first, ...others] = ids.split(' ').flatMap((id) => matcher?.byId(id) ?? [])
  if (first === undefined) return <PageLink {...rest}>{children}</PageLink>
  return <TermMark words={[first, ...others]}>{children}</TermMark>
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
