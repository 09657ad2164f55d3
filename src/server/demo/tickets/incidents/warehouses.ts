import { moves, says, votes } from '../chapters.ts'
import { incident, type Ticket } from '../story.ts'
import { ago, on } from '../when.ts'

export const warehouseIncidents: readonly Ticket[] = [
  incident({
    key: 'etl-queue',
    by: 'chloe',
    at: on(45, '08:25'),
    platform: 'Analytics warehouses',
    title: 'dbt builds wait up to 40 minutes in the queue of the ETL warehouse',
    severity: 'MEDIUM',
    environment: 'production',
    text: [
      'Between 05:30 and 07:00 every day of this week:',
      '',
      '| Build | Waits | Runs |',
      '|---|---:|---:|',
      '| finance | 38 min | 18 min |',
      '| marketing | 21 min | 12 min |',
    ],
    tags: ['performance', 'dbt'],
    life: [
      moves(on(45, '09:10'), 'ingrid', 'IN_PROGRESS'),
      says(
        on(45, '11:30'),
        'ingrid',
        'A notebook sends 600 single inserts through this warehouse at 05:30. It belongs to `supplier_scorecard`.',
      ),
      says(
        on(44, '10:20'),
        'ingrid',
        'I moved the job to the self-service warehouse for now. Waiting time this morning: under 20 s.',
      ),
      moves(on(44, '10:25'), 'ingrid', 'RESOLVED', {
        resolution: 'WORKAROUND',
        note: 'The job runs elsewhere until its owner writes in one batch. It can come back after that.',
      }),
      moves(on(42, '08:30'), 'chloe', 'CLOSED'),
    ],
  }),
  incident({
    key: 'gateway-slow-spikes',
    by: 'chloe',
    at: ago('0:27'),
    platform: 'Analytics warehouses',
    title: 'Power BI reports are slow to load',
    severity: 'MEDIUM',
    environment: 'production',
    text: [
      'Opening a report takes 20 to 40 s, sometimes 3 s. It comes in waves of some minutes. The trace shows that the time',
      'is spent before the query starts:',
      '',
      '```text',
      'connect sql-gateway     812 ms',
      'wait for BI serving  18,430 ms   (queued at capacity)',
      'query                 1,106 ms',
      '```',
    ],
    tags: ['performance', 'power-bi'],
    life: [
      votes(ago('0:21'), 'sofia'),
      votes(ago('0:19'), 'daniel'),
      moves(ago('0:16'), 'ingrid', 'IN_PROGRESS'),
      says(
        ago('0:14'),
        'ingrid',
        'BI serving says that it is degraded, 4 of 4 clusters busy. I am looking at what fills it.',
      ),
    ],
  }),
  incident({
    key: 'reports-keep-loading',
    by: 'daniel',
    at: ago('0:11'),
    title: 'Power BI reports keep loading',
    severity: 'LOW',
    text: ['The ledger report turns and turns and then says *query timeout*. Nothing changed on my side.'],
    tags: ['power-bi'],
    life: [],
  }),
]
