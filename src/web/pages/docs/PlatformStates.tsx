import { Link } from '@tanstack/react-router'
import { useSummary } from '../../api/summary.ts'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { toPlatform } from '../../paths.ts'
import classes from './PlatformStates.module.css'

/** How the platforms that a page is about are right now. A name that no platform has is said to be none. */
export function PlatformStates({ names }: { names: readonly string[] }) {
  const { query, summary, isStale } = useSummary()
  if (names.length === 0) return null
  return (
    <ul className={classes.platforms} aria-label="Platforms that this page is about">
      {names.map((name) => {
        const platform = summary?.platforms.find((each) => each.name.toLowerCase() === name.toLowerCase())
        return (
          <li key={name} className={classes.platform}>
            {platform === undefined ? (
              <>
                <bdi>{name}</bdi>
                <span className={classes.dimmed}>{wordsWithout(summary !== undefined, query.error !== null)}</span>
              </>
            ) : (
              <>
                <Link {...toPlatform(platform.id)}>
                  <bdi>{platform.name}</bdi>
                </Link>
                <StateBadge state={platform.state} isStale={isStale} />
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function wordsWithout(isKnown: boolean, hasFailed: boolean): string {
  if (isKnown) return 'no platform of this portal has this name'
  return hasFailed ? 'its state could not be loaded' : 'loading its state'
}
