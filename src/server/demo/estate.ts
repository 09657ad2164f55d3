import type { Source } from '../../contracts/sources.ts'
import type { Platform, StatusCheck } from '../../contracts/status.ts'
import { idOf } from '../storage/ids.ts'
import { chance } from './chance.ts'
import { company } from './company/company.ts'
import type { CompanyPlatform, Watch } from './company/platform.ts'
import { isScheduled, nameOf, type RunThing, type Thing } from './things.ts'

type Recorded = 'version' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by'

export type SamplePlatform = Omit<Platform, Recorded | 'is_retired'>

export interface SampleCheck extends Omit<StatusCheck, Recorded> {
  /** What its source names, in the sample workspace. */
  watches: Thing
}

export interface Estate {
  platforms: readonly SamplePlatform[]
  checks: readonly SampleCheck[]
}

const INTERVAL_SECONDS = 60
/** Every id is a UUIDv5 of a name: seeding twice makes one estate. */
const platformId = (name: string) => idOf('sample_platform', name)

/**
 * The platforms and checks of the sample company, ready to be created.
 * @param workspaceUrl where the sample workspace listens; only http checks and dbt artifacts name it
 */
export function sampleEstate(workspaceUrl: string): Estate {
  return {
    platforms: company.map(({ name, domain, owner, description }) => ({
      id: platformId(name),
      name,
      domain,
      owner,
      description,
    })),
    checks: company.flatMap((platform) => platform.watches.map((watch) => asCheck(platform, watch, workspaceUrl))),
  }
}

function asCheck(platform: CompanyPlatform, watch: Watch, workspaceUrl: string): SampleCheck {
  const limits = limitsOf(watch)
  return {
    id: idOf('sample_check', platform.name, watch.name),
    platform_id: platformId(platform.name),
    name: watch.name,
    description: watch.description,
    kind: watch.kind,
    source: sourceOf(watch, workspaceUrl),
    interval_seconds: INTERVAL_SECONDS,
    warn_after_seconds: limits === null ? null : limits[0] * 60,
    crit_after_seconds: limits === null ? null : limits[1] * 60,
    for_minutes: watch.forMinutes ?? 0,
    recover_minutes: watch.recoverMinutes ?? 0,
    is_enabled: true,
    watches: watch.watches,
  }
}

function limitsOf({ kind, watches }: Watch) {
  if (kind !== 'freshness' && watches.kind !== 'report') return null
  if (isScheduled(watches) || watches.kind === 'table') return watches.limits
  throw new Error(`${watches.name} has no data time, so it cannot be watched for freshness.`)
}

function sourceOf({ kind, watches: thing }: Watch, workspaceUrl: string): Source {
  switch (thing.kind) {
    case 'job':
      return { connector: 'databricks_job', job_id: jobIdOf(thing) }
    case 'pipeline':
      return { connector: 'databricks_pipeline', pipeline_id: guidOf(thing) }
    case 'warehouse':
      return { connector: 'databricks_warehouse', warehouse_id: warehouseIdOf(thing.key) }
    case 'table':
      return { connector: 'databricks_table', table: thing.key, time_column: thing.column }
    case 'dataset':
      return { connector: 'powerbi_refresh', group_id: workspaceIdOf(thing.workspace), dataset_id: guidOf(thing) }
    case 'item':
      return { connector: 'fabric_job', workspace_id: workspaceIdOf(thing.workspace), item_id: guidOf(thing) }
    case 'dbt':
      return {
        connector: 'dbt_artifacts',
        artifact: thing.artifact,
        location: `${workspaceUrl}/dbt/${thing.key}/${thing.artifact}.json`,
      }
    case 'service':
      return { connector: 'http', url: `${workspaceUrl}/health/${thing.key}`, ...askedOf(kind) }
    case 'report':
      return { connector: 'push' }
  }
}

/** Well above what a busy laptop adds, so that only the story makes an answer slow. */
const askedOf = (kind: Watch['kind']) =>
  kind === 'latency'
    ? { latency_warn_ms: 600, latency_crit_ms: 5000 }
    : { json_path: 'status', json_equals: 'ok', latency_crit_ms: 10_000 }

/** Beyond 2^53 on purpose, as real job and run ids may be. */
export const jobIdOf = (thing: Pick<RunThing, 'kind' | 'key'>): string => {
  const part = (n: number) => String(Math.floor(chance(nameOf(thing), n) * 1e8)).padStart(8, '0')
  return `62${part(1)}${part(2)}`
}

export const guidOf = (thing: Pick<Thing, 'kind' | 'key'>): string => idOf('sample_thing', nameOf(thing))

export const workspaceIdOf = (workspace: string): string => idOf('sample_workspace', workspace)

export const warehouseIdOf = (key: string): string => idOf('sample_warehouse', key).replaceAll('-', '').slice(0, 16)

/** The warehouse through which the portal asks for table freshness. */
export const WAREHOUSE_ID = warehouseIdOf('self-service')
