import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Every check there is, in the order in which they fail cheapest, and one closing line over all of them. */
const reports = mkdtempSync(join(tmpdir(), 'lakeport-test-'))
const unitReport = join(reports, 'unit.json')
const browserReport = join(reports, 'browser.json')
const warehouseReport = join(reports, 'warehouse.json')

interface Counts {
  passed: number
  failed: number
}

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
            isGreen && !existsSync(warehouseReport) ? { passed: 0, failed: 0 } : fromVitest(warehouseReport, isGreen),
        },
      ]
    : []),
]

const total: Counts = { passed: 0, failed: 0 }
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
}
rmSync(reports, { recursive: true, force: true })
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)

function asOne(isGreen: boolean): Counts {
  return isGreen ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

function fromVitest(file: string, isGreen: boolean): Counts {
  const { numPassedTests = 0, numFailedTests = 0 } = read(file) as { numPassedTests?: number; numFailedTests?: number }
  return honest({ passed: numPassedTests, failed: numFailedTests }, isGreen)
}

function fromPlaywright(file: string, isGreen: boolean): Counts {
  const { stats } = read(file) as { stats?: { expected: number; unexpected: number; flaky: number } }
  return honest({ passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) }, isGreen)
}

/** A suite that ended badly without a failed test, or ran none, has failed all the same. */
function honest(counts: Counts, isGreen: boolean): Counts {
  if (isGreen && counts.passed > 0) return counts
  return { passed: counts.passed, failed: Math.max(1, counts.failed) }
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}
