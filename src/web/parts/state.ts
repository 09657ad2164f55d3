import type { Severity, State } from '../../contracts/status.ts'

/** How a state is shown: never by its colour alone. Maintenance is shown beside a state, by the same means. */
export type Shown = State | 'maintenance'

export const stateWords: Record<Shown, string> = {
  green: 'Healthy',
  yellow: 'Degraded',
  red: 'Down',
  unknown: 'Unknown',
  maintenance: 'Maintenance',
}

export const severityShown: Record<Severity, Shown> = {
  info: 'unknown',
  maintenance: 'maintenance',
  warning: 'yellow',
  critical: 'red',
}
export const severityWords: Record<Severity, string> = {
  info: 'Information',
  maintenance: 'Maintenance',
  warning: 'Warning',
  critical: 'Critical',
}
