import { useEffect, useRef, useState } from 'react'
import { forBrowser } from '../ui/stored.ts'
import { type Act, createKeys, type PageAct, pageActs } from './shortcuts.ts'

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
      const pageAct = pageActs.find((candidate) => candidate === act)
      if (pageAct === undefined) handler.current(act)
      else if (!actOnPage(pageAct)) {
        // Where the page has no use for a key, it stays the browser's; but something can be searched everywhere.
        if (pageAct !== 'find') return
        handler.current('search')
      }
      event.preventDefault()
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

/** Ctrl or Cmd with K opens the palette wherever the focus is, also for those who switched single keys off. */
export function usePaletteKey(open: () => void): void {
  const handler = useRef(open)
  handler.current = open
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      handler.current()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

type PageKeys = Partial<Record<PageAct, () => void>>
let pageKeys: { current: PageKeys } | null = null

function actOnPage(act: PageAct): boolean {
  const handle = pageKeys?.current[act]
  handle?.()
  return handle !== undefined
}

/** What the open page does for the keys that are its own; the newest page's word counts. */
export function usePageKeys(keys: PageKeys): void {
  const current = useRef(keys)
  current.current = keys
  useEffect(() => {
    pageKeys = current
    return () => {
      if (pageKeys === current) pageKeys = null
    }
  }, [])
}

/** In a field a letter is a letter, and in a dialog or a menu the page behind stays where it is. */
const isTyping = (target: EventTarget | null) => target instanceof Element && target.closest(FIELDS) !== null
const FIELDS = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]'
