import { spawn } from 'node:child_process'

/** Hot reload on both sides: Node restarts the server on a change, Vite serves the browser app and passes /api on. */
const children = [
  spawn(process.execPath, ['--watch', '--watch-preserve-output', 'src/server/main.ts'], { stdio: 'inherit' }),
  spawn('vite', [], { stdio: 'inherit', shell: process.platform === 'win32' }),
]
for (const child of children) child.on('exit', (code) => stop(code ?? 0))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(0))

function stop(code: number): void {
  for (const child of children) child.kill()
  process.exitCode = code
}
