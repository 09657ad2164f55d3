import { Button } from '@mantine/core'
import { useState } from 'react'
import { type PlatformHistory, reasonText } from '../../../contracts/status.ts'
import { At } from '../../parts/TimeAgo.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import stack from '../../ui/Stack.module.css'
import { coarse, duration } from '../../ui/time.ts'
import { useNow } from '../../ui/use-now.ts'

type Failure = PlatformHistory['failures'][number]
const FIRST = 5

interface FailureProps {
  failures: readonly Failure[]
  days: number
  /** All of the time that was down; single outages are known only as far back as raw results are kept. */
  redMs: number
}

/** When it was down, the newest first: how long, which check, and what it said. */
export function FailureTable({ failures, days, redMs }: FailureProps) {
  const [areAllShown, setAreAllShown] = useState(false)
  if (failures.length === 0) {
    return (
      <p className={stack.dimmed}>
        {redMs === 0
          ? `No outage in these ${days} days.`
          : `Down for ${duration(redMs)} in these ${days} days; single outages are no longer kept that far back.`}
      </p>
    )
  }
  const shown = areAllShown ? failures : failures.slice(0, FIRST)
  return (
    <>
      <h3>Outages</h3>
      <DataTable
        label="Outages"
        columns={columns}
        rows={shown}
        keyOf={({ check_id, started_at }) => `${check_id}${started_at}`}
      />
      {failures.length > FIRST && (
        <div>
          <Button variant="default" size="xs" onClick={() => setAreAllShown(!areAllShown)}>
            {areAllShown ? 'Show fewer outages' : `Show all ${failures.length} outages`}
          </Button>
        </div>
      )}
    </>
  )
}

const columns: Column<Failure>[] = [
  { header: 'Began', cell: ({ started_at }) => <At at={started_at} /> },
  { header: 'Lasted', cell: (failure) => <Lasted {...failure} /> },
  { header: 'Check', cell: ({ check_name }) => <bdi>{check_name}</bdi> },
  {
    header: 'Why',
    cell: ({ reason, message }) => (
      <bdi>{message === null ? reasonText[reason] : `${reasonText[reason]}: ${message}`}</bdi>
    ),
  },
]

function Lasted({ started_at, ended_at }: Failure) {
  const now = useNow()
  const length = coarse((ended_at === null ? now : Date.parse(ended_at)) - Date.parse(started_at))
  return ended_at === null ? `${length} so far` : length
}
