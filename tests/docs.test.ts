import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { endpoints } from '../src/contracts/index.ts'
import { settings } from '../src/server/config.ts'

/** What documents name is there: commands, paths, settings, endpoints, links and their anchors. */
const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const within = (folder: string, ending: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter((path) => ending.test(path))

const documents = [
  ...['README.md', 'AGENTS.md', 'INDEX.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].filter((path) =>
    existsSync(join(root, path)),
  ),
  ...within('docs', /\.md$/),
]
// What was decided then may name what is gone since.
const current = documents.filter((path) => !path.startsWith('docs/adr/'))
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const commandLine = read('src/server/cli.ts')
const code = ['src', 'tests', 'tools']
  .flatMap((folder) => within(folder, /\.(ts|tsx|mjs|js|py)$/))
  .filter((path) => path !== 'tests/docs.test.ts')
  .map(read)
  .join('\n')

/** Pieces of code in a document: `inline` and fenced. */
const codeIn = (text: string): string[] => [
  ...[...text.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].flatMap((match) => (match[1] ?? '').split('\n')),
  ...[...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? ''),
]
const named = (paths: readonly string[], find: (piece: string) => readonly string[]) =>
  paths.flatMap((path) => codeIn(read(path)).flatMap((piece) => find(piece).map((what) => ({ path, what }))))
const said = (found: readonly { path: string; what: string }[]) => found.map(({ path, what }) => `${path}: ${what}`)

describe('documents name only what there is', () => {
  test('commands of npm', () => {
    const commands = named(current, (piece) =>
      [...piece.matchAll(/\bnpm (?:run ([\w:|-]+)|(start|test)\b)/g)].flatMap((match) =>
        (match[1] ?? match[2] ?? '').split('|'),
      ),
    )
    expect(commands.length).toBeGreaterThan(10)
    expect(said(commands.filter(({ what }) => scripts[what] === undefined))).toEqual([])
  })

  test('commands of lakeport, and their options', () => {
    const commands = named(current, (piece) =>
      [...piece.matchAll(/(?:run lakeport --|^lakeport) ([a-z]+)\b/g)].map((match) => match[1] ?? ''),
    )
    expect(commands.length).toBeGreaterThan(3)
    expect(said(commands.filter(({ what }) => !new RegExp(`^  ${what}[ :,(]`, 'm').test(commandLine)))).toEqual([])
    const options = named(current, (piece) =>
      /(?:run lakeport --|^lakeport) /.test(piece)
        ? [...piece.matchAll(/ --([a-z][a-z-]+)/g)].map((match) => match[1] ?? '')
        : [],
    )
    expect(said(options.filter(({ what }) => !new RegExp(`^ +'?${what}'?: \\{ type`, 'm').test(commandLine)))).toEqual(
      [],
    )
  })

  test('paths', () => {
    const braces = (path: string): string[] => {
      const [all, before, inside, after] = /^(.*?)\{([^}]+)\}(.*)$/.exec(path) ?? []
      return all === undefined ? [path] : (inside ?? '').split(',').flatMap((one) => braces(`${before}${one}${after}`))
    }
    const paths = named(current, (piece) =>
      [...piece.matchAll(/(?<![\w/.-])(?:src|tests|tools|infra|docs|scripts|\.ci)\/[\w./{},*-]*[\w}*/]/g)].flatMap(
        ([path]) => braces(path),
      ),
    )
    expect(paths.length).toBeGreaterThan(50)
    const isThere = (path: string) => {
      const fixed = path.split('/').filter((part) => !part.includes('*'))
      return existsSync(join(root, ...(path.includes('*') ? fixed : [path])))
    }
    expect(said(paths.filter(({ what }) => !isThere(what)))).toEqual([])
  })

  test('settings', () => {
    const names = named(current, (piece) =>
      [...piece.matchAll(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9]\b/g)].map(([name]) => name),
    )
    expect(names.length).toBeGreaterThan(50)
    // A reader's own variable is used with a dollar.
    const isTheirs = (path: string, name: string) => read(path).includes(`$${name}`)
    const isKnown = (name: string) => Object.hasOwn(settings, name) || new RegExp(`\\b${name}\\b`).test(code)
    expect(said(names.filter(({ path, what }) => !isKnown(what) && !isTheirs(path, what)))).toEqual([])
  })

  test('endpoints', () => {
    const table = Object.values(endpoints).map(({ method, path }) => ({
      method,
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`),
    }))
    const calls = named(current, (piece) =>
      [...piece.matchAll(/\b(GET|POST|PUT|PATCH|DELETE) (\/(?:api|healthz|readyz|metrics)[\w/:.<>{}-]*)/g)].map(
        ([, method, path]) => `${method} ${path}`,
      ),
    )
    const isThere = (call: string) => {
      const [method, path = ''] = call.split(' ')
      const full = /^\/(healthz|readyz)$/.test(path) ? `/api/v1${path}` : path
      return path === '/metrics' || table.some((one) => one.method === method && one.pattern.test(full))
    }
    expect(said(calls.filter(({ what }) => !isThere(what)))).toEqual([])
  })

  test('links, and the sections that they lead to', () => {
    const slug = (heading: string) =>
      heading
        .toLowerCase()
        .replaceAll(/[`*]/g, '')
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-')
    const anchors = (path: string) =>
      new Set(
        [
          ...read(path)
            .replaceAll(/^```[\s\S]*?^```/gm, '')
            .matchAll(/^#{1,6} (.+)$/gm),
        ].map((match) => slug(match[1] ?? '')),
      )
    const broken = documents.flatMap((path) =>
      [
        ...read(path)
          .replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '')
          .matchAll(/\]\(([^)\s]+)\)/g),
      ].flatMap((match) => {
        const target = match[1] ?? ''
        // Addresses of the portal's own pages are checked by its docs build.
        if (/^([a-z]+:|\/)/.test(target)) return []
        const [file = '', anchor] = target.split('#')
        const to = file === '' ? path : normalize(join(dirname(path), file)).replaceAll('\\', '/')
        if (!existsSync(join(root, to))) return [`${path}: ${target}`]
        return anchor === undefined || !to.endsWith('.md') || anchors(to).has(anchor) ? [] : [`${path}: ${target}`]
      }),
    )
    expect(broken).toEqual([])
  })
})
