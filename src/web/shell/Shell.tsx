import { ActionIcon } from '@mantine/core'
import { IconHelp, IconSearch } from '@tabler/icons-react'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useAsOf } from '../api/as-of.ts'
import { canSomewhere } from '../api/can.ts'
import { useMe } from '../api/me.ts'
import { toAdmin, toApi, toDocs, toGlossary, toNewTicket, toRoadmap, toStatus, toTickets } from '../paths.ts'
import { LiveRegions } from '../ui/announce.tsx'
import { useIdle } from '../ui/use-idle.ts'
import { Navigation } from './Navigation.tsx'
import { PersonaSwitch } from './PersonaSwitch.tsx'
import classes from './Shell.module.css'
import type { Act } from './shortcuts.ts'
import { ThemeSwitch } from './ThemeSwitch.tsx'
import { useRouteFocus } from './use-route-focus.ts'
import { usePaletteKey, useShortcuts } from './use-shortcuts.ts'
import { WhoAmI } from './WhoAmI.tsx'

const loadPalette = () => import('./palette/Palette.tsx')
const Palette = lazy(loadPalette)
const HelpDialog = lazy(() => import('./HelpDialog.tsx'))
const Behind = lazy(() => import('./Behind.tsx'))
const Toasts = lazy(() => import('./Toasts.tsx'))

/** Where two keys lead. */
const places = {
  status: toStatus(),
  tickets: toTickets(),
  roadmap: toRoadmap(),
  docs: toDocs(),
  glossary: toGlossary(),
  admin: toAdmin(),
  api: toApi(),
}
const isPlace = (act: Act): act is keyof typeof places => Object.hasOwn(places, act)

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
  const [palette, setPalette] = useState<'never opened' | 'open' | 'closed'>('never opened')
  const openPalette = () => setPalette('open')
  usePaletteKey(openPalette)
  // Who presses the key types on at once, so it is there before it is asked for.
  useIdle(loadPalette)
  const shortcuts = useShortcuts((act) => {
    if (act === 'help') openHelp()
    else if (act === 'search') openPalette()
    else if (act === 'new ticket') {
      if (canSomewhere(me, 'work_item.create')) void navigate(toNewTicket())
    } else if (isPlace(act)) void navigate(places[act])
  })
  useRouteFocus()
  const asOf = useAsOf()

  return (
    <>
      <a className={classes.skip} href="#main">
        Skip to content
      </a>
      <header className={classes.header}>
        <Navigation me={me} />
        <div className={classes.tools}>
          <button type="button" className={classes.search} aria-keyshortcuts="Control+K Meta+K" onClick={openPalette}>
            <IconSearch size={17} aria-hidden />
            <span className={classes.searchWord}>Search</span>
            <kbd className={classes.searchKey} aria-hidden>
              Ctrl K
            </kbd>
          </button>
          {me?.can_switch_persona === true && <PersonaSwitch persona={me.persona} />}
          <WhoAmI me={me} />
          <ThemeSwitch />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Help" title="Help (?)" onClick={openHelp}>
            <IconHelp size={19} aria-hidden />
          </ActionIcon>
        </div>
      </header>
      <Suspense>{asOf !== null && <Behind asOf={asOf} />}</Suspense>
      <main id="main" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
      <LiveRegions />
      <Suspense>
        <Toasts />
      </Suspense>
      <Suspense>
        {palette !== 'never opened' && (
          <Palette isOpen={palette === 'open'} onClose={() => setPalette('closed')} openHelp={openHelp} />
        )}
      </Suspense>
      <Suspense>
        {wasHelpOpened && <HelpDialog isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} shortcuts={shortcuts} />}
      </Suspense>
    </>
  )
}
