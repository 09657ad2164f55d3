import { dataset, dbt, item, job, pipeline, table } from '../things.ts'
import { type CompanyPlatform, hourly } from './platform.ts'

export const customer: readonly CompanyPlatform[] = [
  {
    name: 'Customer 360',
    domain: 'Customer',
    owner: 'Customer data team',
    description: 'One profile per customer, with consent.',
    fragility: 0.45,
    watches: [
      {
        name: 'Profile build',
        description: 'Pipeline that joins shop, store and service contacts.',
        kind: 'freshness',
        watches: pipeline('customer_profiles', { every: 30, at: 0, takes: 9, limits: [60, 360] }),
      },
      {
        name: 'Profiles table',
        description: 'Newest change in the gold table.',
        kind: 'freshness',
        watches: table('customer.gold.profiles', 'updated_at', 12, [120, 480]),
      },
      {
        name: 'Consent sync',
        description: 'Takes over withdrawn consents every hour.',
        kind: 'availability',
        watches: job('consent_sync', { ...hourly, at: 55, takes: 4 }),
      },
    ],
  },
  {
    name: 'Marketing analytics',
    domain: 'Customer',
    owner: 'Marketing analytics',
    description: 'Campaigns, audiences and what they brought in.',
    fragility: 0.45,
    watches: [
      {
        name: 'Campaign dataset',
        description: 'Refreshed six times a day.',
        kind: 'freshness',
        watches: dataset('Marketing', 'Campaigns', { every: 240, at: 65, takes: 14, limits: [420, 1440] }),
      },
      {
        name: 'Campaign models',
        description: 'dbt build of the marketing project, tests included.',
        kind: 'quality',
        watches: dbt(
          'marketing',
          'run_results',
          ['model.marketing.campaigns', 'model.marketing.audiences', 'test.marketing.not_null_campaigns_id'],
          { every: 240, at: 150, takes: 12, limits: [480, 1440] },
        ),
      },
      {
        name: 'Audience export',
        description: 'Fabric job that hands audiences to the ad networks.',
        kind: 'freshness',
        watches: item('Marketing', 'Audience export', 'DefaultJob', {
          every: 360,
          at: 180,
          takes: 16,
          limits: [540, 1440],
        }),
      },
    ],
  },
]
