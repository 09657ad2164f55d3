import { service, warehouse } from '../things.ts'
import type { CompanyPlatform } from './platform.ts'

export const warehouses: readonly CompanyPlatform[] = [
  {
    name: 'Analytics warehouses',
    domain: 'Platform',
    owner: 'Data platform team',
    description: 'The SQL warehouses that everybody asks through.',
    fragility: 0.4,
    watches: [
      {
        name: 'BI serving warehouse',
        description: 'Answers Power BI.',
        kind: 'availability',
        watches: warehouse('BI serving', 'Large', false),
      },
      {
        name: 'ETL warehouse',
        description: 'Runs dbt and scheduled SQL.',
        kind: 'availability',
        watches: warehouse('ETL', 'Medium', true),
      },
      {
        name: 'Self-service warehouse',
        description: 'For analysts; this portal asks through it too.',
        kind: 'availability',
        watches: warehouse('Self-service', 'Small', false),
      },
      {
        name: 'SQL gateway answer time',
        description: 'From asking to the last byte.',
        kind: 'latency',
        watches: service('sql-gateway', 25),
      },
    ],
  },
]
