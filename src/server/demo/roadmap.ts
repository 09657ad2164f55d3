import type { Phase } from '../../contracts/roadmap-ref.ts'
import { DAY_MS } from '../time.ts'
import { type Colleague, people, platformIdOf } from './tickets/people.ts'

/** One item of the sample roadmap: who added it when, which tickets it answers, and how it was put off. */
export interface CardStory {
  key: string
  /** Address of whoever wrote it, and of whoever put it off. */
  by: string
  at: number
  create: {
    title: string
    theme: string
    phase: Phase
    target_quarter: string | null
    description: string
    platform_id: string | null
    owner: string
  }
  /** Keys of sample tickets. */
  tickets: readonly string[]
  /** Oldest first. A phase is changed by a move, a quarter by an edit. */
  slips: readonly { at: number; to: { phase: Phase } | { target_quarter: string }; reason: string }[]
}

interface Told {
  key: string
  by?: Colleague
  days: number
  title: string
  theme: string
  phase: Phase
  /** Quarters from this one. */
  quarter?: number
  platform?: string
  owner?: string
  text: string
  tickets?: readonly string[]
  slips?: readonly { days: number; phase?: Phase; quarter?: number; reason: string }[]
}

/** The sample roadmap as of an instant, in the order in which it was written. */
export const sampleRoadmap = (now: number): CardStory[] =>
  told
    .map(({ key, by = 'elif', days, quarter, platform, owner = '', text, tickets = [], slips = [], ...card }) => ({
      key,
      by: people[by].email,
      at: now - days * DAY_MS,
      create: {
        ...card,
        target_quarter: quarter === undefined ? null : quarterFrom(now, quarter),
        description: text,
        platform_id: platform === undefined ? null : platformIdOf(platform),
        owner,
      },
      tickets,
      slips: slips.map(({ days: daysAgo, phase, quarter: later = 0, reason }) => ({
        at: now - daysAgo * DAY_MS,
        to: phase === undefined ? { target_quarter: quarterFrom(now, later) } : { phase },
        reason,
      })),
    }))
    .sort((a, b) => a.at - b.at)

/** `2026-Q4` is followed by `2027-Q1`. */
export function quarterFrom(now: number, steps: number): string {
  const date = new Date(now)
  const quarters = date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3) + steps
  return `${Math.floor(quarters / 4)}-Q${(quarters % 4) + 1}`
}

const told: readonly Told[] = [
  {
    key: 'channels',
    days: 46,
    title: 'Alerts in the channel of each team',
    theme: 'Trust in data',
    phase: 'now',
    quarter: 0,
    owner: 'Platform team',
    text: 'One message when a check turns red and one when it is green again, in the channel that the owner of the platform has chosen.\n\n- nothing during an announced maintenance\n- at most one message an hour per check',
    tickets: ['tell-our-channel'],
  },
  {
    key: 'fresh-stock',
    by: 'luca',
    days: 40,
    title: 'Stock levels within fifteen minutes',
    theme: 'Freshness',
    phase: 'now',
    quarter: 0,
    platform: 'Supply chain control tower',
    owner: 'Supply chain data',
    text: 'The load follows the changes of the store systems instead of copying everything every two hours.',
    tickets: ['stock-levels-stand-still', 'stock-map-colours'],
    slips: [
      { days: 12, quarter: 1, reason: 'The vendor of the store systems delivers its change feed four weeks later.' },
    ],
  },
  {
    key: 'daily-sales',
    by: 'jonas',
    days: 60,
    title: 'Daily sales every 15 minutes',
    theme: 'Freshness',
    phase: 'now',
    quarter: 0,
    platform: 'Sales reporting',
    owner: 'Sales reporting',
    text: 'The dataset refreshes by itself once the orders of the last quarter of an hour are in `sales.gold.orders`.',
    tickets: ['daily-sales-quarter-hour', 'daily-sales-too-low'],
  },
  {
    key: 'net-sales',
    days: 75,
    title: 'One definition of net sales',
    theme: 'Trust in data',
    phase: 'next',
    quarter: 1,
    owner: 'Finance and sales reporting',
    text: 'Finance and sales agree on one definition, with and without returns. Reports that differ are changed or renamed.',
    tickets: ['one-net-sales', 'returns-beside-orders'],
    slips: [{ days: 30, phase: 'later', reason: 'The year-end of finance comes first.' }],
  },
  {
    key: 'cost',
    by: 'ingrid',
    days: 35,
    title: 'Cost of the warehouses by team',
    theme: 'Cost',
    phase: 'next',
    quarter: 1,
    platform: 'Analytics warehouses',
    owner: 'Platform team',
    text: 'Every query carries the team that it is for; a report shows what each team used by day.',
    tickets: ['cost-per-team', 'self-service-mornings'],
  },
  {
    key: 'renames',
    days: 28,
    title: 'A warning before a gold column is renamed',
    theme: 'Trust in data',
    phase: 'next',
    quarter: 1,
    owner: 'Platform team',
    text: 'Owners announce a change two weeks before; the portal shows it to everybody whose reports read the table.',
    tickets: ['warn-before-rename'],
  },
  {
    key: 'consent',
    by: 'samuel',
    days: 22,
    title: 'Consents within the quarter of an hour',
    theme: 'Freshness',
    phase: 'next',
    quarter: 1,
    platform: 'Customer 360',
    owner: 'Customer data',
    text: 'Nobody who withdrew their consent is in a list that is sent.',
    tickets: ['consent-every-quarter-hour', 'consent-still-mailed'],
  },
  {
    key: 'forecast-range',
    by: 'aiko',
    days: 50,
    title: 'Forecast with a range',
    theme: 'Planning',
    phase: 'later',
    quarter: 2,
    platform: 'Demand forecasting',
    owner: 'Demand planning',
    text: 'Beside each number how sure it is, so that stores can keep more of what is uncertain.',
    tickets: ['forecast-range', 'forecast-sunday-zero'],
  },
  {
    key: 'arrival',
    by: 'luca',
    days: 18,
    title: 'Expected day of arrival per parcel',
    theme: 'Planning',
    phase: 'later',
    platform: 'Logistics tracking',
    owner: 'Logistics',
    text: 'From the scans of the carriers, for customer service first.',
    tickets: ['arrival-per-parcel'],
  },
  {
    key: 'campaigns',
    by: 'samuel',
    days: 16,
    title: 'Campaign figures by the hour',
    theme: 'Freshness',
    phase: 'later',
    platform: 'Marketing analytics',
    text: 'On the days of a launch only; the rest of the year once a day is enough.',
    tickets: ['campaigns-hourly'],
  },
  {
    key: 'one-glossary',
    days: 90,
    title: 'One glossary for all reports',
    theme: 'Trust in data',
    phase: 'done',
    quarter: -1,
    owner: 'Platform team',
    text: 'Terms of all domains are in this portal and explain themselves where they are used.',
  },
  {
    key: 'price-history',
    by: 'priya',
    days: 100,
    title: 'Price lists of 24 months',
    theme: 'Planning',
    phase: 'done',
    quarter: -1,
    platform: 'Pricing engine',
    owner: 'Pricing',
    text: 'The history is in `pricing.gold.price_lists`.',
    tickets: ['price-history'],
  },
]
