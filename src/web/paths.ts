import { auditedTables } from '../contracts/audit.ts'
import { termStatuses } from '../contracts/glossary-ref.ts'
import { templateKeys } from '../contracts/request-templates.ts'
import { personRoles } from '../contracts/roles.ts'
import { sourceNames } from '../contracts/sources.ts'
import { messageStates, runStates, states } from '../contracts/status.ts'
import { itemSeverities, orders, sorts, TAG_MAX, TAG_PATTERN, TITLE_MAX } from '../contracts/tickets.ts'
import { categories, itemStates, itemTypes } from '../contracts/workflows.ts'

/** Every link of the app: one function each. */
export const toStatus = () => ({ to: '/' }) as const
export const toPlatform = (platformId: string) => ({ to: '/platforms/$platformId', params: { platformId } }) as const
export const toTickets = (search: TicketsSearch = {}) => ({ to: '/tickets', search }) as const
export const toNewTicket = (search: NewTicketSearch = {}) => ({ to: '/tickets/new', search }) as const
export const toTicket = (ticketId: string) => ({ to: '/tickets/$ticketId', params: { ticketId } }) as const
export const toRoadmap = (search: RoadmapSearch = {}) => ({ to: '/roadmap', search }) as const
export const toGlossary = (search: GlossarySearch = {}) => ({ to: '/glossary', search }) as const
export const toTerm = (termId: string) => ({ to: '/glossary/$termId', params: { termId } }) as const
export const toGlossaryImport = () => ({ to: '/glossary/import' }) as const
export const toAdmin = () => ({ to: '/admin' }) as const
export const toAdminPlatforms = () => ({ to: '/admin/platforms' }) as const
export const toAdminChecks = (search: ChecksSearch = {}) => ({ to: '/admin/checks', search }) as const
export const toAdminMessages = (search: MessagesSearch = {}) => ({ to: '/admin/messages', search }) as const
export const toAdminRuns = (search: RunsSearch = {}) => ({ to: '/admin/runs', search }) as const
export const toAdminAlerts = (search: AlertsSearch = {}) => ({ to: '/admin/alerts', search }) as const
export const toDocs = () => ({ to: '/docs' }) as const
export const toDocsPage = (slug: string) => ({ to: '/docs/$', params: { _splat: slug } }) as const
export const toAdminAccess = (search: AccessSearch = {}) => ({ to: '/admin/access', search }) as const
export const toAdminTokens = () => ({ to: '/admin/tokens' }) as const
export const toAdminPermissions = () => ({ to: '/admin/permissions' }) as const
export const toAdminAudit = (search: AuditSearch = {}) => ({ to: '/admin/audit', search }) as const
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
  source?: (typeof sourceNames)[number]
  state?: (typeof runStates)[number]
}
export const runsSearch = (raw: Raw): RunsSearch => ({
  ...word(raw, 'source', sourceNames),
  ...word(raw, 'state', runStates),
})

export interface AlertsSearch {
  /** What fires, unless said. */
  state?: 'pending' | 'resolved' | 'all'
  platform?: string
}
export const alertsSearch = (raw: Raw): AlertsSearch => ({
  ...word(raw, 'state', ['pending', 'resolved', 'all']),
  ...id(raw, 'platform'),
})

export interface AccessSearch {
  /** Any part of a person's or a group's name. */
  principal?: string
  role?: (typeof personRoles)[number]
  platform?: string
}
export const accessSearch = (raw: Raw): AccessSearch => ({
  ...text(raw, 'principal', 320, /\S/),
  ...word(raw, 'role', personRoles),
  ...id(raw, 'platform'),
})

export interface AuditSearch {
  table?: (typeof auditedTables)[number]
  record?: string
  actor?: string
  /** Also what the portal does by itself. */
  portal?: true
  /** Calendar days of the reader's own zone, both included. */
  from?: string
  to?: string
}
export const auditSearch = (raw: Raw): AuditSearch => ({
  ...word(raw, 'table', auditedTables),
  ...id(raw, 'record'),
  ...text(raw, 'actor', 320, /\S/),
  ...(raw.portal === true && { portal: true }),
  ...text(raw, 'from', 10, DAY),
  ...text(raw, 'to', 10, DAY),
})

/** In place of a person: whoever reads the address. */
export const ME = 'me'

export interface TicketsSearch {
  type?: (typeof itemTypes)[number]
  state?: (typeof itemStates)[number]
  category?: (typeof categories)[number]
  /** Done or not, whatever the stage. */
  done?: boolean
  platform?: string
  severity?: (typeof itemSeverities)[number]
  /** Somebody, `me` or `none`. */
  assignee?: string
  /** Somebody or `me`. */
  author?: string
  tag?: string
  voted?: boolean
  watching?: boolean
  q?: string
  sort?: (typeof sorts)[number]
  order?: (typeof orders)[number]
}
const PERSON = /^[^\s,\p{Cc}][^,\p{Cc}]*$/u
const TAG = new RegExp(TAG_PATTERN, 'u')
export const ticketsSearch = (raw: Raw): TicketsSearch => ({
  ...word(raw, 'type', itemTypes),
  ...word(raw, 'state', itemStates),
  ...word(raw, 'category', categories),
  ...flag(raw, 'done'),
  ...id(raw, 'platform'),
  ...word(raw, 'severity', itemSeverities),
  ...text(raw, 'assignee', 320, PERSON),
  ...text(raw, 'author', 320, PERSON),
  ...text(raw, 'tag', TAG_MAX, TAG),
  ...flag(raw, 'voted'),
  ...flag(raw, 'watching'),
  ...text(raw, 'q', 200, /\S/),
  ...word(raw, 'sort', sorts),
  ...word(raw, 'order', orders),
})

export interface NewTicketSearch {
  type?: (typeof itemTypes)[number]
  platform?: string
  title?: string
  template?: (typeof templateKeys)[number]
}
export const newTicketSearch = (raw: Raw): NewTicketSearch => ({
  ...word(raw, 'type', itemTypes),
  ...id(raw, 'platform'),
  ...text(raw, 'title', TITLE_MAX),
  ...word(raw, 'template', templateKeys),
})

export interface RoadmapSearch {
  theme?: string
  platform?: string
  quarter?: string
  q?: string
  /** The card that is open. */
  item?: string
}
const QUARTER = /^20\d\d-Q[1-4]$/
export const roadmapSearch = (raw: Raw): RoadmapSearch => ({
  ...text(raw, 'theme', 60, /\S/),
  ...id(raw, 'platform'),
  ...text(raw, 'quarter', 7, QUARTER),
  ...text(raw, 'q', 200, /\S/),
  ...id(raw, 'item'),
})
export interface GlossarySearch {
  q?: string
  domain?: string
  status?: (typeof termStatuses)[number]
}
export const glossarySearch = (raw: Raw): GlossarySearch => ({
  ...text(raw, 'q', 200, /\S/),
  ...text(raw, 'domain', 80, LINE),
  ...word(raw, 'status', termStatuses),
})
const LINE = /^(?=.*\S)\P{Cc}*$/u

type Raw = Record<string, unknown>

function word<K extends string, const W extends string>(raw: Raw, key: K, words: readonly W[]) {
  const found = words.find((candidate) => candidate === raw[key])
  return (found === undefined ? {} : { [key]: found }) as { [_ in K]?: W } // The key is K, and only there when found.
}

function text<K extends string>(raw: Raw, key: K, lengthMax = 100, form = /^/) {
  // The router reads `q=12` as a number.
  const value = typeof raw[key] === 'string' || typeof raw[key] === 'number' ? String(raw[key]).slice(0, lengthMax) : ''
  return (value !== '' && form.test(value) ? { [key]: value } : {}) as { [_ in K]?: string }
}

const flag = <K extends string>(raw: Raw, key: K) =>
  (typeof raw[key] === 'boolean' ? { [key]: raw[key] } : {}) as { [_ in K]?: boolean }

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
function id<K extends string>(raw: Raw, key: K) {
  return (UUID.test(String(raw[key])) ? { [key]: raw[key] } : {}) as { [_ in K]?: string }
}
