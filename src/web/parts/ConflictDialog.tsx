import { Button, Radio } from '@mantine/core'
import { useState } from 'react'
import { Dialog } from '../ui/Dialog.tsx'
import stack from '../ui/Stack.module.css'
import classes from './ConflictDialog.module.css'
import { differences, merge } from './conflict.ts'
import { TimeAgo } from './TimeAgo.tsx'
import type { Conflict } from './use-saving.ts'

interface ConflictProps<Draft extends object> {
  conflict: Conflict<Draft>
  labels: Readonly<Record<string, string>>
  /** How a value reads. */
  show(field: string, value: unknown): string
  onSettle(draft: Draft): void
  onKeepEditing(): void
}

/** Two people changed the same thing. Nothing is lost: each field is theirs or mine, as chosen. */
export function ConflictDialog<Draft extends object>({
  conflict,
  labels,
  show,
  onSettle,
  onKeepEditing,
}: ConflictProps<Draft>) {
  const { base, mine, theirs, by, at } = conflict
  const found = differences(base, mine, theirs)
  const [choices, setChoices] = useState(() =>
    Object.fromEntries(found.map(({ field, suggested }) => [field, suggested])),
  )
  return (
    <Dialog onClose={onKeepEditing} title="Somebody saved this first" closeLabel="Close and keep my draft">
      <div className={stack.section}>
        <p className={stack.plain}>
          <bdi>{by ?? 'Somebody'}</bdi> saved {at === null ? 'it' : <TimeAgo at={at} />}, while you were editing. Your
          draft is kept. {found.length === 0 ? 'You both want the same.' : 'Choose what each field shall be:'}
        </p>
        {found.map(({ field, theirs: saved, mine: wanted }) => (
          <Radio.Group
            key={field}
            label={labels[field] ?? field}
            value={choices[field] ?? 'mine'}
            onChange={(value) => setChoices({ ...choices, [field]: value === 'theirs' ? 'theirs' : 'mine' })}
          >
            <div className={classes.pair}>
              <Radio value="theirs" label={<Choice whose="Theirs" text={show(field, saved)} />} />
              <Radio value="mine" label={<Choice whose="Mine" text={show(field, wanted)} />} />
            </div>
          </Radio.Group>
        ))}
        <div className={stack.row}>
          <Button onClick={() => onSettle(merge(mine, theirs, choices))}>Save this</Button>
          <Button variant="default" onClick={onKeepEditing}>
            Keep editing
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

const Choice = ({ whose, text }: { whose: string; text: string }) => (
  <>
    <strong>{whose}:</strong> <bdi className={classes.value}>{text === '' ? '(empty)' : text}</bdi>
  </>
)
