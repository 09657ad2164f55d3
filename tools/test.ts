import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Counts, fromPlaywright, fromVitest, none } from './test-reports.ts'

/** Every check there is, in the order in which they fail cheapest, and one closing line over all of them. */
const reports = mkdtempSync(join(tmpdir(), 'lakeport-test-'))
const unitReport = join(reports, 'unit.json')
const browserReport = join(reports, 'browser.json')
const warehouseReport = join(reports, 'warehouse.json')

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

function asOne(isGreen: boolean): Counts {
  return isGreen ? { ...none(), passed: 1 } : { ...none(), failed: 1 }
}
