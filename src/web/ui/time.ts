const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Words are English; order and clock follow the reader where they read English at all. */
export function localeOf(languages: readonly string[]): string {
  const [first = ''] = languages
  // Some systems hand browsers tags such as `en-US@posix`, which Intl refuses.
  return first.startsWith('en') && isLocale(first) ? first : 'en-GB'
}

function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0
  } catch {
    return false
  }
}

const reader = localeOf(typeof navigator === 'undefined' ? [] : navigator.languages)

export interface Where {
  locale?: string
  timeZone?: string
}

/** A length in its two largest units: `2 d 4 h`, `6 min`, `42 s`. */
export function duration(ms: number): string {
  const rest = Math.max(0, ms)
  if (rest < SECOND) return `${Math.round(rest)} ms`
  if (rest < MINUTE) return `${Math.floor(rest / SECOND)} s`
  if (rest < HOUR) return pair(rest, MINUTE, 'min', SECOND, 's', 5 * MINUTE)
  if (rest < DAY) return pair(rest, HOUR, 'h', MINUTE, 'min', Number.POSITIVE_INFINITY)
  return pair(rest, DAY, 'd', HOUR, 'h', 10 * DAY)
}

/** The smaller unit is left out when it is zero, or when the larger says enough. */
function pair(ms: number, large: number, largeName: string, small: number, smallName: string, enough: number): string {
  const whole = Math.floor(ms / large)
  const rest = Math.floor((ms % large) / small)
  return rest === 0 || ms >= enough ? `${whole} ${largeName}` : `${whole} ${largeName} ${rest} ${smallName}`
}

/** `6 min ago`, `in 2 h`; under ten seconds is now. */
export function ago(instant: string, now: number): string {
  const age = now - Date.parse(instant)
  if (Math.abs(age) < 10 * SECOND) return 'just now'
  return age < 0 ? `in ${coarse(-age)}` : `${coarse(age)} ago`
}

/** Ages change while they are read, so they are told in steps that do not blink. */
export function coarse(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / (10 * SECOND)) * 10)} s`
  return duration(Math.floor(ms / MINUTE) * MINUTE)
}

/** `09:42` today, `12 Nov, 09:42` this year, `12 Nov 2025, 09:42` before; in the reader's zone. */
export function when(instant: string | number, now: number, where: Where = {}): string {
  const date = new Date(instant)
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', ...zoneOf(where) }
  const dayOf = (at: Date | number) =>
    new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', ...zoneOf(where) }).format(at)
  const [day, today] = [dayOf(date), dayOf(now)]
  if (day !== today) Object.assign(options, { day: 'numeric', month: 'short' })
  if (day.slice(0, 4) !== today.slice(0, 4)) options.year = 'numeric'
  return new Intl.DateTimeFormat(where.locale ?? reader, options).format(date)
}

/** `2026-11-22 09:42:10 UTC`, for hovering. */
export const utc = (instant: string | number) => `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`

/** `Sun 22 Nov 2026`, for a UTC calendar day. */
export const dayName = (day: string, where: Where = {}) =>
  new Intl.DateTimeFormat(where.locale ?? reader, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00.000Z`))

const zoneOf = ({ timeZone }: Where) => (timeZone === undefined ? {} : { timeZone })

/** What `<input type="datetime-local">` shows for an instant, and back; both in the reader's zone. */
export function toLocalInput(instant: string | null): string {
  if (instant === null) return ''
  const date = new Date(instant)
  return new Date(date.getTime() - date.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16)
}
export function fromLocalInput(value: string): string | null {
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}
