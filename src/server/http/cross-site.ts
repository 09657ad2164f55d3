import type { IncomingMessage } from 'node:http'
import { Fault } from '../fault.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/**
 * Refuses state changes that a browser sends for another site. The rules are those of Go's `CrossOriginProtection`:
 * `Sec-Fetch-Site` decides where it is sent; else `Origin` must be ours; neither means no browser.
 * @throws Fault `cross_site`
 */
export function refuseCrossSite(request: IncomingMessage, publicOrigin: string): void {
  if (SAFE.has(request.method ?? '')) return
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) {
    if (site === 'same-origin' || site === 'none') return
    throw crossSite()
  }
  const { origin } = request.headers
  if (origin === undefined || isOurs(origin, request.headers.host, publicOrigin)) return
  throw crossSite()
}

/** Without a configured origin the browser's own Host is the best known; the proxy's forwarded host never counts. */
function isOurs(origin: string, host: string | undefined, publicOrigin: string): boolean {
  if (publicOrigin !== '') return origin === publicOrigin
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
}

const crossSite = () => new Fault('cross_site', 'This came from another site. Open the portal and do it there.')
