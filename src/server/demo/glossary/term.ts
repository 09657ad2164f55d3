import type { Static } from 'typebox'
import type { GlossaryCreate } from '../../../contracts/glossary.ts'
import { type Colleague, people } from '../tickets/people.ts'
import { on } from '../tickets/when.ts'

type Create = Static<typeof GlossaryCreate>

/** A term of the sample company and what became of it; people by their email, times in milliseconds. */
export interface TermStory {
  /** Never changes, or a portal that knows the term gets it a second time. */
  key: string
  by: string
  at: number
  create: Create
  /** In the order in which they happened. */
  steps: readonly TermStep[]
}
export interface TermStep {
  by: string
  at: number
  changes: Partial<Create>
  /** `domain: term` of the term to use instead. */
  successor?: string
}

interface Written {
  term: string
  /** Who answers for it; writes it down too. */
  steward: Colleague
  synonyms?: readonly string[]
  /** Lines of markdown. */
  text: readonly string[]
  assets?: readonly (readonly [name: string, url: string | null])[]
  /** Active unless said. */
  is?: 'draft' | { insteadOf: string } | { outOfUse: true }
}

/** A term as it is written down here, told from now. */
export type Term = (now: number, index: number) => TermStory

/** Terms of one domain: written as drafts over some weeks, put into use after a look, some of them given up since. */
export const domain = (name: string, terms: readonly Written[]): readonly Term[] =>
  terms.map((written) => (now, index) => {
    const by = people[written.steward].email
    const began = 58 - (index % 24)
    const steps: TermStep[] = [
      ...(written.is === 'draft'
        ? []
        : [{ by: reviewer(index), at: on(began - 4, timeOf(index + 3))(now), changes: { status: 'active' as const } }]),
      ...(typeof written.is === 'object'
        ? [
            {
              by,
              at: on(9 - (index % 5), timeOf(index))(now),
              changes: { status: 'deprecated' as const },
              ...('insteadOf' in written.is && { successor: written.is.insteadOf }),
            },
          ]
        : []),
    ]
    return {
      key: `${name}/${written.term}`.toLowerCase().replaceAll(' ', '-'),
      by,
      at: on(began, timeOf(index))(now),
      create: {
        term: written.term,
        domain: name,
        synonyms: [...(written.synonyms ?? [])],
        definition: written.text.join('\n'),
        steward: by,
        related_assets: (written.assets ?? []).map(([asset, url]) => ({ name: asset, url })),
      },
      steps,
    }
  })

/** A second pair of eyes. */
const reviewer = (index: number) => people[(['nadia', 'clara', 'elif'] as const)[index % 3] ?? 'nadia'].email

/** In working hours, no two terms at once. */
const timeOf = (index: number) => `${8 + (index % 9)}:${String((index * 13) % 60).padStart(2, '0')}`

export const table = (name: string) => [name, `https://catalog.example.com/tables/${name}`] as const
export const report = (name: string) =>
  [`Report: ${name}`, `https://reports.example.com/${name.toLowerCase().replaceAll(' ', '-')}`] as const
