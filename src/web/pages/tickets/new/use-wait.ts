import { useEffect, useState } from 'react'
import { announce } from '../../../ui/announce.tsx'

/** Seconds still to wait, counted down; null when there is nothing to wait for. `askedFor` is asked again per refusal. */
export function useWait(refusal: { retryAfter: number | null } | null): number | null {
  const [left, setLeft] = useState<number | null>(null)
  useEffect(() => {
    const seconds = refusal?.retryAfter ?? null
    setLeft(seconds)
    if (seconds === null) return
    const until = Date.now() + seconds * 1000
    const timer = setInterval(() => {
      const rest = Math.ceil((until - Date.now()) / 1000)
      setLeft(rest > 0 ? rest : null)
      if (rest > 0) return
      clearInterval(timer)
      announce('You can file the ticket now')
    }, 1000)
    return () => clearInterval(timer)
  }, [refusal])
  return left
}
