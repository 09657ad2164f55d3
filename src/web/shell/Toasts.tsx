import '@mantine/core/styles/Notification.layer.css'
import '@mantine/notifications/styles.layer.css'
import { Notifications } from '@mantine/notifications'

/** Where acts without a form say how they went. It outlives the page on which one was done. */
export default function Toasts() {
  return <Notifications position="bottom-right" />
}
