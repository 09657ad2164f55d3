import type { StatusMessage } from '../../../contracts/status.ts'
import { forSession } from '../../ui/stored.ts'

const KEY = 'lakeport.dismissed'
const KEPT_MAX = 200

/** A changed message is news again, so it is the version that was dismissed. */
export const dismissalOf = ({ id, version }: Pick<StatusMessage, 'id' | 'version'>) => `${id}.${version}`

export function readDismissed(): string[] {
  return (forSession.get(KEY) ?? '').split(' ').filter((entry) => entry !== '')
}

export function dismiss(message: Pick<StatusMessage, 'id' | 'version'>): string[] {
  const all = [...readDismissed(), dismissalOf(message)].slice(-KEPT_MAX)
  forSession.set(KEY, all.join(' '))
  return all
}

export function showAgain(): string[] {
  forSession.set(KEY, null)
  return []
}
