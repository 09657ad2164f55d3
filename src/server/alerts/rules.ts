import type { Alert, AlertReason, AlertRule } from '../../contracts/alerts.ts'
import type { recordFields } from '../../contracts/primitives.ts'
import { fromInstant, toInstant } from '../time.ts'

export type AlertFields = Omit<Alert, keyof typeof recordFields>

/** What can be wrong: one source, one check. */
export interface Signal {
  rule: AlertRule
  subject: string
  platformId: string | null
  name: string
}

/** What a signal says now. `since` is when that began, in milliseconds; null where nobody can tell. */
export type Reading = Signal & { isMuted: boolean } & (
    | { is: 'bad'; since: number | null; reason: AlertReason; detail: string | null }
    | { is: 'good'; since: number | null }
    /** Cannot be told now: it neither fires nor resolves anything. */
    | { is: 'unclear' }
  )

export interface Damping {
  /** Wrong for this long before it fires. */
  forMs: number
  /** Right for this long before it is resolved. */
  recoverMs: number
}

export type AlertAct = 'pend' | 'fire' | 'clear' | 'recover' | 'relapse' | 'resolve'
export interface Step {
  act: AlertAct
  fields: AlertFields
}

/**
 * What becomes of one signal's alert; null when nothing does, so that no version is made. Everything it remembers is
 * in the record, and times are dated from when the world changed, not from when we looked: restarting changes nothing.
 *
 * - Bad for `forMs` fires; good for `recoverMs` resolves. A signal that flips faster than those does neither.
 * - A muted signal begins nothing. One that fires already goes on: telling that it is over while it is not would be a lie.
 * - A signal that is gone (`reading` null) resolves what fires, because nobody could ever see it recover.
 * @param open the signal's record that is not resolved, if there is one
 * @param episode the number that a new record gets
 */
export function nextStep(
  open: AlertFields | null,
  reading: Reading | null,
  now: number,
  damping: Damping,
  episode: number,
): Step | null {
  if (open?.state === 'firing') return whileFiring(open, reading, now, damping)
  if (reading?.is === 'unclear') return null
  if (reading === null || reading.is === 'good' || reading.isMuted)
    return open?.state === 'pending' ? { act: 'clear', fields: { ...open, state: 'ok', pending_since: null } } : null

  const since = badSince(open, reading, now)
  const fields: AlertFields = {
    ...(open ?? blank(reading, episode)),
    ...toldBy(reading),
    pending_since: toInstant(since),
  }
  if (now - since >= damping.forMs)
    return { act: 'fire', fields: { ...fields, state: 'firing', firing_since: toInstant(now) } }
  return open?.state === 'pending' ? null : { act: 'pend', fields: { ...fields, state: 'pending' } }
}

function whileFiring(open: AlertFields, reading: Reading | null, now: number, damping: Damping): Step | null {
  if (reading === null) return resolve({ ...open, detail: 'It is not watched any more.' }, now)
  if (reading.is !== 'good')
    return open.recovering_since === null ? null : { act: 'relapse', fields: { ...open, recovering_since: null } }
  const since =
    open.recovering_since === null
      ? Math.min(now, Math.max(reading.since ?? now, fromInstant(open.pending_since ?? toInstant(0))))
      : fromInstant(open.recovering_since)
  if (now - since >= damping.recoverMs) return resolve(open, now)
  return open.recovering_since === null
    ? { act: 'recover', fields: { ...open, recovering_since: toInstant(since) } }
    : null
}

const resolve = (open: AlertFields, now: number): Step => ({
  act: 'resolve',
  fields: { ...open, state: 'resolved', recovering_since: null, resolved_at: toInstant(now) },
})

/** As the world dates it, but not before what is remembered; what the world cannot date began when we first saw it. */
function badSince(open: AlertFields | null, { since }: { since: number | null }, now: number): number {
  const remembered = open?.state === 'pending' && open.pending_since !== null ? fromInstant(open.pending_since) : null
  return Math.min(now, since === null ? (remembered ?? now) : Math.max(since, remembered ?? since))
}

const toldBy = ({ name, platformId, reason, detail }: Reading & { is: 'bad' }) => ({
  name,
  platform_id: platformId,
  reason,
  detail,
})

const blank = ({ rule, subject }: Signal, episode: number) => ({
  rule,
  subject,
  episode,
  state: 'pending' as const,
  firing_since: null,
  recovering_since: null,
  resolved_at: null,
  acknowledged_by: null,
  acknowledged_at: null,
  note: null,
})
