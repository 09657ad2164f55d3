import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { focusOn, focusPage } from '../ui/focus-page.ts'

/**
 * After going to another page the reader starts at its heading, or at the one that the address names; a changed filter
 * leaves the focus where it is.
 */
export function useRouteFocus(): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged, hashChanged, fromLocation, toLocation }) => {
        if (fromLocation === undefined) return
        const aimed = toLocation.hash === '' ? null : document.getElementById(toLocation.hash)
        if (aimed !== null && (pathChanged || hashChanged)) focusOn(aimed)
        else if (pathChanged) focusPage()
      }),
    [router],
  )
}
