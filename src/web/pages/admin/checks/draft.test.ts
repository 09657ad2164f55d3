import { describe, expect, test } from 'vitest'
import { connectorNames, type Source } from '../../../../contracts/sources.ts'
import { checkErrors, emptyCheck, fieldsOfCheck } from './draft.ts'
import { fieldsOf, sourceFrom, textsOf } from './source-fields.ts'

describe('a connector’s form', () => {
  test('exists for every connector, and asks for what its schema wants', () => {
    for (const name of connectorNames) expect(() => fieldsOf(name)).not.toThrow()
    expect(fieldsOf('databricks_job')).toMatchObject([
      { name: 'job_id', label: 'Job ID', kind: 'text', isRequired: true },
    ])
    expect(fieldsOf('http').find(({ name }) => name === 'statuses')).toMatchObject({
      kind: 'wholes',
      isRequired: false,
      min: 100,
    })
    expect(fieldsOf('dbt_artifacts')[0]).toMatchObject({ kind: 'choice', choices: ['sources', 'run_results'] })
    expect(fieldsOf('push')).toEqual([])
  })
  test('gives back the source it was filled from', () => {
    const sources: Source[] = [
      { connector: 'http', url: 'https://example.com/health', statuses: [200, 204], latency_warn_ms: 500 },
      { connector: 'dbt_artifacts', artifact: 'sources', location: 'sources.json' },
      { connector: 'databricks_table', table: 'a.b.c', time_column: 'at' },
      { connector: 'push' },
    ]
    for (const source of sources) expect(sourceFrom(source.connector, textsOf(source))).toEqual({ source })
  })
  test('names the field that is wrong', () => {
    expect(sourceFrom('databricks_job', {})).toEqual({ errors: { job_id: 'Job ID is needed' } })
    expect(sourceFrom('databricks_job', { job_id: 'x' })).toHaveProperty('errors.job_id')
    expect(sourceFrom('http', { url: 'https://user:pass@example.com' })).toHaveProperty('errors.url')
    expect(sourceFrom('http', { url: 'https://example.com', statuses: '200, 999' })).toHaveProperty('errors.statuses')
    expect(sourceFrom('dbt_artifacts', { artifact: 'else', location: 'x' })).toHaveProperty('errors.artifact')
  })
})

describe('a check', () => {
  const good = {
    ...emptyCheck('p'),
    name: 'Load',
    source: { connector: 'databricks_job' as const, texts: { job_id: '12' } },
  }

  test('that is right has no error, and its fields are what the API takes', () => {
    expect(checkErrors(good)).toEqual({})
    expect(fieldsOfCheck(good)).toMatchObject({ name: 'Load', source: { connector: 'databricks_job', job_id: '12' } })
  })
  test('is late before it is very late', () => {
    expect(checkErrors({ ...good, warn_after_seconds: 60, crit_after_seconds: 60 })).toHaveProperty(
      'crit_after_seconds',
    )
    expect(checkErrors({ ...good, warn_after_seconds: null })).toHaveProperty('warn_after_seconds')
  })
  test('that is not about lateness has no thresholds', () => {
    const availability = { ...good, kind: 'availability' as const, warn_after_seconds: null, crit_after_seconds: null }
    expect(checkErrors(availability)).toEqual({})
    expect(fieldsOfCheck({ ...good, kind: 'availability' })).toMatchObject({
      warn_after_seconds: null,
      crit_after_seconds: null,
    })
  })
})
