import { historyOf } from '../ddl.ts'
import { series, statusResults, statusRollups } from '../series.ts'
import { tables } from '../tables.ts'
import { LOOKBACK } from './lookback.ts'

/** Parameters of the maintenance job. */
export const maintenanceParameters = ['catalog', 'schema', 'results_days', 'rollup_days', 'runs_days'] as const

/** Raw observations go when their day is rolled up, but for those that a check's state follows from. */
const deleteResults = `MERGE INTO ${statusResults.name} AS t USING (
  SELECT old.check_id, old.measured_at FROM (
    SELECT check_id, measured_at,
      row_number() OVER (PARTITION BY check_id ORDER BY measured_at DESC) AS nth,
      row_number() OVER (PARTITION BY check_id, outcome ORDER BY measured_at DESC) AS nth_of_outcome,
      row_number() OVER (PARTITION BY check_id, outcome = 'ok' AND data_time IS NOT NULL ORDER BY data_time DESC) AS nth_of_data
    FROM ${statusResults.name}
  ) AS old
  JOIN ${statusRollups.name} AS kept ON kept.subject_kind = 'check' AND kept.subject_id = old.check_id
    AND kept.day = date_format(old.measured_at, 'yyyy-MM-dd')
  WHERE old.measured_at < dateadd(DAY, -CAST(:results_days AS INT), current_timestamp())
    AND old.nth > ${LOOKBACK} AND old.nth_of_outcome > 1 AND old.nth_of_data > 1
) AS s ON t.check_id = s.check_id AND t.measured_at = s.measured_at
WHEN MATCHED THEN DELETE`

const deleteRollups = `DELETE FROM ${statusRollups.name}
WHERE day < date_format(dateadd(DAY, -CAST(:rollup_days AS INT), current_timestamp()), 'yyyy-MM-dd')`

/** Runs that ended long ago, but for the newest of each source and its newest success. */
const deleteRuns = [
  `MERGE INTO ingestion_runs AS t USING (
  SELECT id FROM (
    SELECT id, ended_at,
      row_number() OVER (PARTITION BY source ORDER BY started_at DESC) AS nth,
      row_number() OVER (PARTITION BY source, state ORDER BY started_at DESC) AS nth_of_state
    FROM ingestion_runs
  ) AS runs
  WHERE ended_at < dateadd(DAY, -CAST(:runs_days AS INT), current_timestamp()) AND nth > 1 AND nth_of_state > 1
) AS s ON t.id = s.id
WHEN MATCHED THEN DELETE`,
  `MERGE INTO ${historyOf('ingestion_runs')} AS t USING (
  SELECT DISTINCT old.id FROM ${historyOf('ingestion_runs')} AS old
  LEFT ANTI JOIN ingestion_runs AS kept ON kept.id = old.id
) AS s ON t.id = s.id
WHEN MATCHED THEN DELETE`,
]

/** Older versions of rows that were copied twice, after a crash or a lost answer, are left: readers see one of them. */
export const retentionStatements: readonly string[] = [deleteResults, deleteRollups, ...deleteRuns]

const names = [
  ...Object.values(tables).flatMap(({ name }) => [name, historyOf(name)]),
  ...series.map(({ name }) => name),
]

/**
 * What the scheduled job of the bundle does. Where predictive optimization is on, the second half finds nothing to do.
 * History that a query could travel back to goes with VACUUM after the table's own retention, seven days unless changed.
 */
export const maintenanceStatements: readonly string[] = [
  'USE CATALOG IDENTIFIER(:catalog)',
  'USE SCHEMA IDENTIFIER(:schema)',
  ...retentionStatements,
  ...names.map((name) => `OPTIMIZE ${name}`),
  ...names.map((name) => `VACUUM ${name}`),
]
