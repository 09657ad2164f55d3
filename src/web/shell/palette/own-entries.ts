import type { Me } from '../../../contracts/access.ts'
import { canSomewhere } from '../../api/can.ts'
import { toAdminMessages, toNewTicket, toTickets } from '../../paths.ts'
import { adminSectionsFor, sectionsFor } from '../sections.ts'
import { type Group, named } from './entry.ts'

interface Acts {
  openHelp(): void
  switchTheme(): void
}

/** What needs no question to the portal: where one can go, and what this person may do. */
export function ownGroups(me: Me | undefined, typed: string, acts: Acts): Group[] {
  const sections = [
    ...sectionsFor(me).filter(({ isShown }) => isShown),
    ...adminSectionsFor(me).map(({ label, link }) => ({ label: `Admin: ${label}`, link })),
  ].map(({ label, link }) => ({ key: `go ${label}`, label, link }))
  const may = (permission: Parameters<typeof canSomewhere>[1]) => canSomewhere(me, permission)
  const actions = [
    ...(may('work_item.create')
      ? [
          { key: 'incident', label: 'Report an incident', link: toNewTicket({ type: 'INCIDENT' }) },
          { key: 'improvement', label: 'Suggest an improvement', link: toNewTicket({ type: 'IMPROVEMENT' }) },
          {
            key: 'request',
            label: 'Request something of the platform',
            link: toNewTicket({ type: 'PLATFORM_REQUEST' }),
          },
        ]
      : []),
    ...(may('message.write') || may('message.write_global')
      ? [{ key: 'message', label: 'Publish a message', link: toAdminMessages() }]
      : []),
    ...(may('work_item.read')
      ? [{ key: 'mine', label: 'Tickets that I filed', link: toTickets({ author: 'me' }) }]
      : []),
    { key: 'theme', label: 'Switch between light and dark', act: acts.switchTheme },
    { key: 'help', label: 'Help and keyboard map', act: acts.openHelp },
  ]
  return [
    { title: 'Go to', entries: named(sections, typed) },
    { title: 'Do', entries: named(actions, typed) },
  ].filter(({ entries }) => entries.length > 0)
}
