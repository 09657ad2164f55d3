import type { SourceName } from '../../contracts/sources.ts'
import type { checkKinds, IngestionRun } from '../../contracts/status.ts'

export const sourceNames: Record<SourceName, string> = {
  databricks_job: 'Databricks job',
  databricks_warehouse: 'Databricks SQL warehouse',
  databricks_pipeline: 'Databricks pipeline',
  databricks_table: 'Databricks table',
  powerbi_refresh: 'Power BI refresh',
  fabric_job: 'Fabric job',
  http: 'HTTP endpoint',
  dbt_artifacts: 'dbt artifacts',
  push: 'Reported by a job',
  databricks_scim: 'Databricks groups',
}

export const kindNames: Record<(typeof checkKinds)[number], string> = {
  freshness: 'Freshness',
  availability: 'Availability',
  latency: 'Latency',
  quality: 'Quality',
}

export const runShown = { SUCCESS: 'green', FAIL: 'red' } as const
export const runWords: Record<IngestionRun['state'], string> = {
  RUNNING: 'Running',
  SUCCESS: 'Succeeded',
  FAIL: 'Failed',
}
