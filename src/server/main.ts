import { enableCompileCache } from 'node:module'

// Compiled code is kept between starts; where it cannot be, a start takes a little longer and nothing else.
enableCompileCache()
const { runCommand } = await import('./command.ts')
const { serve } = await import('./serve.ts')

/** The process that serves the portal. */
await runCommand(process.env, serve)
