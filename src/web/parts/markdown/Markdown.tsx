import { lazy, Suspense } from 'react'
import classes from './Markdown.module.css'

const Rendered = lazy(() => import('./Rendered.tsx'))
const PlainLine = lazy(() => import('./PlainLine.tsx'))

interface MarkdownProps {
  source: string
  /** Level of the heading that it stands under: its own come below. */
  under?: 1 | 2
  /** On a term's own page: the term that is not marked there. */
  exceptTermId?: string
}

/** Markdown that a person wrote. Until the renderer is here, its source: never nothing, never a jump to a spinner. */
export function Markdown({ source, under = 2, exceptTermId }: MarkdownProps) {
  if (source.trim() === '') return null
  // A single plain line needs no renderer.
  const isPlain = /^[\p{L}\p{N} ,;'’()–-]+[.!?]?$/u.test(source)
  return (
    <Suspense fallback={<p className={classes.plain}>{source}</p>}>
      {isPlain ? (
        <PlainLine source={source} exceptTermId={exceptTermId} />
      ) : (
        <Rendered source={source} under={under} exceptTermId={exceptTermId} />
      )}
    </Suspense>
  )
}
