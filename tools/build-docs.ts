import { gzipSync } from 'node:zlib'
import { buildDocs, portalPathsIn } from './docs/build.ts'
import { DocsError } from './docs/problems.ts'

/** Checks the guide without building anything else: `npx node tools/build-docs.ts`. The browser build does the same. */
try {
  const { pages, index } = await buildDocs('docs', portalPathsIn('src/web/paths.ts'))
  console.log(`${pages.length} pages; search index ${(gzipSync(index).length / 1000).toFixed(1)} kB gz`)
} catch (error) {
  if (!(error instanceof DocsError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
