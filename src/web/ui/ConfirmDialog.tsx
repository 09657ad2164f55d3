import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Dialog } from './Dialog.tsx'
import stack from './Stack.module.css'

interface ConfirmProps {
  title: string
  act: string
  isActing: boolean
  onConfirm(): void
  onClose(): void
  children: ReactNode
}

export function ConfirmDialog({ title, act, isActing, onConfirm, onClose, children }: ConfirmProps) {
  return (
    <Dialog onClose={onClose} title={title} closeLabel="Close">
      <div className={stack.section}>
        <div>{children}</div>
        <div className={stack.row}>
          <Button color="red" loading={isActing} onClick={onConfirm}>
            {act}
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
