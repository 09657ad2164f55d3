import { IconLink } from '@tabler/icons-react'
import type { ComponentProps } from 'react'
import { tellDone } from '../../ui/notify.tsx'
import classes from './GuideText.module.css'

/** A heading, and beside it the link to it: choosing it goes there and copies its address. */
export function HeadingWithAnchor({ level: Level, id = '', children }: ComponentProps<'h2'> & { level: 'h2' | 'h3' }) {
  return (
    <div className={classes.heading}>
      <Level id={id}>{children}</Level>
      <a
        href={`#${id}`}
        className={classes.anchor}
        aria-label="Copy the link to this section"
        aria-describedby={id}
        title="Copy the link to this section"
        onClick={() => void copy(id)}
      >
        <IconLink size={16} aria-hidden />
      </a>
    </div>
  )
}

async function copy(id: string): Promise<void> {
  const { origin, pathname } = location
  const link = `${origin}${pathname}#${id}`
  try {
    await navigator.clipboard.writeText(link)
    tellDone('Link copied')
  } catch {
    // Without TLS, or forbidden: the address bar has it now.
  }
}
