import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { Report } from './problems.ts'

export interface FrontMatter {
  title: string
  summary: string
  platforms: string[]
  owner: string | null
  reviewBy: string | null
}

const KEYS = ['title', 'summary', 'platforms', 'owner', 'review_by']
const FENCE = /^---\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m

/** A file cut in two. The body keeps its line numbers: the front-matter's lines become empty ones. */
export function cut(source: string): { head: string | null; body: string } {
  const match = source.startsWith('---') ? FENCE.exec(source) : null
  if (match === null || match.index !== 0) return { head: null, body: source }
  const lines = match[0].split('\n').length - 1
  return { head: match[1] ?? '', body: `${'\n'.repeat(lines)}${source.slice(match[0].length)}` }
}

/** What a page says of itself. Whatever is missing or odd is reported with its line, and read as if it were empty. */
export function readFrontMatter(head: string | null, report: Report): FrontMatter {
  const counter = new LineCounter()
  const document = parseDocument(head ?? '', { lineCounter: counter })
  // The fence is the first line.
  const lineAt = (offset: number | undefined) => counter.linePos(offset ?? 0).line + 1
  for (const error of document.errors) report(lineAt(error.pos[0]), `front-matter: ${error.message.split('\n')[0]}`)
  const map = isMap(document.contents) ? document.contents : null
  const values: Record<string, { value: unknown; line: number }> = {}
  for (const { key, value } of map?.items ?? []) {
    if (!isScalar(key)) continue
    const line = lineAt(key.range?.[0])
    if (!KEYS.includes(String(key.value)))
      report(line, `unknown front-matter key "${key.value}"; known: ${KEYS.join(', ')}`)
    else values[String(key.value)] = { value: isNode(value) ? value.toJS(document) : value, line }
  }

  const platforms = values.platforms?.value ?? []
  const isList = Array.isArray(platforms) && platforms.every((name) => typeof name === 'string' && name.trim() !== '')
  if (!isList) report(values.platforms?.line ?? 1, 'platforms is a list of names')
  const reviewBy = text('review_by')
  if (reviewBy !== null && !isDay(reviewBy))
    report(values.review_by?.line ?? 1, 'review_by is a day such as 2027-05-01')
  return {
    title: needed('title'),
    summary: needed('summary'),
    platforms: isList ? platforms : [],
    owner: text('owner'),
    reviewBy,
  }

  function needed(key: string): string {
    const value = text(key)
    if (value === null) report(values[key]?.line ?? 1, `no ${key} in the front-matter`)
    return value ?? ''
  }
  function text(key: string): string | null {
    const { value, line } = values[key] ?? { value: null, line: 1 }
    if (value === null) return null
    if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
    report(line, `${key} is text; put it in quotes`)
    return null
  }
}

const isNode = (value: unknown): value is { toJS(document: unknown): unknown } =>
  typeof value === 'object' && value !== null && 'toJS' in value

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
