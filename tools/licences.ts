import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Permissive: they ask for their text to be kept, and nothing of what uses them. */
export const allowed: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
]

/** Reviewed one by one: the licence that was read, and why the package may stay although it is not permissive. */
export const exceptions: Readonly<Record<string, { licence: string; because: string }>> = {}

export interface Installed {
  name: string
  version: string
  /** An SPDX expression as its author wrote it; empty when there is none. */
  licence: string
}

interface LockEntry {
  version?: string
  dev?: boolean
  optional?: boolean
  dependencies?: Record<string, string>
}

type Lock = Record<string, LockEntry>

const readLock = (root: string): Lock =>
  // npm's own file, of lock file version 2 or 3.
  (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Lock }).packages

/** Packages that the lock file installs for running, with the licence that each one's own `package.json` names. */
export function runtimePackages(root: string): Installed[] {
  const lock = readLock(root)
  return installed(
    root,
    lock,
    Object.keys(lock).filter((path) => path.startsWith('node_modules/') && lock[path]?.dev !== true),
  )
}

/** What bundlers take into the browser app counts as well, though it is installed for development; with all it needs. */
export function bundledPackages(root: string, names: readonly string[]): Installed[] {
  const lock = readLock(root)
  const found = new Set<string>()
  const add = (from: string, name: string) => {
    const path = placeOf(lock, from, name)
    if (path === undefined || found.has(path)) return
    found.add(path)
    for (const needed of Object.keys(lock[path]?.dependencies ?? {})) add(path, needed)
  }
  for (const name of names) add('', name)
  return installed(root, lock, [...found])
}

/** Where `from` finds it: in its own folder or the next one up, as Node looks for it. */
function placeOf(lock: Lock, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (lock[path] !== undefined || folder === '') return lock[path] && path
  }
}

const installed = (root: string, lock: Lock, paths: readonly string[]): Installed[] =>
  paths.flatMap((path) => {
    const manifest = join(root, path, 'package.json')
    // For another system: named in the lock file, and not here.
    if (lock[path]?.optional === true && !existsSync(manifest)) return []
    const licence = licenceOf(JSON.parse(readFileSync(manifest, 'utf8')))
    return [{ name: path.replace(/^.*node_modules\//, ''), version: lock[path]?.version ?? '', licence }]
  })

/** Also the forms of old: an object, or a list to choose from. */
export function licenceOf(manifest: { license?: unknown; licenses?: unknown }): string {
  const { license, licenses } = manifest
  if (typeof license === 'string') return license.trim()
  const list = [license, ...(Array.isArray(licenses) ? licenses : [])]
    .map((one) => (typeof one === 'object' && one !== null && 'type' in one ? String(one.type) : ''))
    .filter((type) => type !== '')
  return list.length > 1 ? `(${list.join(' OR ')})` : (list[0] ?? '')
}

/** Whether an SPDX expression can be met by what is allowed: any side of an OR, every side of an AND. */
export function isAllowed(expression: string, among: readonly string[] = allowed): boolean {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? []
  let at = 0
  const anyOf = (): boolean => {
    let fits = everyOf()
    while (tokens[at]?.toUpperCase() === 'OR') {
      at += 1
      // Both sides are read, whatever the first is.
      const other = everyOf()
      fits ||= other
    }
    return fits
  }
  const everyOf = (): boolean => {
    let fits = single()
    while (tokens[at]?.toUpperCase() === 'AND') {
      at += 1
      const other = single()
      fits &&= other
    }
    return fits
  }
  let isBroken = false
  const single = (): boolean => {
    const token = tokens[at++]
    if (token === undefined) isBroken = true
    if (token !== '(') return token !== undefined && among.includes(token)
    const inner = anyOf()
    if (tokens[at++] !== ')') isBroken = true
    return inner
  }
  const fits = anyOf()
  return fits && !isBroken && at === tokens.length
}

/** One line per licence with how many packages have it; then what was excepted and what is refused. */
export function report(packages: readonly Installed[]) {
  const byLicence = Map.groupBy(packages, ({ licence }) => licence || 'none named')
  const lines = [...byLicence]
    .sort(([a, as], [b, bs]) => bs.length - as.length || (a < b ? -1 : 1))
    .map(([licence, having]) => `${String(having.length).padStart(4)}  ${licence}`)
  const outside = packages.filter(({ licence }) => !isAllowed(licence))
  const isExcepted = ({ name, licence }: Installed) =>
    Object.hasOwn(exceptions, name) && exceptions[name]?.licence === licence
  return { lines, excepted: outside.filter(isExcepted), refused: outside.filter((one) => !isExcepted(one)) }
}

/** Everything that runs with the portal, on the server or in the browser, each once. */
export function everything(root: string): Installed[] {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const imported = importedByPages(root)
  const bundled = bundledPackages(
    root,
    Object.keys(devDependencies).filter((name) => imported.has(name)),
  )
  const all = [...runtimePackages(root), ...bundled]
  return [...new Map(all.map((one) => [`${one.name}@${one.version}`, one])).values()]
}

/** What the browser app's files name in an import. */
function importedByPages(root: string): Set<string> {
  const folder = join(root, 'src/web')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.includes('.test.'),
  )
  const imports = /(?:from|import\(?) ?'((?:@[^/']+\/)?[^./'][^/']*)/g
  return new Set(
    files.flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(imports)].map(([, name = '']) => name),
    ),
  )
}

if (import.meta.main) {
  const packages = everything(join(import.meta.dirname, '..'))
  const { lines, excepted, refused } = report(packages)
  console.log(lines.join('\n'))
  for (const { name, version, licence } of excepted)
    console.log(`Excepted: ${name} ${version}, ${licence}: ${exceptions[name]?.because}.`)
  for (const { name, version, licence } of refused)
    console.error(`${name} ${version} is under ${licence || 'no licence that it names'}, which nobody has agreed to.`)
  console.log(`${packages.length} packages, ${refused.length} refused.`)
  process.exitCode = refused.length === 0 ? 0 : 1
}
