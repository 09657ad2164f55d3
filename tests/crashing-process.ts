import { runCommand } from '../src/server/command.ts'

/** A process in which something is thrown that nobody catches, the way the real ones are started. */
await runCommand(process.env, async () => {
  setImmediate(() => {
    throw new Error('Nobody catches this', { cause: new Error('password=planted-in-the-cause') })
  })
})
