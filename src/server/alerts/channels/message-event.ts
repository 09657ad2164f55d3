import type { StatusMessage } from '../../../contracts/status.ts'

/**
 * A message as the API shows it, with what a receiver would have to ask for: the names of its platforms and where
 * people read it. The envelope is that of Standard Webhooks.
 * @param nameOf a platform's name; null when it is gone
 * @param origin where people reach the portal; empty when nobody said
 */
export function messageEventBody(
  event: string,
  message: StatusMessage,
  nameOf: (platformId: string) => string | null,
  origin: string,
): string {
  const [only] = message.platform_ids
  const path = message.platform_ids.length === 1 && only !== undefined ? `/platforms/${encodeURIComponent(only)}` : '/'
  return JSON.stringify({
    type: event,
    timestamp: message.updated_at,
    data: {
      message,
      /** None is everyone. */
      platforms: message.platform_ids.map((id) => ({ id, name: nameOf(id) })),
      url: origin === '' ? null : `${origin}${path}`,
    },
  })
}
