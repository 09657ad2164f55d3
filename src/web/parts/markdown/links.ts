export type Destination =
  | { kind: 'internal'; href: string }
  | { kind: 'external'; href: string; host: string }
  | { kind: 'mail'; href: string }

/**
 * Where a link leads, by the same parser that the browser uses, so that `//host`, `\\host` and odd schemes are seen for
 * what they are. Null: nowhere we let anybody go.
 */
export function resolveLink(href: string, origin: string): Destination | null {
  const url = parse(href, origin)
  if (url === null) return null
  if (url.protocol === 'mailto:') return { kind: 'mail', href: url.href }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  // A name before the host is there to make the host look like another.
  if (url.username !== '' || url.password !== '') return null
  if (url.origin !== origin) return { kind: 'external', href: url.href, host: url.host }
  return { kind: 'internal', href: `${url.pathname}${url.search}${url.hash}` }
}

function parse(href: string, origin: string): URL | null {
  try {
    return new URL(href, `${origin}/`)
  } catch {
    return null
  }
}
