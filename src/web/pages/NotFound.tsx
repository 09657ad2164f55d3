import { Link } from '@tanstack/react-router'
import { usePlatformNames } from '../api/summary.ts'
import { StateIcon } from '../parts/StateBadge.tsx'
import { toPlatform, toStatus } from '../paths.ts'
import { Notice } from '../ui/Notice.tsx'
import { useTitle } from '../ui/use-title.ts'

/** An address that leads nowhere. When its last word sounds like a platform, that is where it may have led. */
export function NotFound() {
  useTitle('Not found')
  const words = decodeLast(location.pathname)
  const meant = usePlatformNames()
    .filter(({ name }) => words.length > 2 && name.toLowerCase().includes(words))
    .slice(0, 3)
  return (
    <Notice
      level={1}
      icon={<StateIcon shown="unknown" size={28} />}
      title="There is no page here"
      action={<Link {...toStatus()}>Go to Status</Link>}
    >
      <p>The address may be mistyped, or what it led to is gone.</p>
      {meant.map(({ id, name }) => (
        <p key={id}>
          Did you mean{' '}
          <Link {...toPlatform(id)}>
            <bdi>{name}</bdi>
          </Link>
          ?
        </p>
      ))}
    </Notice>
  )
}

function decodeLast(path: string): string {
  try {
    return decodeURIComponent(path.split('/').at(-1) ?? '')
      .replaceAll('-', ' ')
      .toLowerCase()
  } catch {
    return ''
  }
}
