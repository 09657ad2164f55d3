import { useMemo } from 'react'
import { dayName } from '../ui/time.ts'
import { type BarDay, barKinds, barPaths } from './bars.ts'
import { DayStrip } from './DayStrip.tsx'
import fills from './fills.module.css'
import { stateWords } from './state.ts'
import classes from './UptimeBars.module.css'
import { shareText } from './uptime.ts'

const HEIGHT = 28

interface BarsProps {
  label: string
  days: readonly BarDay[]
  summary: string
  isStale?: boolean
}

/** A bar per day, its height and colour the worst that happened. */
export function UptimeBars({ label, days, summary, isStale = false }: BarsProps) {
  const paths = useMemo(() => barPaths(days, HEIGHT), [days])
  return (
    <DayStrip
      label={label}
      count={days.length}
      textOf={(index) => (days[index] === undefined ? '' : textOf(days[index]))}
      summary={summary}
    >
      {(marker) => (
        <svg
          className={`${classes.bars} ${fills.fills}`}
          data-stale={isStale}
          viewBox={`0 0 ${days.length} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {barKinds.map((kind) => paths[kind] !== undefined && <path key={kind} data-kind={kind} d={paths[kind]} />)}
          {marker !== null && <rect className={fills.marker} x={marker} width="1" height={HEIGHT} />}
        </svg>
      )}
    </DayStrip>
  )
}

const textOf = ({ day, state, uptime }: BarDay) =>
  state === null
    ? `${dayName(day)}: not measured`
    : `${dayName(day)}: ${stateWords[state]}, uptime ${shareText(uptime)}`
