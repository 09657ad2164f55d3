import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/** After going to another page the reader starts at its heading; a changed filter leaves the focus where it is. */
export function useRouteFocus(): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || fromLocation === undefined) return
        const heading = document.querySelector<HTMLElement>('main h1')
        const target = heading ?? document.getElementById('main')
        if (heading !== null) heading.tabIndex = -1
        target?.focus({ preventScroll: true })
      }),
    [router],
  )
}
