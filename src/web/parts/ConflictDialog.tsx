import { Button } from '@mantine/core'
import { useState } from 'react'
import { Dialog } from '../ui/Dialog.tsx'
import stack from '../ui/Stack.module.css'
import classes from './ConflictDialog.module.css'
import { type Choice, compare, type Settled, settle, suggested } from './compare.ts'
import type { Conflict } from './conflict.ts'
import { DeletedDialog } from './DeletedDialog.tsx'
import { DisputedField } from './DisputedField.tsx'
import { TimeAgo } from './TimeAgo.tsx'

export interface ConflictProps<Draft extends object> {
  conflict: Conflict<Draft>
  labels: Readonly<Record<string, string>>
  /** How a value reads. */
  show(field: string, value: unknown): string
  onSettle(draft: Draft): void
  onKeepEditing(): void
}

/** Two people changed the same thing. Nothing is lost: what does not collide is merged, the rest is as chosen. */
export function ConflictDialog<Draft extends object>({ conflict, ...rest }: ConflictProps<Draft>) {
  return conflict.kind === 'deleted' ? (
    <DeletedDialog conflict={conflict} {...rest} />
  ) : (
    <ChangedDialog conflict={conflict} {...rest} />
  )
}

type Changed<Draft> = Extract<Conflict<Draft>, { kind: 'changed' }>

function ChangedDialog<Draft extends object>({
  conflict,
  labels,
  show,
  onSettle,
  onKeepEditing,
}: ConflictProps<Draft> & { conflict: Changed<Draft> }) {
  const { base, mine, theirs, by, at } = conflict
  const [comparison] = useState(() => compare(base, mine, theirs))
  const { disputed, settled } = comparison
  const [choices, setChoices] = useState<Record<string, Choice>>(() =>
    Object.fromEntries(disputed.map((dispute) => [dispute.field, suggested(dispute)])),
  )
  const takeAll = (take: 'theirs' | 'mine') =>
    setChoices(Object.fromEntries(disputed.map(({ field }) => [field, { take }])))
  return (
    <Dialog onClose={onKeepEditing} title="Somebody saved this first" closeLabel="Close and keep my draft" size="xl">
      <div className={stack.section}>
        <p className={stack.plain}>
          <bdi>{by ?? 'Somebody'}</bdi> saved {at === null ? 'it' : <TimeAgo at={at} />}, while you were editing. Your
          draft is kept.{' '}
          {disputed.length === 0
            ? 'What you changed does not collide with it.'
            : 'You both changed the same; choose what it shall be:'}
        </p>
        {disputed.length > 1 && (
          <div className={stack.row}>
            <Button variant="default" size="xs" onClick={() => takeAll('theirs')}>
              Take all theirs
            </Button>
            <Button variant="default" size="xs" onClick={() => takeAll('mine')}>
              Take all mine
            </Button>
          </div>
        )}
        {disputed.map((dispute) => (
          <DisputedField
            key={dispute.field}
            dispute={dispute}
            label={labels[dispute.field] ?? dispute.field}
            show={(value) => show(dispute.field, value)}
            choice={choices[dispute.field] ?? { take: 'mine' }}
            onChoose={(choice) => setChoices({ ...choices, [dispute.field]: choice })}
          />
        ))}
        <SettledFields settled={settled} labels={labels} />
        <div className={stack.row}>
          <Button onClick={() => onSettle(settle(mine, theirs, comparison, choices))}>Save this</Button>
          <Button variant="default" onClick={onKeepEditing}>
            Keep editing
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

const whose = { theirs: 'as they saved it', mine: 'as you wrote it', both: 'you both want the same' }

/** What needs no choice, so that it does not come as a surprise. */
function SettledFields({ settled, labels }: { settled: readonly Settled[]; labels: ConflictProps<object>['labels'] }) {
  if (settled.length === 0) return null
  return (
    <section aria-label="Merged without a question" className={classes.settled}>
      <h3>Merged without a question</h3>
      <ul>
        {settled.map(({ field, by }) => (
          <li key={field}>
            {labels[field] ?? field}: {whose[by]}
          </li>
        ))}
      </ul>
    </section>
  )
}
