import { DEFINITION_MAX, type GlossaryTerm } from '../../../../contracts/glossary.ts'

export type Asset = GlossaryTerm['related_assets'][number]

/** What the form of a term edits. Its status has acts of its own. */
export interface TermDraft {
  term: string
  domain: string
  synonyms: string[]
  definition: string
  steward: string
  related_assets: Asset[]
}

export const termLabels: Record<keyof TermDraft, string> = {
  term: 'Term',
  domain: 'Domain',
  synonyms: 'Synonyms',
  definition: 'Definition',
  steward: 'Steward',
  related_assets: 'Related assets',
}

export const draftOfTerm = (term: GlossaryTerm): TermDraft => ({
  term: term.term,
  domain: term.domain,
  synonyms: term.synonyms,
  definition: term.definition,
  steward: term.steward,
  related_assets: term.related_assets,
})

/** One a line; blank lines and repetitions say nothing. */
export const linesIn = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ),
]

export const LENGTHS = { term: 120, domain: 80, synonym: 120, steward: 320, asset: 200, url: 2000 }
const SYNONYMS_MAX = 20
const URL_FORM = /^https?:\/\/\S+$/

/** What is wrong with which field, in words for its reader. */
export function termErrors({ term, domain, synonyms, definition, related_assets }: TermDraft): Record<string, string> {
  const errors: Record<string, string> = {}
  if (term.trim() === '') errors.term = 'A term is needed'
  if (domain.trim() === '') errors.domain = 'A domain is needed'
  if (synonyms.length > SYNONYMS_MAX) errors.synonyms = `At most ${SYNONYMS_MAX} synonyms`
  const long = synonyms.find((synonym) => synonym.length > LENGTHS.synonym)
  if (long !== undefined) errors.synonyms = `“${long.slice(0, 30)}…” is longer than ${LENGTHS.synonym} characters`
  if (definition.length > DEFINITION_MAX) errors.definition = `At most ${DEFINITION_MAX} characters`
  if (related_assets.some(({ name }) => name.trim() === '')) errors.related_assets = 'Every asset needs a name'
  const wrong = related_assets.find(({ url }) => url !== null && !URL_FORM.test(url))
  if (wrong !== undefined)
    errors.related_assets = `The address of “${wrong.name}” does not begin with http:// or https://`
  return errors
}

/** The portal's words for the form's fields: what is wrong with one asset is said at the assets. */
export const termFieldErrors = (errors: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([path, wrong]) => [path.split('.')[0] ?? path, `This ${wrong}`]))

export const showTermValue = (field: string, value: unknown): string => {
  if (field === 'related_assets' && Array.isArray(value)) {
    const assets: readonly Asset[] = value // As the field holds it.
    return assets.map(({ name, url }) => (url === null ? name : `${name}: ${url}`)).join('\n')
  }
  return Array.isArray(value) ? value.join(', ') : String(value)
}
