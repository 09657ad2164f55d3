import { Button } from '@mantine/core'
import { IconRss } from '@tabler/icons-react'
import { useState } from 'react'
import { can, canSomewhere } from '../../../api/can.ts'
import { useMe } from '../../../api/me.ts'
import { SubscribeDialog } from './SubscribeDialog.tsx'

export interface Followed {
  id: string
  name: string
}

/** How to follow the portal, or one platform, from outside: for whoever may read how it is. */
export function Subscribe({ platform }: { platform?: Followed }) {
  const [isOpen, setOpen] = useState(false)
  const me = useMe()
  // The addresses of everything answer to whoever may read anything.
  const isShown =
    platform === undefined ? canSomewhere(me, 'status.read') : can(me, 'status.read', { platformIds: [platform.id] })
  if (!isShown) return null
  return (
    <div>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconRss size={15} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        Subscribe
      </Button>
      {isOpen && <SubscribeDialog {...(platform && { platform })} onClose={() => setOpen(false)} />}
    </div>
  )
}
