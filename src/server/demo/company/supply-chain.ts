import { dbt, item, job, pipeline, report, service, table } from '../things.ts'
import { type CompanyPlatform, daily, hourly } from './platform.ts'

export const supplyChain: readonly CompanyPlatform[] = [
  {
    name: 'Supply chain control tower',
    domain: 'Supply chain',
    owner: 'Logistics data team',
    description: 'Stock and replenishment, close to real time.',
    fragility: 0.5,
    watches: [
      {
        name: 'Stock levels table',
        description: 'Newest stock movement in the gold table.',
        kind: 'freshness',
        watches: table('supply.gold.stock_levels', 'movement_ts', 4, [30, 180]),
      },
      {
        name: 'Control tower API',
        description: 'Says that it is ok.',
        kind: 'availability',
        watches: service('control-tower', 50),
        forMinutes: 2,
        recoverMinutes: 2,
      },
      {
        name: 'Inventory snapshot',
        description: 'Pipeline that photographs all stock twice an hour.',
        kind: 'freshness',
        watches: pipeline('inventory_snapshot', { every: 30, at: 20, takes: 6, limits: [90, 360] }),
      },
    ],
  },
  {
    name: 'Demand forecasting',
    domain: 'Supply chain',
    owner: 'Forecasting squad',
    description: 'Predicts demand per article and store, retrained every night.',
    fragility: 0.65,
    watches: [
      {
        name: 'Forecast scoring',
        description: 'Scores the coming 14 days every hour.',
        kind: 'freshness',
        watches: job('forecast_scoring', { ...hourly, at: 35, takes: 14 }),
      },
      {
        name: 'Forecast training',
        description: 'Retrains the models every night.',
        kind: 'availability',
        watches: job('forecast_training', { ...daily, at: 15, takes: 140 }),
      },
      {
        name: 'Forecast accuracy',
        description: 'The evaluation notebook reports its error every three hours.',
        kind: 'quality',
        watches: report('forecast_evaluation', { every: 180, at: 70, takes: 8, limits: [240, 600] }),
      },
    ],
  },
  {
    name: 'Logistics tracking',
    domain: 'Supply chain',
    owner: 'Logistics data team',
    description: 'Where every parcel is, as far as the carriers tell.',
    fragility: 0.45,
    watches: [
      {
        name: 'Carrier events',
        description: 'Fabric notebook that collects the events of nine carriers.',
        kind: 'freshness',
        watches: item('Logistics', 'Carrier events', 'RunNotebook', { ...hourly, at: 25, takes: 7 }),
      },
      {
        name: 'Carrier sources',
        description: 'dbt source freshness of the logistics project.',
        kind: 'freshness',
        watches: dbt(
          'logistics',
          'sources',
          ['source.logistics.raw.parcels', 'source.logistics.raw.scans', 'source.logistics.raw.returns'],
          { every: 30, at: 8, takes: 2, limits: [180, 720] },
        ),
      },
    ],
  },
]
