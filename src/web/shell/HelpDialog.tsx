import { Kbd, Switch } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { toApi } from '../paths.ts'
import { Dialog } from '../ui/Dialog.tsx'
import classes from './HelpDialog.module.css'
import { keyMap } from './shortcuts.ts'

interface HelpProps {
  isOpen: boolean
  onClose(): void
  shortcuts: { areOn: boolean; switchTo(on: boolean): void }
}

export default function HelpDialog({ isOpen, onClose, shortcuts }: HelpProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Help" size="md" closeLabel="Close help">
      <p className={classes.lead}>
        Lakeport says whether the platform is healthy and your data is fresh. Every state has a reason beside it; choose
        a platform for its history and checks.
      </p>
      <h3 className={classes.title}>Keyboard</h3>
      <dl className={classes.keys}>
        <div>
          <dt>
            <Kbd>Ctrl</Kbd> or <Kbd>Cmd</Kbd> with <Kbd>K</Kbd>
          </dt>
          <dd>Search everything, and commands</dd>
        </div>
        {keyMap.map(({ keys, says }) => (
          <div key={says}>
            <dt>
              {keys.map((key, index) => (
                <span key={key}>
                  {index > 0 && ' then '}
                  <Kbd>{key}</Kbd>
                </span>
              ))}
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
        <div>
          <dt>
            <Kbd>←</Kbd> <Kbd>→</Kbd>
          </dt>
          <dd>Day by day, on a history strip</dd>
        </div>
        <div>
          <dt>
            <Kbd>Esc</Kbd>
          </dt>
          <dd>Close, and back to where you were</dd>
        </div>
      </dl>
      <Switch
        label="Single-key shortcuts"
        checked={shortcuts.areOn}
        onChange={(event) => shortcuts.switchTo(event.currentTarget.checked)}
      />
      <h3 className={classes.title}>More</h3>
      <Link {...toApi()} onClick={onClose}>
        API reference
      </Link>
    </Dialog>
  )
}
