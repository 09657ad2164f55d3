import { equal, fieldOf } from './conflict.ts'
import { mergeText } from './lines.ts'

/** A field that both changed, differently: somebody has to choose. */
export interface Disputed {
  field: string
  /** What it was when both began. */
  base: unknown
  theirs: unknown
  mine: unknown
  /** Both together, where that can be had: long texts by lines, lists by their members. */
  merged: { value: unknown; overlaps: number } | null
}

/** A field that only one of them changed, or both alike: nothing to choose. */
export interface Settled {
  field: string
  base: unknown
  value: unknown
  by: 'theirs' | 'mine' | 'both'
}

export interface Comparison {
  disputed: Disputed[]
  settled: Settled[]
}

/** What I want and what somebody saved meanwhile, against what both began with. Fields nobody changed are in neither list. */
export function compare(base: object, mine: object, theirs: object): Comparison {
  const disputed: Disputed[] = []
  const settled: Settled[] = []
  for (const field of Object.keys({ ...theirs, ...mine })) {
    const [was, saved, wanted] = [fieldOf(base, field), fieldOf(theirs, field), fieldOf(mine, field)]
    const [isTheirs, isMine] = [!equal(was, saved), !equal(was, wanted)]
    if (isTheirs && isMine && !equal(saved, wanted))
      disputed.push({ field, base: was, theirs: saved, mine: wanted, merged: together(was, saved, wanted) })
    else if (isTheirs || isMine) {
      const by = isTheirs && isMine ? 'both' : isTheirs ? 'theirs' : 'mine'
      settled.push({ field, base: was, value: isTheirs ? saved : wanted, by })
    }
  }
  return { disputed, settled }
}

/** How a disputed field shall be; `merge` carries the value. */
export type Choice = { take: 'theirs' } | { take: 'mine' } | { take: 'merge'; value: unknown }

/** Theirs, with mine where only I changed it, and each disputed field as chosen. Mine where nothing was chosen. */
export function settle<Draft extends object>(
  mine: Draft,
  theirs: Draft,
  { disputed, settled }: Comparison,
  choices: Readonly<Record<string, Choice>>,
): Draft {
  const own = settled.filter(({ by }) => by === 'mine').map(({ field, value }) => [field, value])
  const chosen = disputed.map(({ field }) => {
    const choice = choices[field] ?? { take: 'mine' }
    return [field, choice.take === 'merge' ? choice.value : fieldOf(choice.take === 'mine' ? mine : theirs, field)]
  })
  return { ...theirs, ...Object.fromEntries([...own, ...chosen]) }
}

/** Nothing anybody wrote is lost unless somebody chooses so: merged where that works, mine otherwise. */
export const suggested = ({ merged }: Disputed): Choice =>
  merged === null ? { take: 'mine' } : { take: 'merge', value: merged.value }

const LONG = 120
/** Too long to be read in one line. */
export const isLongText = (value: unknown): value is string =>
  typeof value === 'string' && (value.length > LONG || value.includes('\n'))

function together(base: unknown, theirs: unknown, mine: unknown): Disputed['merged'] {
  if (typeof base === 'string' && typeof theirs === 'string' && typeof mine === 'string') {
    if (![base, theirs, mine].some(isLongText)) return null
    const { text, overlaps } = mergeText(base, theirs, mine)
    return { value: text, overlaps }
  }
  if (!isTexts(base) || !isTexts(theirs) || !isTexts(mine)) return null
  const isRemoved = (member: string) => base.includes(member) && !(theirs.includes(member) && mine.includes(member))
  return { value: [...new Set([...theirs, ...mine])].filter((member) => !isRemoved(member)), overlaps: 0 }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((member) => typeof member === 'string')
