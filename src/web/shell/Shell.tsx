import { ActionIcon } from '@mantine/core'
import { IconHelp } from '@tabler/icons-react'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { canSomewhere } from '../api/can.ts'
import { useMe } from '../api/me.ts'
import { toAdmin, toApi, toDocs, toNewTicket, toStatus, toTickets } from '../paths.ts'
import { LiveRegions } from '../ui/announce.tsx'
import { Navigation } from './Navigation.tsx'
import { PersonaSwitch } from './PersonaSwitch.tsx'
import classes from './Shell.module.css'
import { ThemeSwitch } from './ThemeSwitch.tsx'
import { useRouteFocus } from './use-route-focus.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { WhoAmI } from './WhoAmI.tsx'

const HelpDialog = lazy(() => import('./HelpDialog.tsx'))
const Toasts = lazy(() => import('./Toasts.tsx'))

/** What is around every page. */
export function Shell() {
  const me = useMe()
  const navigate = useNavigate()
  const [isHelpOpen, setIsHelpOpen] = useState(false)
  const [wasHelpOpened, setWasHelpOpened] = useState(false)
  const openHelp = () => {
    setWasHelpOpened(true)
    setIsHelpOpen(true)
  }
  const shortcuts = useShortcuts((act) => {
    if (act === 'help') openHelp()
    else if (act === 'status') void navigate(toStatus())
    else if (act === 'tickets') void navigate(toTickets())
    else if (act === 'docs') void navigate(toDocs())
    else if (act === 'admin') void navigate(toAdmin())
    else if (act === 'api') void navigate(toApi())
    else if (act === 'new ticket' && canSomewhere(me, 'work_item.create')) void navigate(toNewTicket())
  })
  useRouteFocus()

  return (
    <>
      <a className={classes.skip} href="#main">
        Skip to content
      </a>
      <header className={classes.header}>
        <Navigation me={me} />
        <div className={classes.tools}>
          {me?.can_switch_persona === true && <PersonaSwitch persona={me.persona} />}
          <WhoAmI me={me} />
          <ThemeSwitch />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Help" title="Help (?)" onClick={openHelp}>
            <IconHelp size={19} aria-hidden />
          </ActionIcon>
        </div>
      </header>
      <main id="main" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
      <LiveRegions />
      <Suspense>
        <Toasts />
      </Suspense>
      <Suspense>
        {wasHelpOpened && <HelpDialog isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} shortcuts={shortcuts} />}
      </Suspense>
    </>
  )
}
