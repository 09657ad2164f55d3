import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/**
 * After going to another page the reader starts at its heading, or at the one that the address names; a changed filter
 * leaves the focus where it is.
 */
export function useRouteFocus(): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged, hashChanged, fromLocation, toLocation }) => {
        const aimed = toLocation.hash === '' ? null : document.getElementById(toLocation.hash)
        if (!pathChanged && !(hashChanged && aimed !== null)) return
        if (fromLocation === undefined) return
        const heading = aimed ?? document.querySelector<HTMLElement>('main h1')
        const target = heading ?? document.getElementById('main')
        if (heading !== null) heading.tabIndex = -1
        target?.focus({ preventScroll: true })
      }),
    [router],
  )
}
