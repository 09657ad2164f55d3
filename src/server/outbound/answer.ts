/** Reads out of answers whose shape nobody promised: each of these gives null rather than throw. */

export function field(value: unknown, ...path: readonly string[]): unknown {
  let here = value
  for (const name of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = (here as Record<string, unknown>)[name] // An object that has this property was checked above.
  }
  return here
}

export function textField(value: unknown, ...path: readonly string[]): string | null {
  const found = field(value, ...path)
  return typeof found === 'string' && found !== '' ? found : null
}

export function listField(value: unknown, ...path: readonly string[]): unknown[] | null {
  const found = field(value, ...path)
  return Array.isArray(found) ? found : null
}

export const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const earliest = Date.UTC(2000, 0, 1)
const latest = Date.UTC(2100, 0, 1)
const iso = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?\s?(Z|[+-]\d{2}:?\d{2})?$/

/**
 * Milliseconds since the epoch from epoch milliseconds (number or digits) or ISO text. Text without a zone is UTC:
 * Fabric leaves the Z out. What lies outside this century is no time: running jobs say `end_time: 0`.
 */
export function instant(value: unknown): number | null {
  const ms = typeof value === 'string' ? fromText(value) : value
  return typeof ms === 'number' && ms >= earliest && ms < latest ? Math.trunc(ms) : null
}

function fromText(text: string): number {
  return /^\d{12,14}$/.test(text) ? Number(text) : isoMs(text)
}

/** Milliseconds since the epoch from ISO text, with T or a space, cut to milliseconds; NaN when it is something else. */
export function isoMs(text: string): number {
  const parts = iso.exec(text)
  if (parts === null) return Number.NaN
  const [, day, time, fraction = '', zone = 'Z'] = parts
  return Date.parse(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${zone.replace(/(\d{2})(\d{2})$/, '$1:$2')}`)
}

export const instantField = (value: unknown, ...path: readonly string[]): number | null =>
  instant(field(value, ...path))
