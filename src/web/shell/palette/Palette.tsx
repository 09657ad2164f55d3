import { Modal, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { type KeyboardEvent, type MouseEvent, useId, useState } from 'react'
import { useFocusReturn } from '../../ui/Dialog.tsx'
import { type Entry, stepFrom } from './entry.ts'
import { Groups } from './Groups.tsx'
import classes from './Palette.module.css'
import { useGroups } from './use-groups.ts'

interface PaletteProps {
  isOpen: boolean
  onClose(): void
  openHelp(): void
}

/** One field for everything: where to go, what to do, and whatever the portal knows by that name. Keyboard first. */
export default function Palette({ isOpen, onClose, openHelp }: PaletteProps) {
  useFocusReturn(isOpen)
  return (
    <Modal.Root
      opened={isOpen}
      onClose={onClose}
      size="lg"
      yOffset="10vh"
      returnFocus={false}
      classNames={{ content: classes.content }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label="Search and commands">
        {/* What was typed is gone with the dialog. */}
        {isOpen && <Field onClose={onClose} openHelp={openHelp} />}
      </Modal.Content>
    </Modal.Root>
  )
}

function Field({ onClose, openHelp }: Omit<PaletteProps, 'isOpen'>) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const navigate = useNavigate()
  const router = useRouter()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const { groups, isSettled, isFound, error } = useGroups(typed, {
    openHelp,
    switchTheme: () => setColorScheme(colorScheme === 'dark' ? 'light' : 'dark'),
  })
  const entries = groups.flatMap((group) => group.entries)
  const active = entries[Math.min(at, entries.length - 1)]
  const idOf = ({ key }: Entry) => `${id}-${key.replaceAll(' ', '_')}`

  const take = (entry: Entry, inNewTab: boolean) => {
    if ('link' in entry && inNewTab) {
      window.open(router.buildLocation(entry.link).href, '_blank', 'noopener')
      return
    }
    onClose()
    if ('link' in entry) void navigate(entry.link)
    else entry.act()
  }
  const step = (by: 1 | -1) => {
    const next = stepFrom(Math.min(at, entries.length - 1), by, entries.length)
    setAt(next)
    const entry = entries[next]
    if (entry !== undefined) document.getElementById(idOf(entry))?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = stepOf(event)
    if (by !== null) step(by)
    else if (event.key === 'Enter' && active !== undefined && !event.nativeEvent.isComposing)
      take(active, event.ctrlKey || event.metaKey)
    else return
    event.preventDefault()
  }

  return (
    <>
      <div className={classes.head}>
        <IconSearch size={19} aria-hidden />
        <input
          ref={focusAtOnce}
          className={classes.field}
          type="text"
          role="combobox"
          aria-label="Search or choose a command"
          aria-expanded={entries.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active === undefined ? undefined : idOf(active)}
          placeholder="Search platforms, tickets, words, or a command"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          data-autofocus
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        <button type="button" className={classes.close} onClick={onClose}>
          Esc<VisuallyHidden> closes</VisuallyHidden>
        </button>
      </div>
      <Groups
        id={`${id}-list`}
        groups={groups}
        active={active}
        idOf={idOf}
        onTake={(entry, event: MouseEvent) => take(entry, event.ctrlKey || event.metaKey || event.button === 1)}
      />
      {error !== null && (
        <p role="alert" className={classes.note}>
          The portal’s search did not answer: {error.message}
        </p>
      )}
      {error === null && isSettled && !isFound && (
        <p className={classes.note}>Nothing goes by that name that you may see. Try fewer letters.</p>
      )}
      <VisuallyHidden role="status">{isSettled ? `${entries.length} results` : ''}</VisuallyHidden>
    </>
  )
}

/** Before the dialog has come in: who opens it by key types on. */
const focusAtOnce = (field: HTMLInputElement | null) => field?.focus()

/** Arrows, and Ctrl with N or P for hands that stay. */
function stepOf({ key, ctrlKey }: KeyboardEvent): 1 | -1 | null {
  if (key === 'ArrowDown' || (ctrlKey && key === 'n')) return 1
  if (key === 'ArrowUp' || (ctrlKey && key === 'p')) return -1
  return null
}
