import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { basename, dirname } from 'node:path'

/** The day of a file's last commit. Where git does not know it, or is not there, the day the file was written. */
export function changedOn(file: string): string {
  const { stdout } = spawnSync('git', ['log', '-1', '--format=%cs', '--', basename(file)], {
    cwd: dirname(file),
    encoding: 'utf8',
    timeout: 10_000,
  })
  const day = (stdout ?? '').trim()
  return /^\d{4}-\d\d-\d\d$/.test(day) ? day : statSync(file).mtime.toISOString().slice(0, 10)
}
