import { join } from 'node:path'
import type { Plugin } from 'vite'
import { type BuiltDocs, buildDocs, portalPathsIn } from './build.ts'

const GUIDE = 'virtual:docs/guide'
const PAGE = 'virtual:docs/page/'
const CSS = 'virtual:docs/code.css'
export const SEARCH_INDEX = 'virtual:docs/search-index'

/**
 * The guide as modules of the browser app: one per page and one for the search index, each loaded when it is needed.
 * Anything wrong with the guide fails the build, and stops neither the development server nor what it shows already.
 */
export function docs(root: string): Plugin {
  const folder = join(root, 'docs')
  const build = () => buildDocs(folder, portalPathsIn(join(root, 'src/web/paths.ts')))
  let built: BuiltDocs | null = null
  return {
    name: 'lakeport-docs',
    async buildStart() {
      built = await build()
    },
    resolveId: (id) => (id.startsWith('virtual:docs/') ? resolved(id) : null),
    load(id) {
      if (built === null || !id.includes('virtual:docs/')) return null
      const name = id.slice(id.indexOf('virtual:docs/'))
      if (name === GUIDE) return guideModule(built)
      if (name === CSS) return built.css
      if (name === SEARCH_INDEX) return `export default ${JSON.stringify(built.index)}`
      const page = built.pages.find((each) => `${PAGE}${each.page.slug}` === name)
      return page === undefined ? null : pageModule(page, folder)
    },
    configureServer(server) {
      server.watcher.add(folder)
      let running = Promise.resolve()
      server.watcher.on('all', (_event, file) => {
        if (file.startsWith(folder)) running = running.then(renew)
      })
      async function renew() {
        try {
          built = await build()
          for (const module of server.moduleGraph.idToModuleMap.values())
            if (module.id?.includes('virtual:docs/')) server.moduleGraph.invalidateModule(module)
          server.ws.send({ type: 'full-reload' })
        } catch (error) {
          server.config.logger.error(String(error))
        }
      }
    },
  }
}

/** Other plugins leave alone what begins with a zero, which styles need not be. */
const resolved = (id: string) => (id === CSS ? `/${id}` : `\0${id}`)

function guideModule({ guide, pages }: BuiltDocs): string {
  const loaders = pages.map(({ page }) => `${JSON.stringify(page.slug)}: () => import('${PAGE}${page.slug}')`)
  return `export const guide = ${JSON.stringify(guide)}\nexport const pages = { ${loaders.join(', ')} }`
}

function pageModule({ page, images }: BuiltDocs['pages'][number], folder: string): string {
  const imports = images.map((image, at) => `import image${at} from ${JSON.stringify(join(folder, image))}`)
  const names = images.map((image, at) => `${JSON.stringify(image)}: image${at}`)
  return `${imports.join('\n')}\nexport default ${JSON.stringify(page)}\nexport const images = { ${names.join(', ')} }`
}
