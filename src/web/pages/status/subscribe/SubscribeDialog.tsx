import { Link } from '@tanstack/react-router'
import { endpoints } from '../../../../contracts/index.ts'
import { addressOf } from '../../../api/address.ts'
import { CopyField } from '../../../parts/CopyField.tsx'
import { toDocsPage } from '../../../paths.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import stack from '../../../ui/Stack.module.css'
import type { Followed } from './Subscribe.tsx'
import { badgeSnippet } from './snippet.ts'

/** Addresses to take along. None holds a secret: who asks is told by the session, or by a token in a header. */
export function SubscribeDialog({ platform, onClose }: { platform?: Followed; onClose(): void }) {
  const [feed, badge] =
    platform === undefined
      ? [endpoints.feed.path, endpoints.badge.path]
      : [endpoints.platformFeed, endpoints.platformBadge].map(({ path }) => addressOf(path, { id: platform.id }))
  const name = platform?.name ?? 'Lakeport'
  const page = platform === undefined ? '/' : `/platforms/${platform.id}`
  const here = (path = '') => `${location.origin}${path}`
  return (
    <Dialog title={platform === undefined ? 'Subscribe' : `Subscribe to ${name}`} closeLabel="Close" onClose={onClose}>
      <div className={stack.section}>
        <p className={stack.plain}>
          These addresses answer what you may see, to your session or to an API token in the header{' '}
          <code>Authorization</code>. They hold no secret, so they may be passed on.{' '}
          <Link {...toDocsPage('subscribing')}>How to use them</Link>
        </p>
        <CopyField label="Atom feed" value={here(feed)} description="Messages with their updates, newest first." />
        <CopyField label="Badge in Markdown" value={badgeSnippet(name, here(badge), here(page))} />
        <p className={stack.row}>
          <span className={stack.dimmed}>The badge now:</span> <img src={badge} height={20} alt={`State of ${name}`} />
        </p>
        {platform === undefined && (
          <CopyField
            label="Status as JSON"
            value={here(endpoints.pageSummary.path)}
            description="In the shape of public status pages, which many tools read."
          />
        )}
      </div>
    </Dialog>
  )
}
