import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type Rolldown } from 'vite'
import { docs, SEARCH_INDEX } from './tools/docs/vite-plugin.ts'

const kB = 1000
/** Compressed sizes past which the build fails: what a person waits for, not what lies on disk. */
const budgets = { firstScript: 180 * kB, lazyScript: 60 * kB, docsIndex: 300 * kB, styles: 25 * kB }

export default defineConfig({
  root: 'src/web',
  plugins: [react(), docs(import.meta.dirname), wordless(), budget(), compressed()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    // The policy allows no data: scripts or styles, and modules preload everywhere that we support.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
  },
  server: { proxy: { '^/(api/v[12]|healthz|readyz|history\\.atom$)': { target: 'http://127.0.0.1:8000' } } },
})

type Bundle = Rolldown.OutputBundle
type Chunk = Rolldown.OutputChunk & { viteMetadata?: { importedCss?: Set<string> } }

/** Summaries of endpoints are for the API reference, which pages read from the portal: nobody waits for them here. */
function wordless(): Plugin {
  return {
    name: 'lakeport-wordless',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/contracts\/[\w-]+\.ts$/ },
      handler: (code) => ({
        code: code.replace(/\bsummary:\s*(['"])(?:\\.|(?!\1).)*\1/g, "summary: ''"),
        map: null,
      }),
    },
  }
}

/** Weighs the first page, and what each lazy entry adds to it. */
function budget(): Plugin {
  return {
    name: 'lakeport-budget',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file): file is Chunk => file.type === 'chunk')
      const first = closure(
        bundle,
        chunks.filter((chunk) => chunk.isEntry),
      )
      const firstStyles = stylesOf(first)
      check('the first page', first, budgets.firstScript)
      for (const lazy of chunks.filter((chunk) => chunk.isDynamicEntry && !first.has(chunk))) {
        const added = new Set([...closure(bundle, [lazy])].filter((chunk) => !first.has(chunk)))
        const isIndex = lazy.facadeModuleId?.includes(SEARCH_INDEX) === true
        check(isIndex ? 'the docs index' : lazy.name, added, isIndex ? budgets.docsIndex : budgets.lazyScript)
        checkStyles(lazy.name, new Set([...firstStyles, ...stylesOf(added)]))
      }
      checkStyles('the first page', firstStyles)

      function check(what: string, parts: Iterable<Chunk>, max: number) {
        const size = [...parts].reduce((sum, chunk) => sum + gzipSync(chunk.code).length, 0)
        report(`script of ${what}`, size, max)
      }
      function checkStyles(what: string, names: Iterable<string>) {
        const sources = [...names]
          .map((name) => bundle[name])
          .map((file) => (file?.type === 'asset' ? file.source : ''))
        report(
          `styles with ${what}`,
          sources.reduce((sum, source) => sum + gzipSync(source).length, 0),
          budgets.styles,
        )
      }
    },
  }
}

function report(what: string, size: number, max: number): void {
  const line = `${what}: ${(size / kB).toFixed(1)} kB gz of ${max / kB}`
  if (size > max) throw new Error(`Over budget: ${line}`)
  process.stdout.write(`${line}\n`)
}

/** The chunks and everything they import at once. */
function closure(bundle: Bundle, from: Chunk[]): Set<Chunk> {
  const seen = new Set<Chunk>()
  const visit = (chunk: Chunk) => {
    if (seen.has(chunk)) return
    seen.add(chunk)
    for (const name of chunk.imports) {
      const next = bundle[name]
      if (next?.type === 'chunk') visit(next)
    }
  }
  for (const chunk of from) visit(chunk)
  return seen
}

const stylesOf = (chunks: Set<Chunk>) =>
  new Set([...chunks].flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]))

/** Beside each text file its .br and .gz, which the server sends as they are. */
function compressed(): Plugin {
  return {
    name: 'lakeport-compressed',
    apply: 'build',
    enforce: 'post',
    writeBundle({ dir = '' }) {
      const names = readdirSync(dir, { recursive: true, encoding: 'utf8' })
      for (const name of names.filter((name) => /\.(js|css|svg)$/.test(name))) {
        const file = join(dir, name)
        const bytes = readFileSync(file)
        writeFileSync(`${file}.br`, brotliCompressSync(bytes))
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
      }
    },
  }
}
