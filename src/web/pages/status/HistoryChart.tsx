import { useMemo } from 'react'
import type { PlatformHistory } from '../../../contracts/status.ts'
import { DayStrip } from '../../parts/DayStrip.tsx'
import fills from '../../parts/fills.module.css'
import { uptimeText } from '../../parts/uptime.ts'
import { dayName } from '../../ui/time.ts'
import { dayPaths, describeDay, layerKinds } from './day-chart.ts'
import classes from './HistoryChart.module.css'

const HEIGHT = 120

/** Every day as a column of the time it spent in each state; arrow keys or a pointer read a day out. */
export function HistoryChart({ history, name }: { history: PlatformHistory; name: string }) {
  const { days } = history
  const paths = useMemo(() => dayPaths(days, HEIGHT), [days])
  const [first, last] = [days.at(0), days.at(-1)]
  return (
    <figure className={classes.chart}>
      <DayStrip
        label={`History of ${name} by day`}
        count={days.length}
        textOf={(index) => (days[index] === undefined ? '' : describeDay(days[index]))}
        summary={uptimeText(history, days.length)}
        className={classes.strip}
      >
        {(marker) => (
          <svg
            className={`${classes.svg} ${fills.fills}`}
            viewBox={`0 0 ${days.length} ${HEIGHT}`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <rect className={classes.back} width={days.length} height={HEIGHT} />
            {layerKinds.map(
              (kind) => paths[kind] !== undefined && <path key={kind} data-kind={kind} d={paths[kind]} />,
            )}
            {marker !== null && <rect className={fills.marker} x={marker} width="1" height={HEIGHT} />}
          </svg>
        )}
      </DayStrip>
      <figcaption className={classes.caption}>
        <span>{first !== undefined && dayName(first.day)}</span>
        <span className={classes.key}>
          Share of each UTC day, widest to narrowest: down, degraded, healthy, maintenance, not measured
        </span>
        <span>{last !== undefined && dayName(last.day)}</span>
      </figcaption>
    </figure>
  )
}
