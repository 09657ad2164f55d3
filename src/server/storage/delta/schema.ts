import { createHash } from 'node:crypto'
import { historyOf, rowColumns } from '../ddl.ts'
import { deltaColumns, deltaTypes, recordDelta, seriesDelta } from '../delta-ddl.ts'
import { series } from '../series.ts'
import type { Column, Table } from '../table.ts'
import { tables } from '../tables.ts'
import { deltaOwnTables } from './own-tables.ts'
import { tick } from './record-sql.ts'
import { type Warehouse, WarehouseError } from './warehouse.ts'

export const INGESTION_LEASE = 'ingestion'

interface DeltaTable {
  name: string
  columns: Readonly<Record<string, Column>>
  create: string
}

const deltaTables = (records: Readonly<Record<string, Table>>): DeltaTable[] => [
  ...Object.values(records).flatMap((table) => {
    const columns = rowColumns(table)
    const [current = '', history = ''] = recordDelta(table)
    return [
      { name: table.name, columns, create: current },
      { name: historyOf(table.name), columns, create: history },
    ]
  }),
  ...[...series, ...deltaOwnTables].flatMap((one) =>
    seriesDelta(one).map((create) => ({ name: one.name, columns: one.columns, create })),
  ),
]

/** Every statement that makes what is not there, in order. */
export const schemaStatements = (records: Readonly<Record<string, Table>> = tables): string[] =>
  deltaTables(records).map(({ create }) => create)

export interface Applied {
  /** Nothing had to be done. */
  isCurrent: boolean
  /** What was made or added: `platforms`, `work_items.due_at`. */
  made: string[]
}

/**
 * Brings the schema in the warehouse to the definitions, forward only: makes tables and adds columns. Running it again,
 * also after it was cut off, goes on where it stopped. One statement when there is nothing to do.
 * @throws Error of one line when a newer Lakeport made it or a definition changed in a way that this cannot do
 * @throws WarehouseError
 */
export async function applySchema(
  warehouse: Pick<Warehouse, 'execute'>,
  { version, records = tables }: { version: string; records?: Readonly<Record<string, Table>> },
): Promise<Applied> {
  const wanted = deltaTables(records)
  const hash = createHash('sha256').update(JSON.stringify(wanted)).digest('hex')
  const known = await knownHashes(warehouse)
  if (known?.includes(hash)) return { isCurrent: true, made: [] }

  const run = (name: string, sql: string, params = {}) => warehouse.execute({ name, sql, params, isIdempotent: true })
  const made: string[] = []
  for (const table of wanted) {
    const found = known === null ? null : await columnsOf(warehouse, table.name)
    if (found === null) {
      await run('create_table', table.create)
      made.push(table.name)
    } else made.push(...(await addColumns(run, table, found)))
  }
  await run(
    'seed_lease',
    `MERGE INTO leases AS t USING (SELECT :name AS name) AS s ON t.name = s.name
WHEN NOT MATCHED THEN INSERT (name, holder, until, committed_at) VALUES (s.name, '', timestamp_micros(0), current_timestamp())`,
    { name: { type: 'STRING', value: INGESTION_LEASE } },
  )
  await run(
    'log_schema',
    `MERGE INTO schema_log AS t USING (SELECT :hash AS hash) AS s ON t.hash = s.hash
WHEN NOT MATCHED THEN INSERT (hash, version, applied_at, committed_at) VALUES (s.hash, :version, current_timestamp(), current_timestamp())`,
    { hash: { type: 'STRING', value: hash }, version: { type: 'STRING', value: version } },
  )
  return { isCurrent: false, made }
}

/** Null when the schema was never applied as a whole. */
async function knownHashes(warehouse: Pick<Warehouse, 'execute'>): Promise<string[] | null> {
  try {
    const { rows } = await warehouse.execute({
      name: 'read_schema',
      sql: 'SELECT hash FROM schema_log',
      isIdempotent: true,
    })
    return rows.map(({ hash }) => String(hash))
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** SQLSTATE 42P01: there is no such table. */
const isMissing = (error: unknown) =>
  error instanceof WarehouseError && error.kind === 'failed' && error.details.sqlState === '42P01'

/** Column names with their types; null when there is no such table. */
async function columnsOf(warehouse: Pick<Warehouse, 'execute'>, table: string): Promise<Map<string, string> | null> {
  try {
    const { rows } = await warehouse.execute({
      name: 'describe_table',
      sql: `DESCRIBE TABLE ${tick(table)}`,
      isIdempotent: true,
    })
    const columns = new Map<string, string>()
    for (const row of rows) {
      const name = String(row.col_name ?? '')
      // After the columns comes what it is clustered by.
      if (name === '' || name.startsWith('#')) break
      columns.set(name, String(row.data_type).toUpperCase())
    }
    return columns
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

async function addColumns(
  run: (name: string, sql: string, params?: Record<string, never>) => Promise<unknown>,
  table: DeltaTable,
  found: ReadonlyMap<string, string>,
): Promise<string[]> {
  const wanted = deltaColumns(table.columns)
  const unknown = [...found.keys()].find((name) => wanted[name] === undefined)
  if (unknown !== undefined)
    throw new Error(
      `A newer Lakeport made this schema (column ${table.name}.${unknown}); run that version, or restore the tables.`,
    )
  const changed = Object.entries(wanted).find(
    ([name, { type }]) => found.has(name) && found.get(name) !== deltaTypes[type],
  )
  if (changed !== undefined)
    throw new Error(
      `The column ${table.name}.${changed[0]} is ${found.get(changed[0])}; that is not changed by this command.`,
    )
  const missing = Object.entries(wanted).filter(([name]) => !found.has(name))
  for (const [name, { type, nullable, initial }] of missing) {
    if (nullable !== true && initial === undefined)
      throw new Error(`The column ${table.name}.${name} has no initial value for the rows that are there.`)
    await run('add_column', `ALTER TABLE ${tick(table.name)} ADD COLUMNS (${tick(name)} ${deltaTypes[type]})`)
  }
  for (const [name, { initial, type, nullable }] of Object.entries(wanted)) {
    // Also where the column is there: a run may have been cut off between the two.
    if (initial === undefined || nullable === true) continue
    await run(
      'fill_column',
      `UPDATE ${tick(table.name)} SET ${tick(name)} = ${literal(initial, type)} WHERE ${tick(name)} IS NULL`,
    )
  }
  return missing.map(([name]) => `${table.name}.${name}`)
}

function literal(initial: NonNullable<Column['initial']>, type: Column['type']): string {
  if (type === 'json') return text(JSON.stringify(initial))
  if (typeof initial === 'string') return type === 'instant' ? `CAST(${text(initial)} AS TIMESTAMP)` : text(initial)
  return String(initial)
}

const text = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
