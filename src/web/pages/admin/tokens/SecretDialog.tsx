import { Button, TextInput } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { Dialog } from '../../../ui/Dialog.tsx'
import stack from '../../../ui/Stack.module.css'

/** The only time that anybody sees a token's secret: the portal itself keeps no more than its hash. */
export function SecretDialog({ name, secret, onClose }: { name: string; secret: string; onClose(): void }) {
  const field = useRef<HTMLInputElement>(null)
  const [told, setTold] = useState('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret)
      setTold('Copied.')
    } catch {
      // Without TLS, or forbidden: then to be copied by hand.
      field.current?.select()
      setTold('Your browser does not let this page copy. It is selected: press Ctrl+C or Cmd+C.')
    }
  }
  return (
    <Dialog title={`The secret of ${name}`} closeLabel="Close; it is not shown again" onClose={onClose}>
      <div className={stack.section}>
        <p className={stack.plain}>Copy it now. It is shown this once and never again.</p>
        <TextInput
          ref={field}
          label="Secret"
          value={secret}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
          description="Send it as Authorization: Bearer"
        />
        <div className={stack.row}>
          <Button leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copy()} data-autofocus>
            Copy secret
          </Button>
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
          <p className={stack.dimmed} role="status">
            {told}
          </p>
        </div>
      </div>
    </Dialog>
  )
}
