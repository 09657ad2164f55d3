import { useEffect, useRef, useState } from 'react'
import { forBrowser } from '../ui/stored.ts'
import { type Act, createKeys } from './shortcuts.ts'

const KEY = 'lakeport.shortcuts'

/** Single keys, for those who want them: people who speak to their computer must be able to switch them off. */
export function useShortcuts(onAct: (act: Act) => void) {
  const [areOn, setAreOn] = useState(() => forBrowser.get(KEY) !== 'off')
  const handler = useRef(onAct)
  handler.current = onAct

  useEffect(() => {
    if (!areOn) return
    const feed = createKeys()
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return
      const act = feed(event.key, event.timeStamp)
      if (act === null) return
      event.preventDefault()
      handler.current(act)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [areOn])

  const switchTo = (on: boolean) => {
    forBrowser.set(KEY, on ? null : 'off')
    setAreOn(on)
  }
  return { areOn, switchTo }
}

/** In a field a letter is a letter, and in a dialog the page behind stays where it is. */
const isTyping = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="dialog"]') !== null
