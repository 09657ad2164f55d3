import type { Journal, Observation } from '../../storage/journal.ts'
import type { Local } from '../../storage/local/open.ts'
import { createRepository } from '../../storage/repository.ts'
import { createCheckStore } from './check-store.ts'
import { createMessageStore } from './message-store.ts'
import { createPlatformStore } from './platform-store.ts'
import { createResultStore } from './result-store.ts'
import { createRunStore } from './run-store.ts'

/** Everything that Status keeps on disk, by noun. Lists are filtered in the query by what the actor may see. */
export function createStatusStore(local: Local, journal: Journal) {
  return {
    ...createPlatformStore(createRepository('platforms', local, journal), local),
    ...createCheckStore(createRepository('status_checks', local, journal), local),
    ...createMessageStore(createRepository('status_messages', local, journal), local),
    ...createRunStore(createRepository('ingestion_runs', local, journal), local),
    ...createResultStore(createRepository('status_checks', local, journal), local),
    observe: (observations: readonly Observation[]) => journal.observe(observations),
  }
}

export type StatusStore = ReturnType<typeof createStatusStore>
