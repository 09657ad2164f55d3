import { Fragment, type ReactNode } from 'react'
import { markedOnce } from '../terms/once.ts'
import { TermMark } from '../terms/TermMark.tsx'
import { useMatcher } from '../terms/use-matcher.ts'
import classes from './Markdown.module.css'

interface PlainLineProps {
  source: string
  exceptTermId: string | undefined
}

/** One line that holds no markdown, with its terms: what most messages are, without the renderer. */
export default function PlainLine({ source, exceptTermId }: PlainLineProps) {
  const matcher = useMatcher()
  const parts: ReactNode[] = []
  let from = 0
  for (const { start, end, words } of matcher === undefined ? [] : markedOnce(matcher, source, { exceptTermId })) {
    const [first, ...others] = words
    if (first === undefined) continue
    parts.push(
      <Fragment key={start}>
        {source.slice(from, start)}
        <TermMark words={[first, ...others]}>{source.slice(start, end)}</TermMark>
      </Fragment>,
    )
    from = end
  }
  return (
    <p className={classes.plain}>
      {parts}
      {source.slice(from)}
    </p>
  )
}
