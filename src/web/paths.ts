import { connectorNames } from '../contracts/sources.ts'
import { messageStates, runStates, states } from '../contracts/status.ts'

/** Every link of the app: one function each. */
export const toStatus = () => ({ to: '/' }) as const
export const toPlatform = (platformId: string) => ({ to: '/platforms/$platformId', params: { platformId } }) as const
export const toAdmin = () => ({ to: '/admin' }) as const
export const toAdminPlatforms = () => ({ to: '/admin/platforms' }) as const
export const toAdminChecks = (search: ChecksSearch = {}) => ({ to: '/admin/checks', search }) as const
export const toAdminMessages = (search: MessagesSearch = {}) => ({ to: '/admin/messages', search }) as const
export const toAdminRuns = (search: RunsSearch = {}) => ({ to: '/admin/runs', search }) as const
export const toApi = () => ({ to: '/api/docs' }) as const

// What each page's address may carry. Whatever else it says is dropped, so that a mistyped link still opens.

export interface StatusSearch {
  show?: 'attention'
  q?: string
}
export const statusSearch = (raw: Raw): StatusSearch => ({ ...word(raw, 'show', ['attention']), ...text(raw, 'q') })

export const ranges = [7, 30, 90, 365] as const
export const RANGE_DEFAULT = 90
export interface PlatformSearch {
  days?: (typeof ranges)[number]
}
export function platformSearch(raw: Raw): PlatformSearch {
  const days = ranges.find((range) => range === Number(raw.days))
  return days === undefined || days === RANGE_DEFAULT ? {} : { days }
}

export interface ChecksSearch {
  platform?: string
  state?: (typeof states)[number]
}
export const checksSearch = (raw: Raw): ChecksSearch => ({ ...id(raw, 'platform'), ...word(raw, 'state', states) })

export interface MessagesSearch {
  state?: (typeof messageStates)[number]
  platform?: string
}
export const messagesSearch = (raw: Raw): MessagesSearch => ({
  ...word(raw, 'state', messageStates),
  ...id(raw, 'platform'),
})

export interface RunsSearch {
  source?: (typeof connectorNames)[number]
  state?: (typeof runStates)[number]
}
export const runsSearch = (raw: Raw): RunsSearch => ({
  ...word(raw, 'source', connectorNames),
  ...word(raw, 'state', runStates),
})

type Raw = Record<string, unknown>

function word<K extends string, const W extends string>(raw: Raw, key: K, words: readonly W[]) {
  const found = words.find((candidate) => candidate === raw[key])
  return (found === undefined ? {} : { [key]: found }) as { [_ in K]?: W } // The key is K, and only there when found.
}

function text<K extends string>(raw: Raw, key: K) {
  // The router reads `q=12` as a number.
  const value = typeof raw[key] === 'string' || typeof raw[key] === 'number' ? String(raw[key]).slice(0, 100) : ''
  return (value === '' ? {} : { [key]: value }) as { [_ in K]?: string }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
function id<K extends string>(raw: Raw, key: K) {
  return (UUID.test(String(raw[key])) ? { [key]: raw[key] } : {}) as { [_ in K]?: string }
}
