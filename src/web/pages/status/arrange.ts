import { type PlatformStatus, states } from '../../../contracts/status.ts'
import type { StatusSearch } from '../../paths.ts'

export interface Domain {
  name: string
  platforms: PlatformStatus[]
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare
const rank = ({ state }: PlatformStatus) => states.indexOf(state)

/** Is there something that a person may want to know? Healthy is the only state that says nothing. */
export const needsAttention = (platform: PlatformStatus) =>
  platform.state !== 'green' || platform.in_maintenance || platform.is_unstable || platform.open_alerts > 0

/** What the filters leave, by domain, the worst first within each. */
export function arrange(platforms: readonly PlatformStatus[], { show, q = '' }: StatusSearch): Domain[] {
  const words = q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const matches = ({ name, domain }: PlatformStatus) =>
    words.every((word) => `${name} ${domain}`.toLowerCase().includes(word))
  const left = platforms.filter((platform) => matches(platform) && (show !== 'attention' || needsAttention(platform)))
  const domains = Map.groupBy(left, ({ domain }) => domain)
  return [...domains]
    .map(([name, members]) => ({
      name,
      platforms: members.toSorted((a, b) => rank(a) - rank(b) || byName(a.name, b.name)),
    }))
    .toSorted((a, b) => byName(a.name, b.name))
}
