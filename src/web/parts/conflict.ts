export interface Difference {
  field: string
  theirs: unknown
  mine: unknown
  /** Only one of the two moved away from where both began: that one is the likely wish. */
  suggested: 'theirs' | 'mine'
}

const equal = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Where what I want and what somebody saved meanwhile differ. */
export function differences(base: object, mine: object, theirs: object): Difference[] {
  const of = (record: object, field: string): unknown => (record as Record<string, unknown>)[field] // Any field; unknown.
  return Object.keys(mine)
    .filter((field) => !equal(of(mine, field), of(theirs, field)))
    .map((field) => ({
      field,
      theirs: of(theirs, field),
      mine: of(mine, field),
      suggested: equal(of(base, field), of(mine, field)) ? 'theirs' : 'mine',
    }))
}

/** Theirs, with mine where mine was chosen. */
export function merge<Draft extends object>(
  mine: Draft,
  theirs: Draft,
  choices: Readonly<Record<string, 'theirs' | 'mine'>>,
): Draft {
  const picked = Object.entries(mine).filter(([field]) => choices[field] === 'mine')
  return { ...theirs, ...Object.fromEntries(picked) }
}

/** What a change has to carry: only what differs from where it began. */
export function changesFrom<Draft extends object>(base: Draft, draft: Draft): Partial<Draft> {
  const changed = Object.entries(draft).filter(
    ([field, value]) => !equal((base as Record<string, unknown>)[field], value),
  )
  return Object.fromEntries(changed) as Partial<Draft> // Entries of the draft itself.
}
