import { doneState, type Imported, Refusal } from './imported.ts'

export interface GithubOptions {
  /** For all of them; otherwise each one's labels say. */
  type?: string | undefined
  /** Instead of what the address says, `owner/repo`. */
  source?: string | undefined
  platform?: string | undefined
  now: number
}

type Json = Record<string, unknown>

/**
 * An issue as the REST API or as `gh issue list --json` gives it.
 * @throws Refusal for what is no issue
 */
export function fromGithub(value: unknown, at: string, { type, source, platform, now }: GithubOptions): Imported {
  if (!isObject(value)) throw new Refusal('is not an issue')
  if ('pull_request' in value) throw new Refusal('is a pull request')
  const number = Number(value.number)
  if (!Number.isInteger(number) || number < 1) throw new Refusal('has no number')
  const where = source ?? repositoryIn(text(value.html_url) || text(value.url))
  if (where === null) throw new Refusal('has no address that says its repository; name it with --source')
  const labels = list(value.labels).map((label) =>
    typeof label === 'string' ? label : text(isObject(label) ? label.name : ''),
  )
  const itemType = type ?? typeIn(labels)
  const sourceId = `github:${where}#${number}`
  const closedAt = text(value.closed_at) || text(value.closedAt)
  const isClosed = text(value.state).toLowerCase() === 'closed'
  const reason = (text(value.state_reason) || text(value.stateReason)).toLowerCase()
  return {
    at: `issue ${number}`.concat(at === '' ? '' : ` (${at})`),
    sourceId,
    itemType,
    title: text(value.title),
    description: text(value.body),
    author: loginOf(value.user ?? value.author),
    createdAt: text(value.created_at) || text(value.createdAt),
    severity: severityIn(labels),
    priority:
      labels.map((label) => /^(?:priority[:/ -]*)?(p[1-4])$/i.exec(label)?.[1]?.toUpperCase()).find(Boolean) ?? null,
    platform: platform ?? null,
    tags: labels,
    assignedTo: assigneeOf(value),
    dueAt: null,
    became: isClosed
      ? { at: closedAt, ...doneState(itemType, reason !== 'not_planned' && reason !== 'duplicate', closedAt, now) }
      : null,
    comments: list(value.comments).flatMap((comment, i) =>
      isObject(comment) ? [commentOf(comment, sourceId, i)] : [],
    ),
  }
}

function commentOf(comment: Json, sourceId: string, i: number): Imported['comments'][number] {
  const id = typeof comment.id === 'number' ? String(comment.id) : text(comment.id) || text(comment.url) || String(i)
  return {
    sourceId: `${sourceId}/${id}`,
    author: loginOf(comment.user ?? comment.author),
    at: text(comment.created_at) || text(comment.createdAt),
    body: text(comment.body),
  }
}

function typeIn(labels: readonly string[]): string {
  if (labels.some((label) => /\b(bug|incident|outage)\b/i.test(label))) return 'INCIDENT'
  return labels.some((label) => /\b(access|request)\b/i.test(label)) ? 'PLATFORM_REQUEST' : 'IMPROVEMENT'
}

const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const

function severityIn(labels: readonly string[]): string | null {
  for (const label of labels) {
    const found = /^sev(?:erity)?[:/ -]*(?:([1-4])|(critical|high|medium|low))$/i.exec(label)
    if (found !== null) return found[2]?.toUpperCase() ?? severities[Number(found[1]) - 1] ?? null
  }
  return null
}

function assigneeOf(value: Json): string | null {
  const [first] = [value.assignee, ...list(value.assignees)].filter(isObject)
  return first === undefined ? null : text(first.login) || null
}

const repositoryIn = (address: string) => /([\w.-]+\/[\w.-]+)\/issues\/\d+/.exec(address)?.[1] ?? null
/** People who left are told as nobody. */
const loginOf = (value: unknown) => (isObject(value) ? text(value.login) : '') || 'ghost'
const text = (value: unknown) => (typeof value === 'string' ? value : '')
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
