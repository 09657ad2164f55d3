import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { settings } from '../src/server/config.ts'
import type { Setting } from '../src/server/setting.ts'
import { maintenanceParameters } from '../src/server/storage/delta/maintenance.ts'

interface Entry {
  name: string
  value?: string
  valueFrom?: string
  value_from?: string
}
interface Bundle {
  variables: Record<string, { default?: string }>
  resources: {
    apps: {
      portal: {
        config: { command: string[]; env: Entry[] }
        resources: { name: string }[]
      }
    }
    jobs: { maintenance: { tasks: { sql_task: { file: { path: string }; parameters: Record<string, string> } }[] } }
  }
}

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, 'infra', path), 'utf8')
const app = parse(read('app.yaml')) as { command: string[]; env: Entry[] }
const bundle = parse(read('databricks.yml')) as Bundle
const portal = bundle.resources.apps.portal
const known: Record<string, Setting<unknown>> = settings

describe('app.yaml, databricks.yml and the settings', () => {
  test('name the same things', () => {
    const names = (env: readonly Entry[]) => env.map(({ name }) => name)
    expect(names(app.env)).toEqual(names(portal.config.env))
    expect(names(app.env).filter((name) => known[name] === undefined)).toEqual([])
    expect(app.command).toEqual(portal.config.command)
  })

  test('take what the same resources give, and every secret from one', () => {
    const fromApp = app.env.flatMap(({ name, valueFrom }) => (valueFrom === undefined ? [] : [[name, valueFrom]]))
    const fromBundle = portal.config.env.flatMap(({ name, value_from }) =>
      value_from === undefined ? [] : [[name, value_from]],
    )
    expect(fromApp).toEqual(fromBundle)
    const given = new Set(portal.resources.map(({ name }) => name))
    expect(fromBundle.filter(([, key]) => !given.has(key ?? ''))).toEqual([])
    for (const env of [app.env, portal.config.env]) {
      const written = env.filter(({ name, value }) => known[name]?.isSecret === true && value !== undefined)
      expect(written.map(({ name }) => name)).toEqual([])
    }
    // The other file's word for it is silently ignored.
    expect(app.env.some((entry) => 'value_from' in entry)).toBe(false)
    expect(portal.config.env.some((entry) => 'valueFrom' in entry)).toBe(false)
  })

  test('give values that the parser takes', () => {
    for (const { name, value } of app.env) {
      if (value !== undefined) expect(known[name]?.parse(value), name).not.toBeUndefined()
    }
  })

  test('refer to variables that there are', () => {
    const used = [...read('databricks.yml').matchAll(/\$\{var\.(\w+)\}/g)].map((match) => match[1] ?? '')
    expect(used.filter((name) => bundle.variables[name] === undefined)).toEqual([])
    expect(Object.keys(bundle.variables).filter((name) => !used.includes(name))).toEqual([])
  })
})

describe('the maintenance job', () => {
  test('gives its SQL every parameter, and no other', () => {
    const [task] = bundle.resources.jobs.maintenance.tasks
    expect(Object.keys(task?.sql_task.parameters ?? {}).sort()).toEqual([...maintenanceParameters].sort())
    const used = new Set([...read('sql/maintenance.sql').matchAll(/:(\w+)/g)].map((match) => match[1]))
    expect([...used].sort()).toEqual([...maintenanceParameters].sort())
    expect(task?.sql_task.file.path).toBe('./sql/maintenance.sql')
  })

  test('keeps as long as the portal does', () => {
    const days = (name: string) => bundle.variables[name]?.default
    expect(days('results_days')).toBe(String(known.RETENTION_RESULTS_DAYS?.default))
    expect(days('rollup_days')).toBe(String(known.RETENTION_ROLLUP_DAYS?.default))
    expect(days('runs_days')).toBe(String(known.RETENTION_RUNS_DAYS?.default))
  })
})

// The schema is the command line tool's own; it is not copied here.
const schema = spawnSync('databricks', ['bundle', 'schema'], { encoding: 'utf8' })
test.skipIf(schema.status !== 0)('the bundle is valid by the schema of the Databricks CLI', () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(schema.stdout))
  validate(bundle)
  expect(validate.errors ?? []).toEqual([])
})
