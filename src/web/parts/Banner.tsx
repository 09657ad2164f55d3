import { CloseButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { StatusMessage } from '../../contracts/status.ts'
import { toPlatform } from '../paths.ts'
import classes from './Banner.module.css'
import { Markdown } from './markdown/Markdown.tsx'
import { StateIcon } from './StateBadge.tsx'
import { severityShown, severityWords } from './state.ts'
import { At } from './TimeAgo.tsx'

interface BannerProps {
  message: StatusMessage
  /** To name those it concerns; ones that the reader may not see are left out. */
  platforms: readonly { id: string; name: string }[]
  onDismiss?: () => void
}

/** A message in force: how grave, what, whom it concerns, until when, and what became of it since. */
export function Banner({ message, platforms, onDismiss }: BannerProps) {
  const { severity, title, body, start_at, end_at, platform_ids, updates } = message
  const shown = severityShown[severity]
  const affected = platforms.filter((platform) => platform_ids.includes(platform.id))
  const [newest, ...older] = updates
  return (
    <article className={classes.banner} data-severity={severity}>
      <span className={classes.icon}>
        <StateIcon shown={shown === 'unknown' ? 'info' : shown} size={20} />
      </span>
      <div className={classes.content}>
        <h2 className={classes.title}>
          {severityWords[severity]}: <bdi>{title}</bdi>
        </h2>
        <Markdown source={body} />
        {newest !== undefined && <Update update={newest} />}
        {older.length > 0 && (
          <details className={classes.older}>
            <summary>
              {older.length} earlier {older.length === 1 ? 'update' : 'updates'}
            </summary>
            {older.map((update) => (
              <Update key={update.at} update={update} />
            ))}
          </details>
        )}
        <p className={classes.facts}>
          {platform_ids.length === 0 ? 'Concerns everyone' : 'Concerns '}
          {affected.map((platform, index) => (
            <span key={platform.id}>
              {index > 0 && ', '}
              <Link {...toPlatform(platform.id)}>
                <bdi>{platform.name}</bdi>
              </Link>
            </span>
          ))}
          {platform_ids.length > affected.length && (affected.length > 0 ? ' and others' : 'other platforms')}
          {' · since '}
          <At at={start_at} />
          {end_at !== null && (
            <>
              {' until '}
              <At at={end_at} />
            </>
          )}
        </p>
      </div>
      {onDismiss !== undefined && <CloseButton aria-label={`Dismiss: ${title}`} onClick={onDismiss} />}
    </article>
  )
}

const Update = ({ update }: { update: StatusMessage['updates'][number] }) => (
  <div className={classes.update}>
    <strong>
      <At at={update.at} />
    </strong>
    <Markdown source={update.body} />
  </div>
)
