import { useState } from 'react'
import { ApiFault } from '../api/fault.ts'
import { type Conflict, changesFrom, conflictIn } from './conflict.ts'

interface SavingParts<Draft> {
  /** Where the draft began; null for something new. */
  base: { draft: Draft; version: number } | null
  /** Called only when there is something to save. */
  save(draft: Draft, base: { draft: Draft; version: number } | null): Promise<unknown>
  /** The draft of a record as the portal sends it in a conflict. */
  draftOf(record: never): Draft
  onSaved(): void
  /** `body.name` comes as `name`. */
  onFieldErrors(errors: Record<string, string>): void
}

/** Saving a form: what is wrong with a field goes to the field, and a lost race keeps the draft and asks. */
export function useSaving<Draft extends object>({ base, save, draftOf, onSaved, onFieldErrors }: SavingParts<Draft>) {
  // The first one: a record that is read anew while it is edited must not change what the draft began with.
  const [from, setFrom] = useState(base)
  const [error, setError] = useState<ApiFault | null>(null)
  const [conflict, setConflict] = useState<Conflict<Draft> | null>(null)
  const [isSaving, setIsSaving] = useState(false)

  const attempt = async (draft: Draft, began: typeof from) => {
    setError(null)
    setIsSaving(true)
    try {
      const isAsItWas = began !== null && Object.keys(changesFrom(began.draft, draft)).length === 0
      if (!isAsItWas) await save(draft, began)
      setConflict(null)
      onSaved()
    } catch (thrown) {
      const fault = thrown instanceof ApiFault ? thrown : new ApiFault('unreachable', 'Saving failed in this page.')
      const found = began === null ? null : conflictIn(fault, draft, began.draft, draftOf)
      setConflict(found)
      if (found !== null) return
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
    /** Saves what was chosen over what they saved. When somebody was first again, it asks again, with this as mine. */
    settle(draft: Draft) {
      if (conflict?.kind !== 'changed') return
      const next = { draft: conflict.theirs, version: conflict.version }
      setFrom(next)
      setConflict(null)
      void attempt(draft, next)
    },
    /** Back to the form, the draft as it was; saving again asks again. */
    keepEditing: () => setConflict(null),
  }
}

/** What is wrong with which field, by the names that the form has. */
export function fieldErrors({ details }: ApiFault): Record<string, string> {
  const entries = Object.entries(details.fields ?? {}).map(
    ([path, wrong]) => [path.replace(/^body\./, ''), wrong] as const,
  )
  return Object.fromEntries(entries)
}
