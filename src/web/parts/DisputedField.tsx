import { Radio, Textarea } from '@mantine/core'
import classes from './ConflictDialog.module.css'
import { type Choice, type Disputed, isLongText } from './compare.ts'
import { LineDiff } from './LineDiff.tsx'

interface DisputedProps {
  dispute: Disputed
  label: string
  /** How a value reads. */
  show(value: unknown): string
  choice: Choice
  onChoose(choice: Choice): void
}

/** One field that two people changed: what it was, theirs, mine, and both together where that can be had. */
export function DisputedField({ dispute, label, show, choice, onChoose }: DisputedProps) {
  const { base, theirs, mine, merged } = dispute
  const isText = merged !== null && typeof merged.value === 'string'
  const isLong = [base, theirs, mine].some((value) => isLongText(value) || isLongText(show(value)))
  const choose = (take: string) => {
    if (take === 'merge' && merged !== null) onChoose({ take, value: merged.value })
    else onChoose({ take: take === 'theirs' ? 'theirs' : 'mine' })
  }
  const side = (take: 'theirs' | 'mine', value: unknown) => (
    <div>
      <Radio
        value={take}
        label={<Side whose={take === 'theirs' ? 'Theirs' : 'Mine'} text={isLong ? null : show(value)} />}
      />
      {isLong && (
        <LineDiff
          from={show(base)}
          to={show(value)}
          label={`${label}: what ${take === 'theirs' ? 'they' : 'you'} changed`}
        />
      )}
    </div>
  )
  return (
    <div className={classes.field}>
      <Radio.Group
        label={label}
        description={isLong ? null : `It was: ${show(base) || '(empty)'}`}
        value={choice.take}
        onChange={choose}
      >
        <div className={classes.choices}>
          {side('theirs', theirs)}
          {side('mine', mine)}
          {merged !== null && (
            <Radio
              value="merge"
              label={
                isText ? (
                  <Side whose="Merge" text={aboutMerge(merged.overlaps)} />
                ) : (
                  <Side whose="Merge" text={show(merged.value)} />
                )
              }
            />
          )}
        </div>
      </Radio.Group>
      {isText && choice.take === 'merge' && (
        <Textarea
          label={`Merged ${label.toLowerCase()}`}
          value={typeof choice.value === 'string' ? choice.value : ''}
          onChange={(event) => onChoose({ take: 'merge', value: event.currentTarget.value })}
          autosize={false}
          rows={10}
          maxLength={100_000}
        />
      )}
    </div>
  )
}

const aboutMerge = (overlaps: number) =>
  overlaps === 0
    ? 'both changes, in one text'
    : `both changes; in ${overlaps === 1 ? 'one place' : `${overlaps} places`} both versions stand one after the other, please tidy up`

const Side = ({ whose, text }: { whose: string; text: string | null }) => (
  <>
    <strong>{whose}</strong>
    {text !== null && (
      <>
        : <bdi className={classes.value}>{text === '' ? '(empty)' : text}</bdi>
      </>
    )}
  </>
)
