// Runs on whatever Node the machine has (20 or later) and brings the project's own Node 24 into play.
// `npm start`: installs what is missing, builds what is old, serves. `npm test`: installs, then every check there is.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [command = 'start', ...rest] = process.argv.slice(2)

installIfMissing()
if (command === 'start') {
  buildIfOld()
  run(['dist/server/main.js', ...rest])
} else if (command === 'build') build()
else run([`tools/${command}.ts`, ...rest])

function installIfMissing() {
  const stamp = join(root, 'node_modules', '.installed')
  const wanted = hashOf(['package.json', 'package-lock.json'])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Installing packages (once)')
  // The way back to npm that works wherever npm itself was started from.
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (result.status !== 0) fail('npm ci failed; see above')
  writeFileSync(stamp, wanted)
}

function buildIfOld() {
  const stamp = join(root, 'dist', '.built')
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
  if (built !== sourceState()) build()
}

function build() {
  say('Building')
  for (const args of [
    ['tsc', '-p', 'tsconfig.build.json'],
    ['vite', 'build', '--logLevel', 'warn'],
  ]) {
    const bin = join(root, 'node_modules', '.bin', args[0])
    const result = spawnSync(bin, args.slice(1), {
      cwd: root,
      stdio: 'inherit',
      env: environment(),
      shell: process.platform === 'win32',
    })
    if (result.status !== 0) fail(`${args.join(' ')} failed; see above`)
  }
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(join(root, 'dist', '.built'), sourceState())
}

/** Changes when any source does; names, sizes and times are enough and cost milliseconds. */
function sourceState() {
  const hash = createHash('sha256').update(hashOf(['package-lock.json', 'vite.config.ts', 'tsconfig.build.json']))
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else {
        const { size, mtimeMs } = statSync(path)
        hash.update(`${path.slice(root.length)}:${size}:${mtimeMs}\n`)
      }
    }
  }
  for (const folder of ['src', 'docs', 'tools/docs']) walk(join(root, folder))
  return hash.digest('hex')
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(existsSync(join(root, file)) ? readFileSync(join(root, file)) : '')
  return hash.digest('hex')
}

function run(args) {
  const node = isRecent() ? process.execPath : join(root, 'node_modules', '.bin', 'node')
  const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: environment() })
  // Ctrl-C reaches the child from the terminal by itself; the rest is passed on.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // npm's shell dies of SIGTERM without passing it on; whoever is left without parent was told to stop, too.
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, 500).unref()
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
}

/** TypeScript runs as it is from 22.18 on; the built server is content with 22.16. */
function isRecent() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= (command === 'start' ? 16 : 18))
}

function environment() {
  return { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}` }
}

function say(text) {
  process.stderr.write(`lakeport: ${text}\n`)
}

function fail(text) {
  say(text)
  process.exit(1)
}
