import { dataset, dbt, item, job, report, table } from '../things.ts'
import { type CompanyPlatform, daily, hourly } from './platform.ts'

export const finance: readonly CompanyPlatform[] = [
  {
    name: 'Finance reporting',
    domain: 'Finance',
    owner: 'Group controlling',
    description: 'Ledger and cash reports for the board and the controllers.',
    fragility: 0.3,
    watches: [
      {
        name: 'General ledger dataset',
        description: 'Refreshed every morning before the controllers start.',
        kind: 'freshness',
        watches: dataset('Finance reporting', 'General ledger', { ...daily, at: 270, takes: 32 }),
      },
      {
        name: 'Cash forecast dataset',
        description: 'Refreshed four times a day.',
        kind: 'freshness',
        watches: dataset('Finance reporting', 'Cash forecast', { every: 360, at: 45, takes: 11, limits: [480, 1440] }),
      },
    ],
  },
  {
    name: 'Group consolidation',
    domain: 'Finance',
    owner: 'Finance data team',
    description: 'Consolidates the books of all countries every night.',
    fragility: 0.4,
    watches: [
      {
        name: 'Nightly consolidation',
        description: 'Must be through before the working day in Singapore ends.',
        kind: 'freshness',
        watches: job('consolidation_nightly', { every: 1440, at: 90, takes: 55, limits: [1560, 2160] }),
      },
      {
        name: 'Finance models',
        description: 'dbt build of the finance project, tests included.',
        kind: 'quality',
        watches: dbt(
          'finance',
          'run_results',
          ['model.finance.gl_balances', 'model.finance.fx_rates', 'test.finance.unique_gl_balances_id'],
          { every: 360, at: 200, takes: 18, limits: [480, 1440] },
        ),
      },
      {
        name: 'Ledger balances table',
        description: 'Newest posting in the gold table.',
        kind: 'freshness',
        watches: table('finance.gold.gl_balances', 'posted_at', 20, [120, 480]),
      },
    ],
  },
  {
    name: 'Treasury desk',
    domain: 'Finance',
    owner: 'Treasury',
    description: 'Bank statements in, payment files out.',
    fragility: 0.4,
    watches: [
      {
        name: 'Bank statement import',
        description: 'Fabric pipeline that fetches statements from the banks.',
        kind: 'freshness',
        watches: item('Treasury', 'Bank statements', 'Pipeline', { ...hourly, at: 15, takes: 6 }),
      },
      {
        name: 'Payment file handover',
        description: 'The payment hub reports every file that it handed to the bank.',
        kind: 'quality',
        watches: report('payment_hub', { every: 60, at: 50, takes: 3, limits: [90, 240] }),
      },
    ],
  },
]
