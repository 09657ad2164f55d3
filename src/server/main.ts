import { runCommand } from './command.ts'
import { serve } from './serve.ts'

/** The process that serves the portal. */
await runCommand(process.env, serve)
