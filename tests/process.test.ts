import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lakeport-process-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const root = join(import.meta.dirname, '..')

function start(file: string, args: string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(root, 'src/server', file), ...args], {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      DATA_DIR: dataDir,
      DATABRICKS_APP_PORT: '0',
      LOG_FORMAT: 'json',
      DEMO: 'off',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { out: '', err: '' }
  child.stdout.on('data', (text) => {
    output.out += text
  })
  child.stderr.on('data', (text) => {
    output.err += text
  })
  return { child, output, ended: once(child, 'close') as Promise<[number | null]> }
}

async function originOf({ child, output }: { child: ChildProcess; output: { out: string } }): Promise<string> {
  for (;;) {
    const origin = /"origin":"([^"]+)"/.exec(output.out)?.[1]
    if (origin !== undefined) return origin
    const ended = once(child, 'exit').then(() =>
      Promise.reject(new Error(`It ended before it listened: ${output.out}`)),
    )
    await Promise.race([once(child.stdout ?? child, 'data'), ended])
  }
}

const post = (origin: string, path: string, body: object) =>
  fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** A create that the server is already reading when this resolves; the returned function sends the rest. */
async function halfSent(origin: string, body: string): Promise<() => Promise<string>> {
  const { port } = new URL(origin)
  const socket = connect(Number(port), '127.0.0.1')
  const [half, rest] = [body.slice(0, 5), body.slice(5)]
  let answer = ''
  socket.setEncoding('utf8').on('data', (text) => {
    answer += text
  })
  socket.write(
    `POST /api/v1/platforms HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`,
  )
  await once(socket, 'data')
  answer = ''
  socket.write(half)
  return async () => {
    const closed = once(socket, 'close')
    socket.write(rest)
    await closed
    return answer.split('\r\n')[0] ?? ''
  }
}

describe('the process', () => {
  test('with a wrong setting says one line and ends with 2 before it listens', async () => {
    const started = start('main.ts', [], { DATABRICKS_APP_PORT: 'http' })
    const [code] = await started.ended
    expect({ code, lines: started.output.err.trim().split('\n') }).toEqual({
      code: 2,
      lines: ['lakeport: DATABRICKS_APP_PORT must be a whole number from 0 to 65535, not "http"'],
    })
    expect(started.output.out).toBe('')
  })

  test('with a taken port says one line and ends', async () => {
    const first = start('main.ts')
    const port = new URL(await originOf(first)).port
    const second = start('main.ts', [], { DATABRICKS_APP_PORT: port, DATA_DIR: join(dataDir, 'second') })
    const [code] = await second.ended
    expect(code).toBe(1)
    expect(second.output.err.trim()).toBe(
      `lakeport: Port ${port} is taken; stop what listens there or set DATABRICKS_APP_PORT`,
    )
    first.child.kill('SIGTERM')
    expect((await first.ended)[0]).toBe(0)
  })

  test('told to stop, it cuts off who never finishes a request, and ends with 0', async () => {
    const started = start('main.ts', [], { SHUTDOWN_SECONDS: '2' })
    const origin = await originOf(started)
    await halfSent(origin, JSON.stringify({ name: 'Never whole', domain: 'x' }))
    started.child.kill('SIGTERM')
    expect((await started.ended)[0]).toBe(0)
    expect(started.output.out).toContain('Requests that did not finish in time are cut off')
  })

  test('told to stop, it ends its streams, finishes what is in flight and ends with 0', async () => {
    const started = start('main.ts')
    const origin = await originOf(started)
    const stream = await fetch(`${origin}/api/v1/stream`)
    const halves = await Promise.all(
      Array.from({ length: 10 }, (_, i) => halfSent(origin, JSON.stringify({ name: `P${i}`, domain: 'x' }))),
    )
    started.child.kill('SIGTERM')
    await stream.text()
    const answers = await Promise.all(halves.map((finish) => finish()))
    expect(answers).toEqual(Array(10).fill('HTTP/1.1 201 Created'))
    expect((await started.ended)[0]).toBe(0)
  })

  test('killed, it keeps every acknowledged write and its revision goes on', async () => {
    const first = start('main.ts')
    const answer = await post(await originOf(first), '/api/v1/platforms', { name: 'Kept', domain: 'x' })
    expect(answer.status).toBe(201)
    first.child.kill('SIGKILL')
    await first.ended
    const second = start('main.ts')
    const origin = await originOf(second)
    const list = (await (await fetch(`${origin}/api/v1/platforms`)).json()) as { items: { name: string }[] }
    expect(list.items.map(({ name }) => name)).toEqual(['Kept'])
    second.child.kill('SIGTERM')
    await second.ended
  })
})

describe('the command line', () => {
  test('shows the configuration with secrets hidden', async () => {
    const started = start('cli.ts', ['config'], {
      DATABRICKS_HOST: 'x',
      DATABRICKS_CLIENT_ID: 'id',
      DATABRICKS_CLIENT_SECRET: 'hunter2',
    })
    expect((await started.ended)[0]).toBe(0)
    expect(started.output.out).toContain('DATABRICKS_CLIENT_SECRET=(hidden)')
    expect(started.output.out).not.toContain('hunter2')
  })

  test('without a command it knows says what there is', async () => {
    const started = start('cli.ts', ['dance'])
    expect((await started.ended)[0]).toBe(2)
    expect(started.output.err).toContain('ingest --once')
  })

  test('polls once outside the server, and a running portal shows what it found', async () => {
    const portal = start('main.ts', [], { INGESTION: 'off' })
    const origin = await originOf(portal)
    const platform = (await (await post(origin, '/api/v1/platforms', { name: 'P', domain: 'x' })).json()) as {
      id: string
    }
    const source = { connector: 'http', url: `${origin}/healthz` }
    await post(origin, '/api/v1/status-checks', { platform_id: platform.id, name: 'C', kind: 'availability', source })
    const state = async () =>
      ((await (await fetch(`${origin}/api/v1/status/summary`)).json()) as { state: string }).state
    expect(await state()).toBe('unknown')

    const stream = await fetch(`${origin}/api/v1/stream`)
    const polled = start('cli.ts', ['ingest', '--once', '--source', 'http'])
    expect((await polled.ended)[0]).toBe(0)
    expect(polled.output.out).toBe('http: SUCCESS results=1 failed_checks=0\n')
    for await (const chunk of stream.body ?? []) if (Buffer.from(chunk).toString().includes('status_results')) break
    expect(await state()).toBe('green')
    portal.child.kill('SIGTERM')
    await portal.ended
  })
})

test('the server stops when the shell that npm started it with dies of the signal', async () => {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    DATA_DIR: dataDir,
    DATABRICKS_APP_PORT: '0',
    LOG_FORMAT: 'json',
    DEMO: 'off',
  }
  const shell = spawn('sh', ['-c', `"${process.execPath}" tools/bootstrap.mjs start; true`], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { out: '' }
  shell.stdout.on('data', (text) => {
    output.out += text
  })
  const origin = await originOf({ child: shell, output })
  shell.kill('SIGTERM')
  // Its output ends when the last process that writes to it has ended.
  await once(shell, 'close')
  expect(output.out).toContain('"event":"sys_shutdown"')
  await expect(fetch(`${origin}/healthz`)).rejects.toThrow()
})
