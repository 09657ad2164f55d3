import { VisuallyHidden } from '@mantine/core'
import { useMemo } from 'react'
import classes from './LineDiff.module.css'
import { type DiffLine, diffLines } from './lines.ts'

/** Lines of unchanged text kept around a change. */
const CONTEXT = 2

const signs = { same: ' ', removed: '−', added: '+' }
const words = { same: null, removed: 'Removed: ', added: 'Added: ' }

/** What became of a text, line by line: sign, word for those who hear it, colour. Long unchanged stretches are folded. */
export function LineDiff({ from, to, label }: { from: string; to: string; label: string }) {
  const rows = useMemo(() => folded(diffLines(from, to)), [from, to])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className={classes.diff} aria-label={label} tabIndex={0}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place.
        <div key={index} className={classes.line} data-kind={row.kind}>
          {row.kind === 'skipped' ? (
            <span className={classes.skipped}>{row.count === 1 ? '1 line' : `${row.count} lines`} unchanged</span>
          ) : (
            <>
              <span className={classes.sign} aria-hidden>
                {signs[row.kind]}
              </span>
              {words[row.kind] !== null && <VisuallyHidden component="span">{words[row.kind]}</VisuallyHidden>}
              <bdi>{row.text}</bdi>
            </>
          )}
        </div>
      ))}
    </section>
  )
}

type Row = DiffLine | { kind: 'skipped'; count: number }

function folded(lines: readonly DiffLine[]): Row[] {
  const isNear = (index: number) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ kind }) => kind !== 'same')
  const rows: Row[] = []
  for (const [index, line] of lines.entries()) {
    const last = rows.at(-1)
    if (isNear(index)) rows.push(line)
    else if (last?.kind === 'skipped') last.count += 1
    else rows.push({ kind: 'skipped', count: 1 })
  }
  return rows
}
