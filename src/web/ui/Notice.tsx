import type { ReactNode } from 'react'
import classes from './Notice.module.css'

/** A box that says one thing and offers at most one way on: empty, no match, error, no permission, not found. */
export function Notice({
  icon,
  title,
  children,
  action,
  role,
  level = 2,
}: {
  icon?: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
  role?: 'alert' | 'status'
  level?: 1 | 2
}) {
  const Title = level === 1 ? 'h1' : 'h2'
  return (
    <div className={classes.notice} role={role}>
      {icon}
      <Title className={classes.title} {...(level === 1 ? { tabIndex: -1 } : {})}>
        {title}
      </Title>
      {children !== undefined && <div className={classes.text}>{children}</div>}
      {action}
    </div>
  )
}
