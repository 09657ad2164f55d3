import type { IngestionRun } from '../../contracts/status.ts'
import { StateBadge } from './StateBadge.tsx'
import { runShown, runWords } from './sources.ts'

export const RunBadge = ({ state }: { state: IngestionRun['state'] }) =>
  state === 'RUNNING' ? (
    <StateBadge state="unknown" word={runWords.RUNNING} icon="running" />
  ) : (
    <StateBadge state={runShown[state]} word={runWords[state]} />
  )
