import { useState } from 'react'
import { ApiFault } from '../api/fault.ts'

export interface Conflict<Draft> {
  base: Draft
  mine: Draft
  theirs: Draft
  version: number
  by: string | null
  at: string | null
}

interface SavingParts<Draft> {
  /** Where the draft began; null for something new. */
  base: { draft: Draft; version: number } | null
  save(draft: Draft, base: { draft: Draft; version: number } | null): Promise<unknown>
  /** The draft of a record as the portal sends it in a conflict. */
  draftOf(record: never): Draft
  onSaved(): void
  /** `body.name` comes as `name`. */
  onFieldErrors(errors: Record<string, string>): void
}

/** Saving a form: what is wrong with a field goes to the field, and a lost race keeps the draft and asks. */
export function useSaving<Draft extends object>({ base, save, draftOf, onSaved, onFieldErrors }: SavingParts<Draft>) {
  const [from, setFrom] = useState(base)
  const [error, setError] = useState<ApiFault | null>(null)
  const [conflict, setConflict] = useState<Conflict<Draft> | null>(null)
  const [isSaving, setIsSaving] = useState(false)

  const attempt = async (draft: Draft, began: typeof from) => {
    setError(null)
    setIsSaving(true)
    try {
      await save(draft, began)
      setConflict(null)
      onSaved()
    } catch (thrown) {
      const fault = thrown instanceof ApiFault ? thrown : new ApiFault('unreachable', 'Saving failed in this page.')
      const theirs = fault.code === 'version_conflict' ? recordIn(fault) : null
      if (theirs !== null && began !== null) {
        const { version, updated_by: by = null, updated_at: at = null } = theirs
        setConflict({ base: began.draft, mine: draft, theirs: draftOf(theirs as never), version, by, at }) // The same table's record.
        return
      }
      setError(fault)
      onFieldErrors(fieldErrors(fault))
    } finally {
      setIsSaving(false)
    }
  }
  return {
    error,
    conflict,
    isSaving,
    submit: (draft: Draft) => attempt(draft, from),
    /** Saves what was chosen over what they saved. */
    settle(draft: Draft) {
      if (conflict === null) return
      const next = { draft: conflict.theirs, version: conflict.version }
      setFrom(next)
      setConflict(null)
      void attempt(draft, next)
    },
    /** Back to the form, the draft as it was; saving again asks again. */
    keepEditing: () => setConflict(null),
  }
}

export function fieldErrors({ details }: ApiFault): Record<string, string> {
  const entries = Object.entries(details.fields ?? {}).map(
    ([path, wrong]) => [path.replace(/^body\./, ''), wrong] as const,
  )
  return Object.fromEntries(entries)
}

interface Saved {
  version: number
  updated_by?: string
  updated_at?: string
}

function recordIn({ details: { current } }: ApiFault): Saved | null {
  const isRecord = typeof current === 'object' && current !== null && 'version' in current
  return isRecord && typeof current.version === 'number' ? (current as Saved) : null // Every record has these fields.
}
