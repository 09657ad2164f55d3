import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { resolveLink } from '../../../parts/markdown/links.ts'
import { TimeAgo } from '../../../parts/TimeAgo.tsx'
import { toGlossary } from '../../../paths.ts'
import list from '../../../ui/Facts.module.css'
import stack from '../../../ui/Stack.module.css'
import { Person } from '../../tickets/detail/people.tsx'
import type { Asset } from '../form/draft.ts'
import type { TermDetail } from '../queries.ts'
import { TermLink } from '../TermLink.tsx'
import classes from './TermPage.module.css'

/** Everything about it that is not its meaning. */
export function TermFacts({ term }: { term: TermDetail }) {
  const facts: ([string, ReactNode] | null)[] = [
    [
      'Domain',
      <Link key="domain" {...toGlossary({ domain: term.domain })}>
        <bdi>{term.domain}</bdi>
      </Link>,
    ],
    ['Synonyms', <Words key="synonyms" words={term.synonyms} />],
    ['Steward', term.steward === '' ? 'Nobody named' : <bdi key="steward">{term.steward}</bdi>],
    ['Related assets', <Assets key="assets" assets={term.related_assets} />],
    term.replaces.length === 0 ? null : ['Replaces', <Replaced key="replaces" term={term} />],
    ['Added', <TimeAgo key="added" at={term.created_at} withClock />],
    [
      'Changed',
      <span key="changed">
        <TimeAgo at={term.updated_at} withClock /> by <Person principal={term.updated_by} />
      </span>,
    ],
  ]
  return (
    <aside className={stack.panel} aria-label="Facts">
      <dl className={`${list.facts} ${classes.facts}`}>
        {facts
          .filter((fact) => fact !== null)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </aside>
  )
}

function Words({ words }: { words: readonly string[] }) {
  if (words.length === 0) return 'None'
  return (
    <ul>
      {words.map((word) => (
        <li key={word}>
          <bdi>{word}</bdi>
        </li>
      ))}
    </ul>
  )
}

function Replaced({ term }: { term: TermDetail }) {
  return (
    <ul>
      {term.replaces.map((ref) => (
        <li key={ref.id}>
          <TermLink term={ref} besides={term.domain} />
        </li>
      ))}
    </ul>
  )
}

function Assets({ assets }: { assets: readonly Asset[] }) {
  if (assets.length === 0) return 'None'
  return (
    <ul>
      {assets.map(({ name, url }) => (
        <li key={`${name} ${url ?? ''}`}>
          <AssetLink name={name} url={url} />
        </li>
      ))}
    </ul>
  )
}

/** Where a link leads is said beside it, and where it may not lead it is none. */
function AssetLink({ name, url }: Asset) {
  const destination = url === null ? null : resolveLink(url, location.origin)
  if (destination === null || destination.kind === 'mail') return <bdi>{name}</bdi>
  return (
    <>
      <a href={destination.href} rel="noopener noreferrer nofollow">
        <bdi>{name}</bdi>
      </a>
      {destination.kind === 'external' && <span className={stack.dimmed}> {destination.host}</span>}
    </>
  )
}
