import type { ConnectorName } from '../../contracts/sources.ts'
import { type Transport, transportWith } from '../outbound/exchange.ts'
import { databricksTokens, entraTokens } from '../outbound/oauth.ts'
import { asOrigin, createOutbound, type Outbound } from '../outbound/outbound.ts'
import type { Connector } from './connector.ts'
import { databricksJob } from './connectors/databricks-job.ts'
import { databricksPipeline } from './connectors/databricks-pipeline.ts'
import { databricksScim } from './connectors/databricks-scim.ts'
import { databricksTable } from './connectors/databricks-table.ts'
import { databricksWarehouse } from './connectors/databricks-warehouse.ts'
import { dbtArtifacts } from './connectors/dbt-artifacts.ts'
import { fabricJob } from './connectors/fabric-job.ts'
import { httpProbe } from './connectors/http.ts'
import { powerbiRefresh } from './connectors/powerbi-refresh.ts'
import { unmeasured } from './reading.ts'
import type { PeopleReader } from './snapshot.ts'

export interface ConnectorSettings {
  databricks: {
    /** With or without https://. */
    host: string
    clientId: string
    clientSecret: string
    /** Table freshness is asked through it. */
    warehouseId?: string | null
  } | null
  entra: {
    loginUrl: string
    tenantId: string
    clientId: string
    clientSecret: string
    powerbiUrl: string
    fabricUrl: string
    /** Audience of Power BI tokens; sovereign clouds have their own. */
    powerbiScope?: string
  } | null
  dbtArtifactsDir: string | null
  /** False refuses private and loopback addresses too; link-local and metadata ones are refused always. */
  http: { allowPrivate: boolean }
}

/** `push` has nothing to poll. */
export type PolledName = Exclude<ConnectorName, 'push'>
export type Connectors = { [N in PolledName]?: Connector<N> }

const POWERBI_SCOPE = 'https://analysis.windows.net/powerbi/api/.default'

/** Who is in which groups; null without a workspace. */
export function createPeopleReader(
  { databricks }: Pick<ConnectorSettings, 'databricks'>,
  injected: Partial<Transport> = {},
): PeopleReader | null {
  return databricks === null ? null : databricksScim(databricksOutbound(databricks, transportWith(injected)))
}

/** A connector for every source that is configured; `notConfigured` stands in for the rest. */
export function createConnectors(settings: ConnectorSettings, injected: Partial<Transport> = {}): Connectors {
  const transport = transportWith(injected)
  const probe = { allowPrivate: settings.http.allowPrivate, clock: () => performance.now() }
  return {
    ...databricksConnectors(settings.databricks, transport),
    ...entraConnectors(settings.entra, transport),
    http: httpProbe(probe),
    dbt_artifacts: dbtArtifacts({ ...probe, dir: settings.dbtArtifactsDir }),
  }
}

function databricksConnectors(settings: ConnectorSettings['databricks'], transport: Transport): Connectors {
  if (settings === null) return {}
  const databricks = databricksOutbound(settings, transport)
  return {
    databricks_job: databricksJob(databricks),
    databricks_warehouse: databricksWarehouse(databricks),
    databricks_pipeline: databricksPipeline(databricks),
    ...(settings.warehouseId ? { databricks_table: databricksTable(databricks, settings.warehouseId, transport) } : {}),
  }
}

function databricksOutbound(settings: NonNullable<ConnectorSettings['databricks']>, transport: Transport): Outbound {
  const host = asOrigin(settings.host)
  const tokens = databricksTokens({ ...settings, host }, transport)
  return createOutbound({ system: 'Databricks', baseUrl: host, tokens }, transport)
}

/** One client, two audiences: a Power BI token is not one for Fabric. */
function entraConnectors(settings: ConnectorSettings['entra'], transport: Transport): Connectors {
  if (settings === null) return {}
  const outbound = (system: string, url: string, scope: string) => {
    const loginUrl = asOrigin(settings.loginUrl)
    const tokens = entraTokens({ ...settings, loginUrl, scope }, transport)
    return createOutbound({ system, baseUrl: asOrigin(url), tokens }, transport)
  }
  const fabricUrl = asOrigin(settings.fabricUrl)
  return {
    powerbi_refresh: powerbiRefresh(outbound('Power BI', settings.powerbiUrl, settings.powerbiScope ?? POWERBI_SCOPE)),
    fabric_job: fabricJob(outbound('Fabric', fabricUrl, `${fabricUrl}/.default`)),
  }
}

const databricksNames = 'DATABRICKS_HOST, DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET'
const entraNames = 'ENTRA_TENANT_ID, ENTRA_CLIENT_ID and ENTRA_CLIENT_SECRET'
const missing: Partial<Record<ConnectorName, string>> = {
  databricks_job: databricksNames,
  databricks_warehouse: databricksNames,
  databricks_pipeline: databricksNames,
  databricks_table: `DATABRICKS_WAREHOUSE_ID, ${databricksNames}`,
  powerbi_refresh: entraNames,
  fabric_job: entraNames,
}

/** Stands in for a source without settings: each of its checks could not be measured, and says what to set. */
export function notConfigured<N extends ConnectorName>(name: N): Connector<N> {
  const names = missing[name]
  const reading = unmeasured(`This source is not configured${names === undefined ? '' : `: set ${names}`}.`)
  return { name, poll: (checks) => Promise.resolve(new Map(checks.map((check) => [check.id, reading]))) }
}
