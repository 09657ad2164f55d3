import { useRef } from 'react'

/**
 * A key for a create: the same for the same content, so that sending again after a lost answer makes one record and
 * not two; another as soon as the content differs.
 */
export function useKeyFor(): (content: unknown) => string {
  const last = useRef({ content: '', key: '' })
  return (content) => {
    const text = JSON.stringify(content)
    if (last.current.key === '' || last.current.content !== text) last.current = { content: text, key: randomKey() }
    return last.current.key
  }
}

// Not randomUUID: that one is missing where the page is served without TLS.
const randomKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
