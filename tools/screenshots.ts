import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import { browserOptions } from './browser.ts'
import { serveBuilt } from './built-portal.ts'

/** Takes the pictures of `docs/screenshots` anew, from the built portal on the sample workspace. */
const folder = join(import.meta.dirname, '../docs/screenshots')
const looks = [
  { width: 1440, height: 900, colorScheme: 'light' },
  { width: 375, height: 812, colorScheme: 'dark' },
] as const

interface Shot {
  name: string
  path: string
  /** What has to be there before the picture is taken, besides the heading. */
  until(page: Page): Promise<unknown>
}

const dataDir = mkdtempSync(join(tmpdir(), 'lakeport-screenshots-'))
const portal = await serveBuilt(dataDir, { DEMO: 'on', ALERT_FOR_SECONDS: '0', ALERT_EVERY_SECONDS: '1' })
const browser = await chromium.launch(await browserOptions())
try {
  mkdirSync(folder, { recursive: true })
  await untilPastIsThere(portal.origin)
  const shots = await shotsOf(portal.origin)
  for (const look of looks) for (const shot of shots) await take(browser, shot, look)
} finally {
  await browser.close()
  await portal.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

/** The sample makes up its ninety days in the background. */
async function untilPastIsThere(origin: string): Promise<void> {
  for (;;) {
    const { platforms } = (await (await fetch(`${origin}/api/v1/status/history?days=90`)).json()) as {
      platforms: { days: { state: string | null }[] }[]
    }
    if (platforms.every(({ days }) => days.filter(({ state }) => state !== null).length > 80)) return
    await setTimeout(250)
  }
}

async function shotsOf(origin: string): Promise<Shot[]> {
  const idOf = async (path: string, fits: (item: Record<string, unknown>) => boolean) => {
    const { items } = (await (await fetch(`${origin}/api/v1/${path}`)).json()) as { items: { id: string }[] }
    const found = items.find((item) => fits(item))
    if (found === undefined) throw new Error(`The sample has nothing that fits at ${path}`)
    return found.id
  }
  const platform = await idOf('platforms?limit=200', ({ name }) => name === 'Customer 360')
  const ticket = await idOf('work-items?limit=200', (item) => item.item_type === 'INCIDENT' && item.comment_count !== 0)
  const seen = (text: string | RegExp) => (page: Page) => page.getByText(text).first().waitFor()
  const rows = (page: Page) => page.getByRole('row').nth(1).waitFor()
  return [
    { name: 'status', path: '/', until: seen(/% over 90 days/) },
    { name: 'platform', path: `/platforms/${platform}`, until: rows },
    { name: 'tickets', path: '/tickets', until: seen('Export') },
    { name: 'ticket', path: `/tickets/${ticket}`, until: seen('Comment') },
    { name: 'roadmap', path: '/roadmap', until: seen('Next') },
    { name: 'docs', path: '/docs/status-page', until: seen('On this page') },
    { name: 'glossary', path: '/glossary', until: seen(/terms/) },
    { name: 'alerts', path: '/admin/alerts', until: rows },
    { name: 'access', path: '/admin/access', until: rows },
  ]
}

async function take(
  browser: Browser,
  { name, path, until }: Shot,
  { width, height, colorScheme }: (typeof looks)[number],
) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' })
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(portal.origin + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await until(page)
  await page.waitForLoadState('networkidle')
  const file = `${name}-${width}-${colorScheme}.png`
  await page.screenshot({ path: join(folder, file) })
  await page.close()
  if (complaints.length > 0) throw new Error(`${file}: the page complained: ${complaints.join('; ')}`)
  console.log(`docs/screenshots/${file}`)
}
