import { writeSync } from 'node:fs'
import { openStatus } from './support/status-core.ts'

/** Retention over a filled store, at its own pace, until it is done or killed. Each line on stdout is a batch that is on disk. */
const [dir = '', now = ''] = process.argv.slice(2)
const status = openStatus(dir, Number(now), { results: 3, rollups: 400, runs: 2 }, (table, rows) =>
  writeSync(1, `${table} ${rows}\n`),
)
await status.retention.run()
status.local.close()
