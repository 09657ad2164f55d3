import { Modal, type ModalRootProps } from '@mantine/core'
import { type ReactNode, useLayoutEffect } from 'react'
import classes from './Dialog.module.css'
import { focusPage } from './focus-page.ts'

interface DialogProps {
  title: string
  /** What the cross does, in words: "Close without saving". */
  closeLabel: string
  onClose(): void
  isOpen?: boolean
  size?: NonNullable<ModalRootProps['size']>
  /** Id of what gets the focus afterwards, where that may be drawn anew meanwhile; otherwise it is whatever had it. */
  returnTo?: string
  children: ReactNode
}

/** A dialog: focus goes in, stays, and returns to its opener. Its head is no page header, so no landmark. */
export function Dialog({ title, closeLabel, onClose, isOpen = true, size = 'lg', returnTo, children }: DialogProps) {
  useFocusReturn(isOpen, returnTo)
  return (
    <Modal.Root
      opened={isOpen}
      onClose={onClose}
      size={size}
      returnFocus={false}
      classNames={{ content: classes.content }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes.head}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          <Modal.CloseButton aria-label={closeLabel} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

let openDialogs = 0
let opener: HTMLElement | null = null

/**
 * Mantine returns the focus only for dialogs that were there, closed, before; ours come with what they are about, and
 * one may follow another. So what is remembered is the last focus outside of any dialog.
 */
export function useFocusReturn(isOpen: boolean, returnTo?: string): void {
  useLayoutEffect(() => {
    if (!isOpen) return
    const active = document.activeElement
    if (active instanceof HTMLElement && active !== document.body && active.closest('[role="dialog"]') === null)
      opener = active
    openDialogs += 1
    const openedOn = location.pathname
    return () => {
      openDialogs -= 1
      // Not at once: until the closing is drawn, the dialog's trap would fetch the focus back.
      setTimeout(() => {
        if (openDialogs > 0) return
        const named = returnTo === undefined ? null : document.getElementById(returnTo)
        if (location.pathname !== openedOn) focusPage()
        else if (named !== null) named.focus({ preventScroll: true })
        else if (opener?.isConnected === true) opener.focus({ preventScroll: true })
        else document.getElementById('main')?.focus({ preventScroll: true })
      }, 10)
    }
  }, [isOpen, returnTo])
}
