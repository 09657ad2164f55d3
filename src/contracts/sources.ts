import * as Type from 'typebox'
import { closed, line } from './primitives.ts'

const DatabricksId = Type.String({ pattern: '^[A-Za-z0-9_-]+$', minLength: 1, maxLength: 64 })
/** Job and run ids may pass 2^53, so they travel as digits. */
const JobId = Type.String({ pattern: '^[0-9]+$', minLength: 1, maxLength: 20 })
const Guid = Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$', maxLength: 36 })
const TableName = Type.String({ pattern: '^[^.\\s`]+\\.[^.\\s`]+\\.[^.\\s`]+$', maxLength: 255 })
const ColumnName = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$', maxLength: 255 })
const HttpUrl = Type.String({ pattern: '^https?://[^\\s/?#@]+([/?#][^\\s]*)?$', maxLength: 2000 })
const Ms = Type.Integer({ minimum: 1, maximum: 600_000 })

/**
 * Where a check's facts come from: a connector's name and what that connector must know. The keys are the connectors;
 * `connector` is also the name of the ingestion source that polls them.
 */
export const sources = {
  databricks_job: closed({ connector: Type.Literal('databricks_job'), job_id: JobId }),
  databricks_warehouse: closed({ connector: Type.Literal('databricks_warehouse'), warehouse_id: DatabricksId }),
  databricks_pipeline: closed({ connector: Type.Literal('databricks_pipeline'), pipeline_id: DatabricksId }),
  databricks_table: closed({
    connector: Type.Literal('databricks_table'),
    table: TableName,
    /** Column whose maximum is the data's own time. */
    time_column: ColumnName,
  }),
  powerbi_refresh: closed({ connector: Type.Literal('powerbi_refresh'), group_id: Guid, dataset_id: Guid }),
  fabric_job: closed({ connector: Type.Literal('fabric_job'), workspace_id: Guid, item_id: Guid }),
  http: closed({
    connector: Type.Literal('http'),
    url: HttpUrl,
    /** Statuses that count as up; 200 to 299 unless said. */
    statuses: Type.Optional(Type.Array(Type.Integer({ minimum: 100, maximum: 599 }), { minItems: 1, maxItems: 20 })),
    latency_warn_ms: Type.Optional(Ms),
    latency_crit_ms: Type.Optional(Ms),
    /** Dotted path into a JSON answer (`data.status`); with `json_equals`, the text that must be there. */
    json_path: Type.Optional(Type.String({ pattern: '^[^.\\s]+(\\.[^.\\s]+)*$', maxLength: 200 })),
    json_equals: Type.Optional(line(200)),
    /** Days before the certificate ends at which to warn; https only. */
    certificate_warn_days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })),
  }),
  dbt_artifacts: closed({
    connector: Type.Literal('dbt_artifacts'),
    artifact: Type.Union([Type.Literal('sources'), Type.Literal('run_results')]),
    /** An http(s) URL, or a path inside the folder that `DBT_ARTIFACTS_DIR` names. */
    location: line(2000),
    /** One node (`source.shop.raw.orders`); the worst of all when absent. */
    unique_id: Type.Optional(line(500)),
  }),
  push: closed({ connector: Type.Literal('push') }),
} as const

export type ConnectorName = keyof typeof sources
export const connectorNames = Object.keys(sources) as ConnectorName[]
export type SourceOf<N extends ConnectorName> = Type.Static<(typeof sources)[N]>
export type Source = { [N in ConnectorName]: SourceOf<N> }[ConnectorName]

/** Tagged by `connector`, so that a validator names the one field that is wrong instead of every branch's. */
export const Source = Type.Unsafe<Source>({
  type: 'object',
  discriminator: { propertyName: 'connector' },
  required: ['connector'],
  oneOf: Object.values(sources),
})

/** Sources that the portal reads as a whole for itself, and that feed no check: who is in which groups. */
export const snapshotNames = ['databricks_scim'] as const
export type SnapshotName = (typeof snapshotNames)[number]
export const isSnapshot = (source: SourceName): source is SnapshotName => snapshotNames.some((name) => name === source)

/** Everything that ingestion runs are recorded of. */
export type SourceName = ConnectorName | SnapshotName
export const sourceNames: readonly SourceName[] = [...connectorNames, ...snapshotNames]

/** What can be polled; a `push` check is told instead. */
export const pollable = sourceNames.filter((name) => name !== 'push')
