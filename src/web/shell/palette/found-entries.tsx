import type { ToOptions } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Found, FoundKind } from '../../../contracts/search.ts'
import type { StatusSummary } from '../../../contracts/status.ts'
import { itemStates, itemTypes } from '../../../contracts/workflows.ts'
import type { Found as FoundSection } from '../../pages/docs/find.ts'
import { StateTag } from '../../pages/tickets/StateTag.tsx'
import { typeWords } from '../../pages/tickets/words.ts'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { toDocsPage, toPlatform, toRoadmap, toTerm, toTicket } from '../../paths.ts'
import type { Entry, Group } from './entry.ts'

const titles: Record<FoundKind, string> = {
  platform: 'Platforms',
  ticket: 'Tickets',
  roadmap: 'Roadmap',
  term: 'Glossary',
}

/** What the portal found, kind by kind in the order in which the best of each came. */
export function foundGroups(found: readonly Found[], summary: StatusSummary | undefined): Group[] {
  return [...Map.groupBy(found, ({ kind }) => kind)].map(([kind, ofKind]) => {
    const entries = ofKind.map(
      (one): Entry => ({ key: one.id, label: one.title, hint: hintOf(one, summary), link: linkOf(one) }),
    )
    return { title: titles[kind], entries }
  })
}

/** Sections of the docs, which this browser searches by itself. */
export const docsGroup = (found: readonly FoundSection[]): Group[] =>
  found.length === 0
    ? []
    : [
        {
          title: 'Docs',
          entries: found.slice(0, DOCS_MAX).map(({ title, heading, path }) => ({
            key: path,
            label: heading === '' || heading === title ? title : heading,
            ...(heading !== '' && heading !== title && { hint: title }),
            link: toSection(path),
          })),
        },
      ]
const DOCS_MAX = 6

/** `/docs/slug#anchor` */
function toSection(path: string): ToOptions {
  const [slug = '', hash] = path.replace(/^\/docs\//, '').split('#')
  return { ...toDocsPage(slug), ...(hash !== undefined && { hash }) }
}

function linkOf({ kind, id }: Found): ToOptions {
  switch (kind) {
    case 'platform':
      return toPlatform(id)
    case 'ticket':
      return toTicket(id)
    case 'roadmap':
      return toRoadmap({ item: id })
    case 'term':
      return toTerm(id)
  }
}

/** Where it stands now; a platform's state as of the newest summary. */
function hintOf({ kind, id, context }: Found, summary: StatusSummary | undefined): ReactNode {
  if (kind === 'platform') {
    const state = summary?.platforms.find((platform) => platform.id === id)?.state
    return state === undefined ? context : <StateBadge state={state} />
  }
  if (kind === 'ticket') {
    const [typeWord, stateWord] = context.split(' ')
    const type = itemTypes.find((one) => one === typeWord)
    const state = itemStates.find((one) => one === stateWord)
    if (type === undefined || state === undefined) return context
    return (
      <>
        {typeWords[type]} <StateTag state={state} />
      </>
    )
  }
  return context
}
