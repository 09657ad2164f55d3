/** What tools/docs/vite-plugin.ts makes of the folder docs/. */
declare module 'virtual:docs/guide' {
  export const guide: import('./guide.ts').Guide
  /** By slug. */
  export const pages: Record<
    string,
    (() => Promise<{ default: import('./guide.ts').GuidePage; images: Record<string, string> }>) | undefined
  >
}

declare module 'virtual:docs/search-index' {
  /** MiniSearch's own JSON. */
  const index: string
  export default index
}

declare module 'virtual:docs/code.css'
