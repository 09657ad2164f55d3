import ipaddr from 'ipaddr.js'

export interface Setting<T> {
  default: T
  /** What a right value looks like, for the one-line error: "must be ...". */
  wants: string
  sentence: string
  isSecret: boolean
  /** As it would be written in the environment. */
  show(value: T): string
  /** Undefined when the text is wrong. */
  parse(raw: string): T | undefined
}

const setting = <T>(
  value: T,
  wants: string,
  sentence: string,
  parse: Setting<T>['parse'],
  { isSecret = false, show = String }: { isSecret?: boolean; show?: (value: T) => string } = {},
): Setting<T> => ({ default: value, wants, sentence, isSecret, parse, show })

export const text = (value: string, sentence: string, { secret = false } = {}) =>
  setting(value, 'one line of text', sentence, (raw) => (hasControl(raw) ? undefined : raw), {
    isSecret: secret,
  })

const hasControl = (raw: string) => [...raw].some((character) => character < ' ' || character === '\u007f')

export const path = (value: string, sentence: string) => setting(value, 'a folder', sentence, (raw) => raw)

export const flag = (value: boolean, sentence: string) =>
  setting(
    value,
    'on or off',
    sentence,
    (raw) => ({ on: true, true: true, off: false, false: false })[raw.toLowerCase()],
    { show: (value) => (value ? 'on' : 'off') },
  )

export const whole = (value: number, { min, max }: { min: number; max: number }, sentence: string) =>
  setting(value, `a whole number from ${min} to ${max}`, sentence, (raw) => {
    const number = /^\d{1,9}$/.test(raw) ? Number(raw) : Number.NaN
    return number >= min && number <= max ? number : undefined
  })

export const port = (value: number, sentence: string) => whole(value, { min: 0, max: 65_535 }, sentence)

export const seconds = (value: number, sentence: string) => whole(value, { min: 1, max: 86_400 }, sentence)

export const oneOf = <T extends string>(values: readonly T[], value: T, sentence: string) =>
  setting<T>(value, `one of ${values.join(', ')}`, sentence, (raw) => values.find((candidate) => candidate === raw))

/** A name that needs no quoting in SQL. */
export const identifier = (sentence: string) =>
  setting('', 'a name of letters, digits and underscores', sentence, (raw) =>
    /^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(raw) ? raw : undefined,
  )

/** An http(s) origin, without a path; a closing slash is forgiven. */
export const url = (value: string, sentence: string) =>
  setting(value, 'a URL such as https://host.example.com', sentence, (raw) => {
    const parsed = URL.canParse(raw) ? new URL(raw) : null
    if (
      parsed === null ||
      !['http:', 'https:'].includes(parsed.protocol) ||
      parsed.username ||
      parsed.search ||
      parsed.hash
    )
      return undefined
    return raw.replace(/\/+$/, '')
  })

/** Where webhooks go. Many such addresses carry a token in path or query, so the whole of it is a secret. */
export const webhookUrl = (sentence: string) =>
  setting(
    '',
    'a URL such as https://host.example.com/hook',
    sentence,
    (raw) => {
      const parsed = URL.canParse(raw) ? new URL(raw) : null
      const isUsable = parsed !== null && ['http:', 'https:'].includes(parsed.protocol)
      return isUsable && parsed.username === '' && parsed.hash === '' ? raw : undefined
    },
    { isSecret: true },
  )

const KEY_BYTES_MIN = 24
const KEY_BYTES_MAX = 64
/** A key of Standard Webhooks. */
export const webhookSecret = (sentence: string) =>
  setting(
    '',
    `whsec_ and ${KEY_BYTES_MIN} to ${KEY_BYTES_MAX} bytes in base64`,
    sentence,
    (raw) => {
      const key = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(raw)?.[1]
      const bytes = key === undefined ? 0 : Buffer.from(key, 'base64').length
      return bytes >= KEY_BYTES_MIN && bytes <= KEY_BYTES_MAX ? raw : undefined
    },
    { isSecret: true },
  )

/** Where errors are reported: `https://key@host/project`. */
export const dsn = (sentence: string) =>
  setting(
    '',
    'a DSN such as https://key@host.example.com/1',
    sentence,
    (raw) => {
      const parsed = URL.canParse(raw) ? new URL(raw) : null
      const isUsable = parsed !== null && ['http:', 'https:'].includes(parsed.protocol)
      return isUsable && /^\w+$/.test(parsed.username) && /\/\d+$/.test(parsed.pathname) ? raw : undefined
    },
    { isSecret: true },
  )

const words = (raw: string) =>
  raw
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

export const list = (value: string, sentence: string) =>
  setting<readonly string[]>(words(value), 'words separated by commas', sentence, words)

export const principals = (sentence: string) =>
  setting<readonly string[]>([], 'emails or user names separated by commas', sentence, (raw) =>
    hasControl(raw) ? undefined : words(raw).map((word) => word.toLowerCase()),
  )

export type Cidr = ReturnType<typeof ipaddr.parseCIDR>

export const cidrs = (sentence: string) =>
  setting<readonly Cidr[]>(
    [],
    'addresses such as 10.0.0.0/8, separated by commas',
    sentence,
    (raw) => {
      const parsed = words(raw).map(parseCidr)
      return parsed.every((cidr) => cidr !== null) ? parsed : undefined
    },
    { show: (ranges) => ranges.map(([address, bits]) => `${address}/${bits}`).join(',') },
  )

/** Milliseconds by name: `store=500,ingestion:http=100`. */
export const timeouts = (sentence: string) =>
  setting<ReadonlyMap<string, number>>(
    new Map(),
    'names with milliseconds such as store=500, separated by commas',
    sentence,
    (raw) => {
      const pairs = words(raw).map((word) => /^([\w:]+)=(\d{1,6})$/.exec(word))
      if (pairs.includes(null)) return undefined
      return new Map(pairs.map((pair) => [pair?.[1] ?? '', Number(pair?.[2])]))
    },
    { show: (byName) => [...byName].map((pair) => pair.join('=')).join(',') },
  )

function parseCidr(word: string): Cidr | null {
  if (ipaddr.isValidCIDR(word)) return ipaddr.parseCIDR(word)
  if (!ipaddr.isValid(word)) return null
  const address = ipaddr.parse(word)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** IPv4 and IPv4-mapped IPv6 spellings of one address are the same. */
export function isWithin(address: string | undefined, ranges: readonly Cidr[]): boolean {
  if (address === undefined || !ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return ranges.some(([range, bits]) => parsed.kind() === range.kind() && parsed.match(range, bits))
}
