import { useRouter } from '@tanstack/react-router'
import type { ComponentProps, MouseEvent } from 'react'

/** A plain address as a link: one of our own pages opens without a load, all else as the browser does it. */
export function PageLink({ href = '', onClick, ...rest }: ComponentProps<'a'>) {
  const router = useRouter()
  const isPage = href.startsWith('/') && (!href.startsWith('/api/') || href.startsWith('/api/docs'))
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (!isPage || event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    router.history.push(href)
  }
  return <a href={href} {...rest} onClick={follow} />
}
