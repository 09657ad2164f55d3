import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import classes from './ActionMenu.module.css'

export interface MenuAct {
  label: string
  icon?: ReactNode
  /** Why it cannot be done; it can be reached and read, and does nothing. */
  blocked?: string | null
  onAct(): void
}

interface MenuProps {
  label: string
  icon: ReactNode
  /** As a function it is asked only while the menu is open. */
  acts: readonly MenuAct[] | (() => readonly MenuAct[])
  openerId?: string
}

/**
 * A menu button. Small and our own, since a menu's "disabled" elsewhere means that arrow keys skip it, and here the
 * reason has to be found.
 */
export function ActionMenu({ label, icon, acts, openerId }: MenuProps) {
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setIsOpen(false)
    opener.current?.focus()
  }
  useEffect(() => {
    if (!isOpen) return
    itemsIn(root.current)[0]?.focus()
    const away = (event: Event) => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setIsOpen(false)
    }
    document.addEventListener('pointerdown', away)
    document.addEventListener('focusin', away)
    return () => {
      document.removeEventListener('pointerdown', away)
      document.removeEventListener('focusin', away)
    }
  }, [isOpen])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') setIsOpen(false)
    else if (event.key === 'Escape') close()
    const items = itemsIn(root.current)
    const to = placeAfter(event.key, items.indexOf(document.activeElement as HTMLElement), items.length) // -1 when it is none of them.
    if (to === null) return
    event.preventDefault()
    items[to]?.focus()
  }
  return (
    <div ref={root} className={classes.root}>
      <button
        ref={opener}
        id={openerId}
        type="button"
        className={classes.opener}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setIsOpen(!isOpen)}
      >
        {icon}
      </button>
      {isOpen && (
        <div id={id} role="menu" tabIndex={-1} aria-label={label} className={classes.menu} onKeyDown={onKeyDown}>
          {(typeof acts === 'function' ? acts() : acts).map((act) => (
            <button
              key={`${act.label} ${act.blocked ?? ''}`}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={classes.item}
              aria-disabled={act.blocked != null}
              onClick={() => {
                if (act.blocked != null) return
                // First, because a dialog returns the focus to where it was when it opened.
                close()
                act.onAct()
              }}
            >
              {act.icon}
              <span>
                {act.label}
                {act.blocked != null && <span className={classes.reason}> {act.blocked}</span>}
              </span>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

const itemsIn = (root: HTMLElement | null) => [...(root?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]

/** Where a key leads; null where it leads nowhere. */
function placeAfter(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count
    case 'ArrowUp':
      return (at - 1 + count) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
