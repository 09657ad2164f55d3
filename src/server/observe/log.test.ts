import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createLog, logOutput } from './log.ts'

/** What the system itself keeps of what nobody reads, and more. */
const PIPE_BYTES = 200_000

test('a log that nobody reads keeps so much and no more, and says how many lines were lost once it is read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lakeport-log-'))
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const fd = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
  const waitingBytesMax = 500_000
  const config = { LOG_LEVEL: 'info', LOG_FORMAT: 'json', isLocal: false } as const
  const written = createLog(config, logOutput(fd, waitingBytesMax))
  try {
    const lines = 1000
    for (let line = 0; line < lines; line += 1)
      written.requestLog.info({ event: 'http.request', line, padding: 'x'.repeat(1000) }, 'request')
    let text = ''
    const buffer = Buffer.alloc(1 << 20)
    const told = () => /"event":"log.lost","lines":(\d+)/.exec(text)?.[1]
    while (told() === undefined && !text.includes(`"line":${lines - 1},`)) {
      try {
        text += buffer.toString('utf8', 0, readSync(fd, buffer))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
        await setImmediate()
      }
    }
    expect(text.length).toBeGreaterThan(waitingBytesMax / 2)
    expect(text.length).toBeLessThan(waitingBytesMax + PIPE_BYTES)
    const read = text.split('\n').filter((line) => line.includes('http.request')).length
    expect(Number(told())).toBeGreaterThan(0)
    expect(read + Number(told())).toBe(lines)
  } finally {
    written.flush()
    closeSync(fd)
    rmSync(folder, { recursive: true })
  }
})
