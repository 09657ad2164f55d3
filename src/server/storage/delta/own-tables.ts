import type { Series } from '../series.ts'

/** What only a warehouse has; none of it is copied to an instance. */
export const deltaOwnTables: readonly Series[] = [
  {
    name: 'leases',
    comment: 'Which instance does what only one should do, and until when by the clock of the warehouse.',
    columns: { name: { type: 'text' }, holder: { type: 'text' }, until: { type: 'instant' } },
    key: ['name'],
  },
  {
    name: 'schema_log',
    comment: 'Which definitions of tables were applied, when and by which version.',
    columns: { hash: { type: 'text' }, version: { type: 'text' }, applied_at: { type: 'instant' } },
    key: ['hash'],
  },
]
