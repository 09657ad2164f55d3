import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react'
import { dayAfterKey } from './bars.ts'
import classes from './DayStrip.module.css'

interface DayStripProps {
  label: string
  count: number
  textOf(index: number): string
  /** What the line below says while no day is chosen. */
  summary: string
  className?: string | undefined
  /** Draws the days, with the chosen one marked. */
  children(chosen: number | null): ReactNode
}

/**
 * Days side by side as one control, not ninety: arrow keys or a pointer choose a day, and the line below says what was.
 * So the target is the whole strip, also where a day is three pixels wide.
 */
export function DayStrip({ label, count, textOf, summary, className, children }: DayStripProps) {
  const [chosen, setChosen] = useState<number | null>(null)
  if (count === 0) return <p className={classes.line}>No history yet.</p>
  const marker = chosen === null ? null : Math.min(chosen, count - 1)
  const index = marker ?? count - 1

  const choose = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    setChosen(Math.min(count - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * count))))
  }
  const onKey = (event: KeyboardEvent) => {
    const next = dayAfterKey(event.key, index, count)
    if (next === null) return
    event.preventDefault()
    setChosen(next)
  }
  return (
    <div>
      <div
        role="slider"
        tabIndex={0}
        className={`${classes.strip} ${className ?? ''}`}
        aria-label={label}
        aria-valuemin={1}
        aria-valuemax={count}
        aria-valuenow={index + 1}
        aria-valuetext={textOf(index)}
        onKeyDown={onKey}
        onPointerMove={choose}
        onPointerDown={choose}
        onPointerLeave={() => setChosen(null)}
        onBlur={() => setChosen(null)}
      >
        {children(marker)}
      </div>
      <p className={classes.line}>{marker === null ? summary : textOf(marker)}</p>
    </div>
  )
}
