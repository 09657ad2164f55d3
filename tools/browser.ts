import { existsSync } from 'node:fs'
import chromium from '@sparticuz/chromium'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** How to start a browser of the system when there is one, else the one that npm brought. Nothing is downloaded. */
export async function browserOptions(): Promise<{ executablePath?: string; args: string[] }> {
  const system = SYSTEM.find((path) => existsSync(path))
  const executablePath = system ?? (process.platform === 'linux' ? await chromium.executablePath() : undefined)
  return { args: ['--no-sandbox'], ...(executablePath === undefined ? {} : { executablePath }) }
}
