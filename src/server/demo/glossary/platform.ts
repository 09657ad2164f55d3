import { domain, table } from './term.ts'

const handbook = (name: string, path: string) => [name, `https://handbook.example.com/${path}`] as const

export const platformTerms = domain('Data platform', [
  {
    term: 'Lakehouse',
    steward: 'elif',
    synonyms: ['Data lakehouse'],
    text: ['Files in open formats that can be asked like a database. Ours has one per domain.'],
    assets: [handbook('Architecture', 'architecture')],
  },
  {
    term: 'Data warehouse',
    steward: 'elif',
    synonyms: ['DWH', 'EDW'],
    text: ['The old database, switched off in spring. Many reports still carry its name.'],
    is: { insteadOf: 'Data platform: Lakehouse' },
  },
  {
    term: 'Bronze table',
    steward: 'mara',
    synonyms: ['Raw table', 'Landing table'],
    text: ['Data as the source sent it, nothing left out. For engineers, never for reports.'],
    assets: [handbook('Layers', 'layers')],
  },
  {
    term: 'Silver table',
    steward: 'mara',
    synonyms: ['Cleaned table'],
    text: ['One row per thing, typed and without repetitions. Names are still those of the source.'],
    assets: [handbook('Layers', 'layers')],
  },
  {
    term: 'Gold table',
    steward: 'mara',
    synonyms: ['Curated table', 'Data mart'],
    text: ['Made for reporting, with names of this glossary and a contract: what may change, and who is told before.'],
    assets: [handbook('Layers', 'layers'), table('sales.gold.orders')],
  },
  {
    term: 'Data contract',
    steward: 'ingrid',
    synonyms: ['Table contract'],
    text: ['What the owner of a gold table promises: columns, meaning, freshness. A build that breaks it fails.'],
    assets: [handbook('Contracts', 'contracts')],
  },
  {
    term: 'Freshness',
    steward: 'ingrid',
    synonyms: ['Data freshness', 'Latency of data'],
    text: ['How long ago the newest row happened, not how long ago a job ran.'],
    assets: [handbook('Service levels', 'service-levels')],
  },
  {
    term: 'Service level',
    steward: 'ingrid',
    synonyms: ['SLA', 'SLO'],
    text: ['By when data is there, and on how many days of a month. Stands on the page of the platform.'],
    assets: [handbook('Service levels', 'service-levels')],
  },
  {
    term: 'Backfill',
    steward: 'mara',
    synonyms: ['Reload', 'Historic load'],
    text: ['Computing a table again for days that are past. Announced as maintenance when it takes more than an hour.'],
  },
  {
    term: 'Lineage',
    steward: 'ingrid',
    synonyms: ['Data lineage'],
    text: ['Which tables and reports a table is made from and used in, read off the queries that ran.'],
  },
  {
    term: 'Data steward',
    steward: 'elif',
    synonyms: ['Steward'],
    text: ['Who answers for what a term means. Not the owner of a table, who answers for what is in it.'],
    assets: [handbook('Roles', 'roles')],
  },
  {
    term: 'Dataset',
    steward: 'jonas',
    synonyms: ['Semantic model'],
    text: ['Tables and measures behind reports, refreshed on a schedule.'],
  },
  {
    term: 'Data cube',
    steward: 'elif',
    text: ['The cubes of the old warehouse. There is none any more, and nothing took their place as a whole.'],
    is: { outOfUse: true },
  },
  {
    term: 'Data product',
    steward: 'elif',
    synonyms: ['Product'],
    text: ['Tables, contract and owner as one thing that others can rely on. What belongs to one is being discussed.'],
    is: 'draft',
  },
])
