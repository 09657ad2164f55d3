import { lazy, Suspense } from 'react'
import classes from './Markdown.module.css'

const Rendered = lazy(() => import('./Rendered.tsx'))

/** Markdown that a person wrote. Until the renderer is here, its source: never nothing, never a jump to a spinner. */
export function Markdown({ source }: { source: string }) {
  if (source.trim() === '') return null
  // A single plain line needs no renderer.
  if (/^[\p{L}\p{N} ,;'’()–-]+[.!?]?$/u.test(source)) return <p className={classes.plain}>{source}</p>
  return (
    <Suspense fallback={<p className={classes.plain}>{source}</p>}>
      <Rendered source={source} />
    </Suspense>
  )
}
