import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { focusPage } from '../ui/focus-page.ts'

/** After going to another page the reader starts at its heading; a changed filter leaves the focus where it is. */
export function useRouteFocus(): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || fromLocation === undefined) return
        focusPage()
      }),
    [router],
  )
}
