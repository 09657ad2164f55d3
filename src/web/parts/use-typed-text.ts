import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'

const PAUSE_MS = 300

interface TypedParts {
  /** The page whose address it is. */
  path: string
  /** As much of the text as the address takes; undefined for none. */
  keep(text: string): string | undefined
  onChange(kept: string | undefined): void
}

/** Text that goes into the address after a short pause; `shown` is what the address says now. */
export function useTypedText(shown: string, { path, keep, onChange }: TypedParts) {
  const router = useRouter()
  const [text, setText] = useState(shown)
  const sent = useRef(shown)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    // Not what was typed here: a link or the back button.
    if (shown === sent.current) return
    sent.current = shown
    clearTimeout(timer.current)
    setText(shown)
  }, [shown])
  useEffect(() => () => clearTimeout(timer.current), [])

  const type = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      const kept = keep(next)
      // Nothing new; or the reader is already on the way to another page, which this must not call off.
      if ((kept ?? '') === sent.current || router.latestLocation.pathname !== path) return
      sent.current = kept ?? ''
      onChange(kept)
    }, PAUSE_MS)
  }
  return { text, type, isRefused: text.trim() !== '' && keep(text) === undefined }
}
