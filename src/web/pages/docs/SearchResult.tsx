import { useEffect, useRef } from 'react'
import classes from './DocsSearch.module.css'
import type { Found } from './find.ts'
import { piecesOf } from './snippet.ts'

interface ResultProps {
  id: string
  result: Found
  isChosen: boolean
  onFollow(): void
}

/** One line of the list: where it is, and the words around what was found. */
export function SearchResult({ id, result, isChosen, onFollow }: ResultProps) {
  const { title, heading, snippet, words } = result
  const item = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isChosen) item.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the chosen one.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys.
    <div
      id={id}
      ref={item}
      role="option"
      aria-selected={isChosen}
      className={classes.result}
      // Pressing must not take the focus from the field, or the list would close before the release.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onFollow}
    >
      <span className={classes.where}>{heading === title ? title : `${title} › ${heading}`}</span>
      <span className={classes.snippet}>
        {piecesOf(snippet, words).map(({ text, isFound }, at) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name and never move.
          isFound ? <mark key={at}>{text}</mark> : text,
        )}
      </span>
    </div>
  )
}
