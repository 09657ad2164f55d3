/** What exists in the sample workspace. Keys are unique per kind; times are minutes. */

export const MINUTE_MS = 60_000

/** Yellow after the first, red after the second. */
export type Limits = readonly [warn: number, crit: number]

interface Scheduled {
  key: string
  name: string
  /** A run begins every so many minutes, `at` minutes after midnight UTC. */
  every: number
  at: number
  takes: number
  limits: Limits
}

export type RunThing = Scheduled &
  (
    | { kind: 'job' }
    | { kind: 'pipeline' }
    | { kind: 'dataset'; workspace: string }
    | { kind: 'item'; workspace: string; jobType: string }
    | { kind: 'dbt'; artifact: 'sources' | 'run_results'; nodes: readonly string[] }
    /** A job elsewhere that reports in by itself. */
    | { kind: 'report' }
  )

export interface TableThing {
  kind: 'table'
  /** `catalog.schema.table` */
  key: string
  name: string
  column: string
  /** How far its newest row is usually behind. */
  lag: number
  limits: Limits
}

export interface WarehouseThing {
  kind: 'warehouse'
  key: string
  name: string
  size: string
  /** Stops by itself when nobody works. */
  rests: boolean
}

export interface ServiceThing {
  kind: 'service'
  key: string
  name: string
  latencyMs: number
}

export type Thing = RunThing | TableThing | WarehouseThing | ServiceThing
export type ThingKind = Thing['kind']

type Of<K extends ThingKind> = Extract<Thing, { kind: K }>

export const isScheduled = (thing: Thing): thing is RunThing =>
  thing.kind !== 'table' && thing.kind !== 'warehouse' && thing.kind !== 'service'

/** The same for everybody who means this thing. */
export const nameOf = (thing: Pick<Thing, 'kind' | 'key'>): string => `${thing.kind}:${thing.key}`

type Rhythm = Pick<Scheduled, 'every' | 'at' | 'takes' | 'limits'>

export const job = (key: string, rhythm: Rhythm): Of<'job'> => ({ kind: 'job', key, name: key, ...rhythm })

export const pipeline = (key: string, rhythm: Rhythm): Of<'pipeline'> => ({
  kind: 'pipeline',
  key,
  name: key,
  ...rhythm,
})

export const dataset = (workspace: string, name: string, rhythm: Rhythm): Of<'dataset'> => ({
  kind: 'dataset',
  key: keyOf(name),
  name,
  workspace,
  ...rhythm,
})

export const item = (workspace: string, name: string, jobType: string, rhythm: Rhythm): Of<'item'> => ({
  kind: 'item',
  key: keyOf(name),
  name,
  workspace,
  jobType,
  ...rhythm,
})

export const dbt = (
  project: string,
  artifact: 'sources' | 'run_results',
  nodes: readonly string[],
  rhythm: Rhythm,
): Of<'dbt'> => ({ kind: 'dbt', key: project, name: project, artifact, nodes, ...rhythm })

export const report = (key: string, rhythm: Rhythm): Of<'report'> => ({ kind: 'report', key, name: key, ...rhythm })

export const table = (key: string, column: string, lag: number, limits: Limits): TableThing => ({
  kind: 'table',
  key,
  name: key,
  column,
  lag,
  limits,
})

export const warehouse = (name: string, size: string, rests: boolean): WarehouseThing => ({
  kind: 'warehouse',
  key: keyOf(name),
  name,
  size,
  rests,
})

export const service = (key: string, latencyMs: number): ServiceThing => ({
  kind: 'service',
  key,
  name: key,
  latencyMs,
})

const keyOf = (name: string) => name.toLowerCase().replaceAll(' ', '_')
