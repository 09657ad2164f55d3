import { VisuallyHidden } from '@mantine/core'
import { useEffect, useState } from 'react'
import classes from './Skeletons.module.css'

const PATIENCE_MS = 150

/** Boxes of the final size, but only for waits that a person notices; before that, empty room of the same size. */
export function Skeletons({
  count = 1,
  height,
  columns = false,
  what,
}: {
  count?: number
  height: number
  columns?: boolean
  what: string
}) {
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={columns ? classes.columns : classes.rows} aria-busy="true">
      {isLong && <VisuallyHidden role="status">Loading {what}</VisuallyHidden>}
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the boxes are all the same.
        <div key={index} className={isLong ? classes.box : undefined} style={{ height }} />
      ))}
    </div>
  )
}
