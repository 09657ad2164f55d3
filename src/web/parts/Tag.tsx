import type { ReactNode } from 'react'
import classes from './Tag.module.css'

export type Tone = 'grey' | 'green' | 'yellow' | 'red' | 'blue' | 'plain'

/** A word with a sign and a colour; the word alone says it all. The sign takes the tone by `TagIcon`. */
export function Tag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  )
}

interface TagIconProps {
  of: React.ComponentType<{
    className?: string | undefined
    size?: number
    'aria-hidden'?: boolean
    'data-tone'?: Tone
  }>
  tone: Tone
  size?: number
}

export const TagIcon = ({ of: Icon, tone, size = 15 }: TagIconProps) => (
  <Icon className={classes.icon} data-tone={tone} size={size} aria-hidden />
)
