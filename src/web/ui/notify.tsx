import { notifications } from '@mantine/notifications'
import { ApiFault } from '../api/fault.ts'

/** An act without a form: it went well, or it did not and why. */
export const tellDone = (message: string) =>
  notifications.show({ message, withBorder: true, autoClose: 5000, closeButtonProps: { 'aria-label': 'Close' } })

export function tellFault(error: unknown): void {
  const fault = error instanceof ApiFault ? error : null
  const changed =
    fault?.code === 'version_conflict'
      ? 'Somebody changed this first; you now see the newest. Try again if you still want to.'
      : null
  notifications.show({
    color: 'red',
    title: 'That did not work',
    message: changed ?? fault?.message ?? 'Something in this page failed.',
    withBorder: true,
    autoClose: 12_000,
    closeButtonProps: { 'aria-label': 'Close' },
  })
}
