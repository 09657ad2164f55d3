import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

/** Every check there is, in the order in which they fail cheapest, and one closing line over all of them. */
const reports = mkdtempSync(join(tmpdir(), 'lakeport-test-'))
const unitReport = join(reports, 'unit.json')
const browserReport = join(reports, 'browser.json')
const warehouseReport = join(reports, 'warehouse.json')

/** What a step found. `failures` says of each failed test its file, its name and what it says, for the end of a long log. */
interface Counts {
  passed: number
  failed: number
  failures: string[]
}

/** Of what a failed test says, for the end of the log: the beginning has what was expected, the rest is the runner's. */
const SHOWN_LINES = 40

/** Takes about ten minutes more, and Python and Java; without those it says so and counts for nothing. */
const withWarehouse = process.argv.includes('--warehouse')

const steps: { name: string; command: string[]; count(isGreen: boolean): Counts }[] = [
  { name: 'types of the server', command: ['tsc', '-p', 'tsconfig.json'], count: asOne },
  { name: 'types of the browser app', command: ['tsc', '-p', 'tsconfig.web.json'], count: asOne },
  { name: 'lint and format', command: ['biome', 'ci', '--error-on-warnings', '.'], count: asOne },
  { name: 'generated files', command: ['node', 'tools/gen.ts', '--check'], count: asOne },
  { name: 'build', command: ['node', 'tools/bootstrap.mjs', 'build'], count: asOne },
  {
    name: 'unit, contract and API tests',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    count: (isGreen) => fromVitest(unitReport, isGreen),
  },
  {
    name: 'browser tests',
    command: ['playwright', 'test', '--reporter=list,json'],
    count: (isGreen) => fromPlaywright(browserReport, isGreen),
  },
  ...(withWarehouse
    ? [
        {
          name: 'warehouse tests',
          command: [
            'node',
            'tools/test-warehouse.ts',
            '--reporter=default',
            '--reporter=json',
            `--outputFile.json=${warehouseReport}`,
          ],
          count: (isGreen: boolean) =>
            isGreen && !existsSync(warehouseReport) ? none() : fromVitest(warehouseReport, isGreen),
        },
      ]
    : []),
]

const total = none()
for (const step of steps) {
  console.log(`\n== ${step.name}`)
  const [command = '', ...args] = step.command
  const result = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport },
  })
  const counts = step.count(result.status === 0)
  total.passed += counts.passed
  total.failed += counts.failed
  total.failures.push(...counts.failures.map((failure) => `${step.name}: ${failure}`))
  if (counts.failed > 0 && counts.failures.length === 0) total.failures.push(`${step.name}: see above`)
}
rmSync(reports, { recursive: true, force: true })
if (total.failures.length > 0) console.log(`\n== what failed\n${total.failures.join('\n')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)

function none(): Counts {
  return { passed: 0, failed: 0, failures: [] }
}

function asOne(isGreen: boolean): Counts {
  return isGreen ? { ...none(), passed: 1 } : { ...none(), failed: 1 }
}

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

function fromVitest(path: string, isGreen: boolean): Counts {
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

function fromPlaywright(path: string, isGreen: boolean): Counts {
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
