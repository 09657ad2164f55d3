import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What the browser tests play. Each is seeded once per run; a test that plays another is refused. */
const scenarios = ['degraded', 'outage']
const FOLDER = 'lakeport-e2e-'
const VARIABLE = 'LAKEPORT_E2E_STORES'

interface SampleStores {
  /** Of this run, with all that its portals write. */
  folder: string
  /** Milliseconds since the epoch. When the stores were seeded, which is where every portal's clock begins. */
  seededAt: number
}

/**
 * Before all tests: lets the portal seed a store per scenario with its whole past, which costs more than most tests.
 * Each test's portal then begins at that same instant with a copy of its own.
 */
export default async function makeSampleStores(): Promise<() => void> {
  removeLeftovers()
  const folder = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`))
  const stores: SampleStores = { folder, seededAt: Date.now() }
  process.env[VARIABLE] = JSON.stringify(stores) // Workers inherit it.
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    await Promise.all(scenarios.map(seed))
  } catch (error) {
    remove()
    throw error
  }
  return remove
}

async function seed(scenario: string): Promise<void> {
  const [status] = await once(forkPortal({ act: 'seed', scenario, hasWarehouse: false }), 'exit')
  if (status !== 0) throw new Error(`The sample store of ${scenario} could not be made`)
}

interface Wanted {
  /** To seed the scenario's store and end, or to serve a copy of it until told to end. */
  act: 'seed' | 'serve'
  scenario: string
  hasWarehouse: boolean
}
export type PortalOrders = Wanted & SampleStores

/** Starts `portal-process.ts`. */
export function forkPortal(wanted: Wanted): ChildProcess {
  const { scenario } = wanted
  if (!scenarios.includes(scenario)) throw new Error(`No store is seeded for ${scenario}; name it in sample-stores.ts`)
  // Written above, in the process that started this one.
  const stores = JSON.parse(process.env[VARIABLE] ?? '') as SampleStores
  const orders: PortalOrders = { ...wanted, ...stores }
  return fork(new URL('./portal-process.ts', import.meta.url), [JSON.stringify(orders)], {
    execPath: process.execPath,
    execArgv: [],
    // All portals of a run are of one source: compiled once.
    env: { ...process.env, NODE_COMPILE_CACHE: join(stores.folder, 'compiled') },
  })
}

/** Of runs that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(FOLDER) ? Number.parseInt(name.slice(FOLDER.length), 10) : Number.NaN
    if (!Number.isNaN(pid) && !isRunning(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH' // What signals fail with is always such an error.
  }
}
