import { warehouseIdOf } from '../estate.ts'
import { warehouseAt } from '../moments.ts'
import type { Story } from '../story.ts'
import type { WarehouseThing } from '../things.ts'

/** One entry of `GET /api/2.0/sql/warehouses`. */
export function asWarehouse(story: Story, thing: WarehouseThing, at: number): Record<string, unknown> {
  const { state, health, clusters } = warehouseAt(story, thing, at)
  const id = warehouseIdOf(thing.key)
  return {
    id,
    name: thing.name,
    state,
    cluster_size: thing.size,
    min_num_clusters: 1,
    max_num_clusters: 4,
    num_clusters: clusters,
    num_active_sessions: clusters * 3,
    auto_stop_mins: 10,
    enable_serverless_compute: true,
    enable_photon: true,
    warehouse_type: 'PRO',
    creator_name: 'platform-team@example.com',
    jdbc_url: `jdbc:databricks://sample.example.com:443/default;transportMode=http;ssl=1;httpPath=/sql/1.0/warehouses/${id}`,
    odbc_params: { hostname: 'sample.example.com', path: `/sql/1.0/warehouses/${id}`, protocol: 'https', port: 443 },
    tags: {},
    health: health === 'HEALTHY' ? { status: health } : { status: health, ...troubles[health] },
  }
}

const troubles = {
  DEGRADED: {
    summary: 'Queries are queued: the warehouse cannot add clusters at the moment.',
    details: 'The cloud provider has not delivered the requested instances.',
    failure_reason: { code: 'CLOUD_PROVIDER_RESOURCE_STOCKOUT', type: 'CLOUD_FAILURE', parameters: {} },
  },
  FAILED: {
    summary: 'The warehouse cannot run queries: its clusters fail to start.',
    details: 'The clusters could not reach the storage of the workspace.',
    failure_reason: { code: 'BOOTSTRAP_TIMEOUT', type: 'CLOUD_FAILURE', parameters: {} },
  },
} as const
