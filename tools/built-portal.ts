import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Served {
  origin: string
  pid: number
  /** Answers the exit status. */
  stop(): Promise<number | null>
}

/** The built portal (`npm run build`) as its own process, on a free port and ready, with its store in this folder. */
export async function serveBuilt(dataDir: string, env: Record<string, string> = {}): Promise<Served> {
  const served = await serve(['dist/server/main.js'], {
    DATA_DIR: dataDir,
    DATABRICKS_APP_PORT: '0',
    LOG_FORMAT: 'json',
    ...env,
  })
  for (;;) {
    const response = await fetch(`${served.origin}/readyz`)
    await response.text()
    if (response.ok) return served
  }
}

/** For measuring: no sample workspace, nothing polled, nobody held back. */
export const MEASURED = {
  DEMO: 'off',
  INGESTION: 'off',
  RATE_LIMIT_CREATE: '100000',
  RATE_LIMIT_COMMENT: '100000',
  RATE_LIMIT_VOTE: '100000',
  RATE_LIMIT_WRITE: '100000',
}

/** Runs Node with these arguments until what it runs says where it listens: `"origin":"http://..."` in its output. */
export async function serve(args: readonly string[], env: Record<string, string>): Promise<Served> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  return {
    origin: await originOf(child),
    pid: child.pid ?? 0,
    async stop() {
      const ended = once(child, 'exit')
      child.kill()
      const [status] = (await ended) as [number | null]
      return status
    },
  }
}

function originOf(child: ChildProcess): Promise<string> {
  let said = ''
  return new Promise((resolve, reject) => {
    const read = (text: string) => {
      said += text
      const found = /"origin":"([^"]+)"/.exec(said)?.[1]
      if (found === undefined) return
      // Who reads slowly what a server says is measured with it.
      child.stdout?.off('data', read).resume()
      resolve(found)
    }
    child.stdout?.setEncoding('utf8').on('data', read)
    child.once('exit', () => reject(new Error(`The server ended without listening; npm run build first. ${said}`)))
  })
}
