import { type Announcement, latest } from './announcement.ts'
import { pageOf } from './news.ts'
import { incidentSteps, maintenanceSteps, type Step } from './progress.ts'
import { escaped } from './xml.ts'

export interface FeedOf {
  /** `https://portal.example.com`, without a slash at its end. */
  origin: string
  /** Its own address, and the one of the page that it is about, both without the origin. */
  path: string
  page: string
  title: string
}

/** Never changes: with the name of the host it makes ids that are ours for good. */
const YEAR = '2026'

/** Of an empty feed, which has to say when it changed and never did. */
const NEVER = '2026-01-01T00:00:00.000Z'

/** Atom 1.0, what changed last first. The same entry keeps its id, and its `updated` goes on. */
export function atomFeed(
  { origin, path, page, title }: FeedOf,
  messages: readonly Announcement[],
  now: string,
): string {
  const tag = `tag:${new URL(origin).hostname},${YEAR}`
  const entries = messages
    .map((message) => entryOf(message, now))
    .sort((a, b) => (a.updated < b.updated ? 1 : a.updated > b.updated ? -1 : a.message.id < b.message.id ? 1 : -1))
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xml:lang="en" xmlns="http://www.w3.org/2005/Atom">',
    element('id', `${tag}:${path.replace(/\.atom$/, '')}`),
    link('alternate', 'text/html', `${origin}${page}`),
    link('self', 'application/atom+xml', `${origin}${path}`),
    element('title', title),
    element('updated', latest(NEVER, ...entries.map(({ updated }) => updated))),
    '<author><name>Lakeport</name></author>',
    ...entries.flatMap(({ message, published, updated, steps }) => [
      '<entry>',
      element('id', `${tag}:message/${message.id}`),
      element('published', published),
      element('updated', updated),
      link('alternate', 'text/html', pageOf(message, origin)),
      element('title', message.title),
      `<category term="${escaped(message.severity)}"/>`,
      `<content type="html">${escaped(steps.toReversed().map(paragraph).join(''))}</content>`,
      '</entry>',
    ]),
    '</feed>',
    '',
  ].join('\n')
}

const element = (name: string, text: string) => `<${name}>${escaped(text)}</${name}>`
const link = (rel: string, type: string, href: string) => `<link rel="${rel}" type="${type}" href="${escaped(href)}"/>`

function entryOf(message: Announcement, now: string) {
  const steps = stepsOf(message, now)
  return {
    message,
    steps,
    published: steps[0]?.at ?? message.published_at,
    updated: latest(message.updated_at, ...steps.map(({ at }) => at)),
  }
}

function stepsOf(message: Announcement, now: string): Step<string>[] {
  switch (message.severity) {
    case 'maintenance':
      return maintenanceSteps(message, now)
    case 'warning':
    case 'critical':
      return incidentSteps(message, now)
    case 'info':
      return incidentSteps(message, now).map((step) =>
        step.kind === 'ended' ? { ...step, status: 'ended', body: 'Ended.' } : { ...step, status: 'information' },
      )
  }
}

/** As the feeds of public status pages write it: clients read the state from the first `<strong>`. */
function paragraph({ at, status, body }: Step<string>): string {
  const day = `${MONTHS[Number(at.slice(5, 7)) - 1]} <var data-var='date'>${Number(at.slice(8, 10))}</var>`
  const when = `<small>${day}, <var data-var='time'>${at.slice(11, 16)}</var> UTC</small>`
  const words = escaped(body).replace(/\r\n|\r|\n/g, '<br>')
  return `<p>${when}<br><strong>${named(status)}</strong> - ${words}</p>`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `in_progress` as people read it: In progress. */
const named = (status: string) => `${status.charAt(0).toUpperCase()}${status.slice(1)}`.replaceAll('_', ' ')
