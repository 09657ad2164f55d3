import type { ServiceMoment } from '../moments.ts'
import type { ServiceThing } from '../things.ts'

/** What a service says of itself. */
export function asHealth(
  thing: ServiceThing,
  { isUp }: ServiceMoment,
): { status: number; json: Record<string, unknown> } {
  return isUp
    ? { status: 200, json: { status: 'ok', service: thing.key } }
    : { status: 503, json: { status: 'down', service: thing.key, reason: 'The database does not answer.' } }
}
