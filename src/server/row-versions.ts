/** What of a row version tells who made it, when and by which act. */
export interface Version {
  id: string
  version: number
  created_at: string
  created_by: string
  updated_at: string
  updated_by: string
  is_deleted: boolean
  action: string
}

const VERSION_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'version',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'is_deleted',
  'action',
  'request_id',
  'actor',
])

/** Each version with the one before it, record by record, oldest first. */
export function chains<V extends Version>(versions: readonly V[]): [V | null, V][] {
  return [...Map.groupBy(versions, ({ id }) => id).values()].flatMap((chain) =>
    chain.toSorted((a, b) => a.version - b.version).map((after, i): [V | null, V] => [chain[i - 1] ?? null, after]),
  )
}

/** The record's own fields that differ, but for those that are told otherwise. */
export function changesBetween<V extends Version>(
  before: V,
  after: V,
  toldOtherwise: ReadonlySet<string> = new Set(),
): { field: string; from: unknown; to: unknown }[] {
  const fields = (Object.keys(after) as (keyof V & string)[]).filter(
    (field) => !VERSION_FIELDS.has(field) && !toldOtherwise.has(field),
  )
  return fields
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }))
}
