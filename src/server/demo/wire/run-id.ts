import { idOf } from '../../storage/ids.ts'
import type { Run } from '../runs.ts'
import { nameOf, type RunThing } from '../things.ts'

/** Id of a run where the service gives its runs UUIDs. */
export const idOfRun = (thing: RunThing, run: Run): string => idOf('sample_run', nameOf(thing), String(run.number))
