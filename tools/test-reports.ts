import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

/** What a step found. `failures` says of each failed test its file, its name and what it says, for the end of a long log. */
export interface Counts {
  passed: number
  failed: number
  failures: string[]
}

export function none(): Counts {
  return { passed: 0, failed: 0, failures: [] }
}

/** Of what a failed test says, for the end of the log: the beginning has what was expected, the rest is the runner's. */
const SHOWN_LINES = 40

interface VitestReport {
  numPassedTests?: number
  numFailedTests?: number
  testResults?: {
    name: string
    status: string
    message: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
  }[]
}

/** Of the JSON report of a Vitest run, which may be missing. `isGreen`: the run itself said that all is well. */
export function fromVitest(path: string, isGreen: boolean): Counts {
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = read(path) as VitestReport
  const failures = testResults.flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0 && file.status === 'failed')
      return [`${relative('.', file.name)}\n${indented(file.message)}`]
    return failed.map(
      (test) => `${relative('.', file.name)} > ${test.fullName}\n${indented(test.failureMessages.join('\n'))}`,
    )
  })
  return honest({ passed: numPassedTests, failed: numFailedTests, failures }, isGreen)
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[]
  specs?: {
    ok: boolean
    title: string
    file: string
    tests: { results: { error?: { message?: string } }[] }[]
  }[]
}

/** The same of a Playwright run. A test that passed only when tried again has failed. */
export function fromPlaywright(path: string, isGreen: boolean): Counts {
  const { stats, suites = [] } = read(path) as PlaywrightSuite & {
    stats?: { expected: number; unexpected: number; flaky: number }
  }
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0)
  return honest({ passed: stats?.expected ?? 0, failed, failures: suites.flatMap(failedSpecs) }, isGreen)
}

function failedSpecs(suite: PlaywrightSuite): string[] {
  const own = (suite.specs ?? [])
    .filter((spec) => !spec.ok)
    .map((spec) => {
      const said = spec.tests.flatMap((test) => test.results.map((result) => result.error?.message ?? ''))
      return `${spec.file} > ${spec.title}\n${indented(said.join('\n'))}`
    })
  return [...own, ...(suite.suites ?? []).flatMap(failedSpecs)]
}

function indented(text: string): string {
  return text
    .split('\n')
    .slice(0, SHOWN_LINES)
    .map((line) => `    ${line}`.trimEnd())
    .join('\n')
}

/** A suite that ended badly without a failed test, or ran none, has failed all the same. */
function honest(counts: Counts, isGreen: boolean): Counts {
  if (isGreen && counts.passed > 0) return counts
  return { ...counts, failed: Math.max(1, counts.failed) }
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}
