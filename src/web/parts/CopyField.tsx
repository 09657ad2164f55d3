import { Button, TextInput } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useId, useRef, useState } from 'react'
import stack from '../ui/Stack.module.css'
import classes from './CopyField.module.css'

/** Text to take along: shown, selected by a click, copied by a button. */
export function CopyField({ label, value, description }: { label: string; value: string; description?: string }) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [told, setTold] = useState('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setTold('Copied.')
    } catch {
      // Without TLS, or forbidden: then to be copied by hand.
      field.current?.select()
      setTold('Your browser does not let this page copy. It is selected: press Ctrl+C or Cmd+C.')
    }
  }
  return (
    <div>
      <div className={classes.line}>
        <TextInput
          id={id}
          ref={field}
          className={classes.field}
          label={label}
          description={description}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={value}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          variant="default"
          leftSection={<IconCopy size={16} aria-hidden />}
          aria-label={`Copy ${label.toLowerCase()}`}
          onClick={() => void copy()}
        >
          Copy
        </Button>
      </div>
      <p className={stack.dimmed} role="status">
        {told}
      </p>
    </div>
  )
}
