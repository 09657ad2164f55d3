import { type MouseEvent, useId } from 'react'
import type { Entry, Group } from './entry.ts'
import classes from './Palette.module.css'

interface GroupsProps {
  id: string
  groups: readonly Group[]
  active: Entry | undefined
  idOf(entry: Entry): string
  onTake(entry: Entry, event: MouseEvent): void
}

/** The list below the field. Focus stays in the field, which names the line that is chosen. */
export function Groups({ id, groups, active, idOf, onTake }: GroupsProps) {
  return (
    <div id={id} role="listbox" aria-label="Results" className={classes.list}>
      {groups.map((group) => (
        <OneGroup key={group.title} group={group} active={active} idOf={idOf} onTake={onTake} />
      ))}
    </div>
  )
}

function OneGroup({ group, active, idOf, onTake }: Omit<GroupsProps, 'id' | 'groups'> & { group: Group }) {
  const titleId = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a list of options.
    <div role="group" aria-labelledby={titleId}>
      <div id={titleId} className={classes.title} role="presentation">
        {group.title}
      </div>
      {group.entries.map((entry) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field that has the focus takes the keys.
        // biome-ignore lint/a11y/useFocusableInteractive: as above.
        <div
          key={entry.key}
          id={idOf(entry)}
          role="option"
          aria-selected={entry === active}
          className={classes.option}
          onMouseDown={(event) => event.preventDefault()}
          onClick={(event) => onTake(entry, event)}
          onAuxClick={(event) => onTake(entry, event)}
        >
          <span className={classes.label}>{entry.label}</span>
          {entry.hint !== undefined && <span className={classes.hint}>{entry.hint}</span>}
        </div>
      ))}
    </div>
  )
}
