import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { fromPlaywright, fromVitest } from '../tools/test-reports.ts'

const dir = mkdtempSync(join(tmpdir(), 'lakeport-reports-'))
afterAll(() => rmSync(dir, { recursive: true }))
let reports = 0
const report = (content: unknown) => {
  reports += 1
  const path = join(dir, `${reports}.json`)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const file = (more: object) => ({
  name: join(process.cwd(), 'tests/a.test.ts'),
  status: 'passed',
  message: '',
  ...more,
})
const ran = (fullName: string, status: string, ...failureMessages: string[]) => ({ fullName, status, failureMessages })

describe('the report of a Vitest run', () => {
  test('gives what passed, and of what failed the file, the name and the beginning of what it says', () => {
    const told = Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n')
    const assertionResults = [ran('adds up', 'passed'), ran('carries over', 'failed', told)]
    const path = report({
      ...{ numPassedTests: 1, numFailedTests: 1 },
      testResults: [file({ status: 'failed', assertionResults })],
    })
    const { passed, failed, failures } = fromVitest(path, false)
    expect([passed, failed, failures.length]).toEqual([1, 1, 1])
    expect(failures[0]).toMatch(/^tests\/a\.test\.ts > carries over\n {4}line 0\n {4}line 1\n/)
    expect(failures[0]?.split('\n').length).toBeLessThan(60)
  })

  test('names a file that could not even be read', () => {
    const broken = file({ status: 'failed', message: 'Cannot find module', assertionResults: [] })
    expect(fromVitest(report({ numPassedTests: 7, numFailedTests: 0, testResults: [broken] }), false)).toEqual({
      passed: 7,
      failed: 1,
      failures: ['tests/a.test.ts\n    Cannot find module'],
    })
  })

  test.each([
    ['is missing', join(dir, 'none.json'), true],
    ['was cut off', report('{"numPassedTests": 3'), true],
    ['has no test', report({ numPassedTests: 0, numFailedTests: 0, testResults: [] }), true],
  ])('that %s is a failure, however the run ended', (_what, path, isGreen) => {
    expect(fromVitest(path, isGreen)).toEqual({ passed: 0, failed: 1, failures: [] })
  })

  test('has a failure when the run ended badly, though every test passed', () => {
    const testResults = [file({ assertionResults: [ran('adds up', 'passed')] })]
    const path = report({ numPassedTests: 1, numFailedTests: 0, testResults })
    expect(fromVitest(path, false)).toEqual({ passed: 1, failed: 1, failures: [] })
    expect(fromVitest(path, true)).toEqual({ passed: 1, failed: 0, failures: [] })
  })
})

describe('the report of a Playwright run', () => {
  const spec = (title: string, ok: boolean, ...messages: string[]) => ({
    ...{ title, ok, file: 'a.test.ts' },
    tests: [{ results: messages.map((message) => ({ error: { message } })) }],
  })
  test('gives what failed at any depth, and counts what passed only the second time as failed', () => {
    const path = report({
      stats: { expected: 2, unexpected: 1, flaky: 1 },
      suites: [{ specs: [spec('opens', true)], suites: [{ specs: [spec('closes', false, 'Not closed', 'Nor now')] }] }],
    })
    const failures = ['a.test.ts > closes\n    Not closed\n    Nor now']
    expect(fromPlaywright(path, false)).toEqual({ passed: 2, failed: 2, failures })
  })
})
