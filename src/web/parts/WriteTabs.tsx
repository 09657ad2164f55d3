import type { KeyboardEvent } from 'react'
import classes from './MarkdownInput.module.css'

const modes = { write: 'Write', preview: 'Preview' }
export type Mode = keyof typeof modes
const names = Object.keys(modes) as Mode[] // Its own keys.

export const tabId = (id: string, mode: Mode) => `${id}-${mode}`
export const panelId = (id: string) => `${id}-panel`

/** Two tabs over one panel. Arrows go between them, as tabs do. */
export function WriteTabs({
  id,
  label,
  mode,
  onChange,
}: {
  id: string
  label: string
  mode: Mode
  onChange(mode: Mode): void
}) {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    const next = mode === 'write' ? 'preview' : 'write'
    onChange(next)
    document.getElementById(tabId(id, next))?.focus()
  }
  return (
    <div role="tablist" aria-label={`${label}: write or preview`} className={classes.tabs} onKeyDown={move}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={tabId(id, name)}
          aria-selected={mode === name}
          aria-controls={panelId(id)}
          tabIndex={mode === name ? 0 : -1}
          className={classes.tab}
          onClick={() => onChange(name)}
        >
          {modes[name]}
        </button>
      ))}
    </div>
  )
}
