import type { IncomingHttpHeaders } from 'node:http'
import type { Blindness } from '../scenarios.ts'
import type { Story } from '../story.ts'
import type { Thing, ThingKind } from '../things.ts'

export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: string
  /** The workspace's own time. */
  at: number
}

export interface Reply {
  status: number
  headers?: Record<string, string>
  /** Bigints travel as numbers with all their digits. */
  json?: unknown
  text?: string
  delayMs?: number
}

/** `hang`: says nothing until the other side gives up. Null: this is none of the paths that are known here. */
export type Answer = Reply | 'hang'

export interface World {
  story: Story
  /** Where the workspace itself listens. */
  url: string
  things: readonly Thing[]
}

export const thingsOf = <K extends ThingKind>(world: World, kind: K) =>
  world.things.filter((thing): thing is Extract<Thing, { kind: K }> => thing.kind === kind)

/** What a service answers instead when it tells nothing; its own error bodies. */
export function blindAnswer(blindness: Blindness, bodies: { refused: unknown; unavailable: unknown }): Answer {
  switch (blindness) {
    case 'hangs':
      return 'hang'
    case 'garbles':
      return { status: 200, headers: { 'content-type': 'text/html' }, text: '<!doctype html><title>Sign in</title>' }
    case 'refuses':
      return { status: 401, json: bodies.refused }
    case 'unavailable':
      return { status: 503, json: bodies.unavailable }
  }
}

/** A page and the token for the next one: tokens say how many were told already. */
export function pageOf<T>(all: readonly T[], token: string | null, size: number): { page: T[]; next: string | null } {
  const told =
    token === null
      ? 0
      : Number(
          Buffer.from(token, 'base64url')
            .toString()
            .replace(/^from:/, ''),
        )
  const from = Number.isSafeInteger(told) && told >= 0 ? told : all.length
  const next = from + size < all.length ? Buffer.from(`from:${from + size}`).toString('base64url') : null
  return { page: all.slice(from, from + size), next }
}

/** A whole number out of a query; null when it is not one or lies outside. */
export function sizeOf(text: string | null, { standard, max }: { standard: number; max: number }): number | null {
  if (text === null) return standard
  const size = /^\d{1,6}$/.test(text) ? Number(text) : 0
  return size >= 1 && size <= max ? size : null
}
