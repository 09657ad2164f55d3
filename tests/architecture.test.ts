import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * Which part may use which. A part is the longest prefix here that a file lies under; what is not listed is refused.
 * Outside packages are named where only some may use them.
 */
const arrows: Record<string, readonly string[]> = {
  'src/contracts': [],
  'src/web': ['src/contracts'],
  'src/server/fault.ts': ['src/contracts'],
  'src/server/time.ts': [],
  'src/server/csv.ts': [],
  'src/server/row-versions.ts': [],
  'src/server/setting.ts': [],
  'src/server/warehouse-settings.ts': ['src/server/setting.ts'],
  'src/server/config.ts': ['src/contracts', 'src/server/setting.ts', 'src/server/warehouse-settings.ts'],
  'src/server/secrets.ts': [],
  'src/server/outbound': ['src/server/secrets.ts'],
  'src/server/verb.ts': ['src/contracts', 'src/server/access'],
  'src/server/access': ['src/contracts', 'src/server/fault.ts', 'src/server/verb.ts'],
  'src/server/storage': ['src/contracts', 'src/server/fault.ts', 'src/server/time.ts'],
  'src/server/storage/delta': [
    'src/contracts',
    'src/server/fault.ts',
    'src/server/outbound',
    'src/server/storage',
    'src/server/time.ts',
  ],
  'src/server/observe': ['src/contracts', 'src/server/config.ts', 'src/server/fault.ts', 'src/server/secrets.ts'],
  'src/server/http': [
    'src/contracts',
    'src/server/access',
    'src/server/config.ts',
    'src/server/fault.ts',
    'src/server/observe',
    'src/server/setting.ts',
    'src/server/storage/journal.ts',
    'src/server/verb.ts',
    'src/server/time.ts',
  ],
  'src/server/ingest': [
    'src/contracts',
    'src/server/fault.ts',
    'src/server/observe',
    'src/server/outbound',
    'src/server/storage/ids.ts',
    'src/server/storage/journal.ts',
    'src/server/time.ts',
    'src/server/setting.ts',
  ],
  'src/server/alerts': [
    'src/contracts',
    'src/server/fault.ts',
    'src/server/ingest/guarded-get.ts',
    'src/server/observe',
    'src/server/storage/ids.ts',
    'src/server/storage/journal.ts',
    'src/server/time.ts',
  ],
  'src/server/demo': [
    'src/contracts',
    'src/server/ingest',
    'src/server/time.ts',
    'src/server/storage/ids.ts',
    'src/server/storage/journal.ts',
  ],
  'src/server/features': [
    'src/contracts',
    'src/server/access',
    'src/server/csv.ts',
    'src/server/fault.ts',
    'src/server/row-versions.ts',
    'src/server/time.ts',
    'src/server/verb.ts',
    'src/server/storage/journal.ts',
  ],
  'src/server/backup': ['src/server/storage'],
  'src/server/import': [
    'src/contracts',
    'src/server/fault.ts',
    'src/server/time.ts',
    'src/server/http/validate.ts',
    'src/server/storage/ids.ts',
    'src/server/storage/journal.ts',
  ],
  'src/server/app.ts': ['src/contracts', 'src/server'],
  'src/server/readiness-components.ts': ['src/contracts', 'src/server'],
  'src/server/metric-sources.ts': ['src/contracts', 'src/server'],
  'src/server/housekeeping.ts': ['src/contracts', 'src/server'],
  'src/server/alerting.ts': ['src/contracts', 'src/server'],
  'src/server/alert-news.ts': ['src/contracts', 'src/server/alerts/queue.ts', 'src/server/storage'],
  'src/server/alert-readings.ts': [
    'src/contracts',
    'src/server/alerts/rules.ts',
    'src/server/features/status',
    'src/server/time.ts',
  ],
  'src/server/identities.ts': [
    'src/server/access',
    'src/server/config.ts',
    'src/server/features/access-admin',
    'src/server/http/identity.ts',
    'src/server/storage/journal.ts',
  ],
  'src/server/authz-log.ts': ['src/server/observe', 'src/server/storage/journal.ts'],
  'src/server/watched-journal.ts': ['src/server/storage/journal.ts'],
  'src/server/command.ts': ['src/server/config.ts', 'src/server/observe', 'src/server/secrets.ts'],
  'src/server/connections.ts': ['src/contracts', 'src/server/config.ts', 'src/server/demo', 'src/server/ingest'],
  'src/server/command-store.ts': ['src/contracts', 'src/server'],
  'src/server/replica.ts': ['src/contracts', 'src/server'],
  'src/server/warehouse-connection.ts': ['src/server/config.ts', 'src/server/outbound', 'src/server/storage/delta'],
  'src/server/sample-people.ts': ['src/contracts', 'src/server'],
  'src/server/sample-roadmap.ts': ['src/contracts', 'src/server'],
  'src/server/sample-tickets.ts': ['src/contracts', 'src/server'],
  'src/server/sample-glossary.ts': ['src/contracts', 'src/server'],
  'src/server/sample.ts': ['src/contracts', 'src/server'],
  'src/server/serve.ts': ['src/contracts', 'src/server'],
  'src/server/backup-command.ts': ['src/contracts', 'src/server'],
  'src/server/import-command.ts': ['src/contracts', 'src/server'],
  'src/server/main.ts': ['src/contracts', 'src/server'],
  'src/server/cli.ts': ['src/contracts', 'src/server'],
}

const root = join(import.meta.dirname, '..')
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => normalize(`src/${file}`).replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))

const importsOf = (file: string) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:\sfrom\s+|\bimport\s*\(?\s*)'([^']+)'/g)].map(
    (match) => match[1] ?? '',
  )

const local = (file: string, specifier: string) =>
  relative(root, join(root, dirname(file), specifier)).replaceAll('\\', '/')
const isUnder = (file: string, part: string) => file === part || file.startsWith(`${part}/`)
const partOf = (file: string) =>
  Object.keys(arrows)
    .filter((part) => isUnder(file, part))
    .sort((a, b) => b.length - a.length)[0]
const featureOf = (file: string) => /^src\/server\/features\/([^/]+)\//.exec(file)?.[1]

function problems(file: string): string[] {
  const part = partOf(file)
  if (part === undefined) return [`${file} lies in no part that tests/architecture.test.ts knows`]
  return importsOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => local(file, specifier))
    .filter(
      (target) =>
        !isUnder(target, part) &&
        !(arrows[part] ?? []).some((allowed) => isUnder(target, allowed)) &&
        !isStoreOf(file, target),
    )
    .map((target) => `${file} may not import ${target}`)
}

/** Only a feature's store.ts sees storage as a whole. */
const isStoreOf = (file: string, target: string) =>
  /^src\/server\/features\/[^/]+\/(store|.*-store)\.ts$/.test(file) && isUnder(target, 'src/server/storage')

describe('dependencies point one way', () => {
  test('every import follows the arrows', () => {
    expect(files.flatMap(problems)).toEqual([])
  })

  test('a feature imports no other feature', () => {
    const crossings = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => local(file, specifier))
        .filter(
          (target) =>
            featureOf(file) !== undefined && featureOf(target) !== undefined && featureOf(target) !== featureOf(file),
        )
        .map((target) => `${file} imports ${target}`),
    )
    expect(crossings).toEqual([])
  })

  test('contracts know no package but TypeBox', () => {
    const outside = files
      .filter((file) => isUnder(file, 'src/contracts'))
      .flatMap((file) => importsOf(file).filter((specifier) => !specifier.startsWith('.') && specifier !== 'typebox'))
    expect(outside).toEqual([])
  })

  test('the browser app knows no Node module', () => {
    const node = files
      .filter((file) => isUnder(file, 'src/web'))
      .flatMap((file) => importsOf(file).filter((specifier) => specifier.startsWith('node:')))
    expect(node).toEqual([])
  })

  test('only main and the command line read the environment', () => {
    const readers = files.filter((file) => /process\.env/.test(readFileSync(join(root, file), 'utf8')))
    expect(readers.filter((file) => !['src/server/main.ts', 'src/server/cli.ts'].includes(file))).toEqual([])
  })

  test('no HTML string is ever injected', () => {
    const unsafe = files.filter((file) =>
      /dangerouslySetInnerHTML|\.(inner|outer)HTML\s*=|insertAdjacentHTML|setHTMLUnsafe|document\.write/.test(
        readFileSync(join(root, file), 'utf8'),
      ),
    )
    expect(unsafe).toEqual([])
  })

  test('nothing is called utils, helpers, common or manager', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|managers?)(\.|\/)/i.test(file))).toEqual([])
  })
})
