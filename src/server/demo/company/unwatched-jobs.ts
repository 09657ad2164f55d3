import { job } from '../things.ts'
import { daily, hourly } from './platform.ts'

const nightly = (key: string, at: number, takes: number) => job(key, { ...daily, at, takes })

/** Jobs that run, but that nobody put on the status page: a real workspace is full of them. */
export const unwatchedJobs = [
  nightly('archive_raw_files', 180, 40),
  nightly('audit_log_export', 30, 12),
  nightly('compact_bronze_tables', 210, 75),
  nightly('contract_sync', 330, 6),
  nightly('customer_deduplication', 100, 65),
  nightly('employee_master_data', 260, 4),
  nightly('exchange_rates', 370, 2),
  nightly('feature_store_backfill', 20, 90),
  nightly('gdpr_erasure', 240, 35),
  nightly('holiday_calendar', 5, 1),
  nightly('ml_drift_report', 420, 18),
  nightly('product_master_data', 310, 22),
  nightly('stores_geocoding', 140, 9),
  nightly('supplier_scorecard', 390, 27),
  nightly('table_statistics', 220, 50),
  job('sandbox_cleanup', { ...hourly, at: 58, takes: 1 }),
]
