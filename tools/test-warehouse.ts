import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * The store contract and what two instances do to each other, on real Spark SQL and real Delta tables behind a server
 * that speaks the SQL Statement Execution API. Installs Spark once into an ignored folder; needs Python 3.10 and Java 17.
 */
const root = join(import.meta.dirname, '..')
const home = join(root, '.warehouse')
const suite = join(root, 'tests/warehouse')
const requirements = join(suite, 'requirements.txt')

/** Java that pip does not bring, by checksum. The mirror of Maven Central may be another one. */
const MAVEN = (process.env.MAVEN_REPOSITORY_URL ?? 'https://repo1.maven.org/maven2').replace(/\/$/, '')
const jars = [
  {
    path: 'io/delta/delta-spark_2.13/4.0.1/delta-spark_2.13-4.0.1.jar',
    sha256: 'a1e76860b19fe1e6b205a4ea7a9099a2f9575d39bb71d49b3e679b299d0efb91',
  },
  {
    path: 'io/delta/delta-storage/4.0.1/delta-storage-4.0.1.jar',
    sha256: 'ecc42c5aaa51c423312d9e4e48aa4a12b34740bf2c37de0e8f279277ec3d12e4',
  },
]
const jarFile = (path: string) => join(home, path.split('/').at(-1) ?? path)

const missing = whatIsMissing()
if (missing !== null) {
  console.log(`skipped: ${missing}`)
  process.exit(0)
}
await install()
process.exitCode = await runSuite(process.argv.slice(2))

/** What this machine lacks, in a sentence; null when nothing. */
function whatIsMissing(): string | null {
  const python = version('python3', ['--version'], /Python (\d+)\.(\d+)/)
  if (python === null || python[0] !== 3 || (python[1] ?? 0) < 10) return 'Python 3.10 or later is not here (python3)'
  if (spawnSync('python3', ['-c', 'import venv, ensurepip']).status !== 0) return 'Python has no venv module'
  const java = version('java', ['-version'], /version "(\d+)/)
  if (java === null || (java[0] ?? 0) < 17) return 'Java 17 or later is not here (java)'
  return null
}

function version(command: string, args: string[], pattern: RegExp): number[] | null {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  const found = status === 0 ? pattern.exec(`${stdout}${stderr}`) : null
  return found === null ? null : found.slice(1).map(Number)
}

/** Into the ignored folder, once for each list of requirements. */
async function install(): Promise<void> {
  const stamp = join(home, '.installed')
  const wanted = createHash('sha256').update(readFileSync(requirements)).update(JSON.stringify(jars)).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('Installing Spark and Delta (once)')
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home)
  must('python3', ['-m', 'venv', join(home, 'venv')])
  must(join(home, 'venv/bin/pip'), ['install', '--quiet', '--disable-pip-version-check', '-r', requirements])
  for (const { path, sha256 } of jars) await download(`${MAVEN}/${path}`, jarFile(path), sha256)
  writeFileSync(stamp, wanted)
}

function must(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) throw new Error(`${command} ${args[0]} failed; see above`)
}

async function download(url: string, file: string, sha256: string): Promise<void> {
  const answer = await fetch(url)
  if (!answer.ok || answer.body === null) throw new Error(`${url} answered ${answer.status}`)
  await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(file)) // The same stream, by Node's other name.
  const found = createHash('sha256').update(readFileSync(file)).digest('hex')
  if (found !== sha256) throw new Error(`${url} is not what it was: its checksum is ${found}`)
}

async function runSuite(args: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'lakeport-warehouse-'))
  const server = spawn(
    join(home, 'venv/bin/python'),
    [join(suite, 'server/main.py'), folder, ...jars.map(({ path }) => jarFile(path))],
    { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] },
  )
  try {
    const port = await portOf(server)
    const vitest = spawn('vitest', ['run', '--config', 'vitest.warehouse.config.ts', ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, WAREHOUSE_TEST_URL: `http://127.0.0.1:${port}` },
    })
    const [status] = (await once(vitest, 'exit')) as [number | null]
    return status ?? 1
  } finally {
    const ended = once(server, 'exit')
    server.stdin?.end()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The server says its port in one line of JSON when it is ready. */
async function portOf(server: ChildProcess): Promise<number> {
  const { stdout, stderr } = server
  if (stdout === null || stderr === null) throw new Error('The server has no output')
  let said = ''
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-4000)
  })
  for await (const line of createInterface({ input: stdout })) {
    const port = (JSON.parse(line) as { port?: number }).port
    if (port !== undefined) return port
  }
  throw new Error(`The server did not start:\n${said}`)
}
