import { type BarKind, barPaths } from '../../parts/bars.ts'
import { stateWords } from '../../parts/state.ts'
import bars from '../../parts/UptimeBars.module.css'
import classes from './Legend.module.css'

const lines: [BarKind, string][] = [
  ['green', stateWords.green],
  ['yellow', stateWords.yellow],
  ['red', stateWords.red],
  ['unknown', stateWords.unknown],
  ['none', 'Not measured'],
]

/** How to read the strips: worse is taller, so nobody depends on the colours. */
export function Legend() {
  return (
    <div className={classes.legend}>
      <span>Each bar is one UTC day at its worst:</span>
      {lines.map(([kind, word]) => (
        <span key={kind} className={classes.line}>
          <svg
            className={`${bars.bars} ${classes.sample}`}
            viewBox="0 0 1 16"
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <path
              data-kind={kind}
              d={barPaths([{ day: '', state: kind === 'none' ? null : kind, uptime: null }], 16)[kind]}
            />
          </svg>
          {word}
        </span>
      ))}
      <span>Uptime counts time that is down against time that was measured.</span>
    </div>
  )
}
