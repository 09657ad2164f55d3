import type { ConnectorName } from '../contracts/sources.ts'
import type { Config } from './config.ts'
import { WAREHOUSE_ID } from './demo/estate.ts'
import type { Connector } from './ingest/connector.ts'
import {
  type ConnectorSettings,
  type Connectors,
  createConnectors,
  createPeopleReader,
  notConfigured,
} from './ingest/registry.ts'
import type { PeopleReader } from './ingest/snapshot.ts'

/** The real systems that the configuration names. */
export function realConnections(config: Config): ConnectorSettings {
  return {
    databricks:
      config.DATABRICKS_HOST === '' || config.DATABRICKS_CLIENT_ID === ''
        ? null
        : {
            host: config.DATABRICKS_HOST,
            clientId: config.DATABRICKS_CLIENT_ID,
            clientSecret: config.DATABRICKS_CLIENT_SECRET,
            warehouseId: config.DATABRICKS_WAREHOUSE_ID || null,
          },
    entra:
      config.ENTRA_CLIENT_ID === ''
        ? null
        : {
            loginUrl: config.ENTRA_LOGIN_URL,
            tenantId: config.ENTRA_TENANT_ID,
            clientId: config.ENTRA_CLIENT_ID,
            clientSecret: config.ENTRA_CLIENT_SECRET,
            powerbiUrl: config.POWERBI_URL,
            fabricUrl: config.FABRIC_URL,
          },
    dbtArtifactsDir: config.DBT_ARTIFACTS_DIR || null,
    http: { allowPrivate: true },
  }
}

/** The sample workspace in the place of every system. Its clients are known to nobody else. */
export function sampleConnections(workspaceUrl: string): ConnectorSettings {
  return {
    databricks: { host: workspaceUrl, clientId: 'sample', clientSecret: 'sample', warehouseId: WAREHOUSE_ID },
    entra: {
      loginUrl: workspaceUrl,
      tenantId: 'sample',
      clientId: 'sample',
      clientSecret: 'sample',
      powerbiUrl: workspaceUrl,
      fabricUrl: workspaceUrl,
    },
    dbtArtifactsDir: null,
    http: { allowPrivate: true },
  }
}

/** Who is in which groups, where that is asked for; the sample workspace always tells. */
export const peopleReaderFrom = (config: Config, settings: ConnectorSettings): PeopleReader | null =>
  config.isDemo || config.GROUPS_FROM_SCIM ? createPeopleReader(settings) : null

/** The connector of a source, or one that says what to set. */
export function connectorsFrom(settings: ConnectorSettings): (source: ConnectorName) => Connector {
  const connectors: Connectors = createConnectors(settings)
  return (source) => {
    if (source === 'push') throw new Error('A push check is told; nothing polls it.')
    return (connectors[source] ?? notConfigured(source)) as Connector // Named alike, so it polls checks of that source.
  }
}
