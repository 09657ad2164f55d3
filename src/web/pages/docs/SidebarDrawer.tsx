import '@mantine/core/styles/Drawer.layer.css'
import { Button, Drawer } from '@mantine/core'
import { IconList } from '@tabler/icons-react'
import { useState } from 'react'
import { Sidebar } from './Sidebar.tsx'
import classes from './SidebarDrawer.module.css'

/** The sidebar where there is no room for it beside the text. */
export function SidebarDrawer() {
  const [isOpen, setIsOpen] = useState(false)
  const close = () => setIsOpen(false)
  return (
    <div className={classes.narrow}>
      <Button variant="default" leftSection={<IconList size={16} aria-hidden />} onClick={() => setIsOpen(true)}>
        Pages
      </Button>
      <Drawer.Root opened={isOpen} onClose={close} size={300} transitionProps={{ duration: 0 }}>
        <Drawer.Overlay />
        <Drawer.Content>
          <div className={classes.head}>
            <Drawer.Title className={classes.title}>Pages of the docs</Drawer.Title>
            <Drawer.CloseButton aria-label="Close the list of pages" />
          </div>
          <Drawer.Body>
            <nav aria-label="Docs">
              <Sidebar onGone={close} />
            </nav>
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </div>
  )
}
