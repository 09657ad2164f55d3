import { dataset, job, pipeline, service, table } from '../things.ts'
import { type CompanyPlatform, daily, hourly } from './platform.ts'

const pricingApi = service('pricing-api', 35)

export const sales: readonly CompanyPlatform[] = [
  {
    name: 'Sales lakehouse',
    domain: 'Sales',
    owner: 'Sales data team',
    description: 'Orders and store sales, from the source systems to the gold tables everybody reports on.',
    fragility: 0.5,
    watches: [
      {
        name: 'Web orders load',
        description: 'Loads the orders of the web shop every hour.',
        kind: 'freshness',
        watches: job('web_orders_load', { every: 60, at: 5, takes: 12, limits: [120, 720] }),
      },
      {
        name: 'Store sales load',
        description: 'Loads the receipts of 412 stores every hour.',
        kind: 'freshness',
        watches: job('store_sales_load', { ...hourly, at: 20, takes: 15 }),
      },
      {
        name: 'Orders table',
        description: 'Newest order in the gold table.',
        kind: 'freshness',
        watches: table('sales.gold.orders', 'order_ts', 6, [60, 240]),
      },
      {
        name: 'Sales medallion',
        description: 'Declarative pipeline from bronze to gold.',
        kind: 'availability',
        watches: pipeline('sales_medallion', { every: 30, at: 10, takes: 8, limits: [90, 360] }),
      },
    ],
  },
  {
    name: 'Sales reporting',
    domain: 'Sales',
    owner: 'Sales controlling',
    description: 'Power BI datasets behind the daily sales meeting.',
    fragility: 0.4,
    watches: [
      {
        name: 'Daily sales dataset',
        description: 'Refreshed every hour during the day and the night.',
        kind: 'freshness',
        watches: dataset('Sales reporting', 'Daily sales', { ...hourly, at: 40, takes: 9 }),
        recoverMinutes: 5,
      },
      {
        name: 'Opportunity dataset',
        description: 'Refreshed every morning from the CRM.',
        kind: 'freshness',
        watches: dataset('Sales reporting', 'Opportunities', { ...daily, at: 300, takes: 24 }),
      },
    ],
  },
  {
    name: 'Pricing engine',
    domain: 'Sales',
    owner: 'Pricing squad',
    description: 'Answers what an article costs, in the shop and at the till.',
    fragility: 0.45,
    watches: [
      {
        name: 'Pricing API',
        description: 'Says that it is ok.',
        kind: 'availability',
        watches: pricingApi,
        forMinutes: 2,
        recoverMinutes: 2,
      },
      {
        name: 'Pricing API answer time',
        description: 'From asking to the last byte.',
        kind: 'latency',
        watches: pricingApi,
        forMinutes: 5,
        recoverMinutes: 5,
      },
      {
        name: 'Price list export',
        description: 'Price lists for the stores, six times a day.',
        kind: 'freshness',
        watches: job('price_list_export', { every: 240, at: 30, takes: 10, limits: [360, 900] }),
      },
    ],
  },
]
