import type { TermEvent } from '../queries.ts'

/** What somebody did to a term, as what follows their name; texts are shown as what changed in them. */
export interface Told {
  deed: string
  texts: { field: string; from: string; to: string }[]
}

const statusDeeds: Record<string, string> = {
  draft: 'made it a draft again',
  active: 'put it into use',
  deprecated: 'deprecated it',
}

export function tellTerm({ type, action, changes, named }: TermEvent): Told {
  const how = action === 'glossary.import' ? ' by an import' : ''
  if (type === 'CREATE') return { deed: `added it${how}`, texts: [] }
  if (type === 'DELETE') return { deed: 'deleted it', texts: [] }
  const nameOf = (id: unknown) => named.find((term) => term.id === id)?.term ?? 'a term that is gone'
  const deeds = changes.map(({ field, from, to }) => fieldDeed(field, from, to, nameOf))
  return {
    deed: (deeds.length === 0 ? 'changed it' : listed(deeds)) + how,
    texts: changes
      .filter(({ field }) => field === 'definition' || field === 'related_assets')
      .map(({ field, from, to }) => ({ field, from: textOf(from), to: textOf(to) })),
  }
}

function fieldDeed(field: string, from: unknown, to: unknown, nameOf: (id: unknown) => string): string {
  switch (field) {
    case 'term':
      return `renamed it from “${from}” to “${to}”`
    case 'status':
      return statusDeeds[String(to)] ?? `made it ${to}`
    case 'replaced_by':
      return to === null ? 'took its successor away' : `named ${nameOf(to)} as its successor`
    case 'synonyms':
      return synonymsDeed(from, to)
    case 'definition':
      return 'edited the definition'
    case 'related_assets':
      return 'changed the related assets'
    default:
      return to === '' ? `removed the ${field} ${from}` : `changed the ${field} to ${to}`
  }
}

function synonymsDeed(from: unknown, to: unknown): string {
  const [before, after] = [wordsIn(from), wordsIn(to)]
  const added = after.filter((word) => !before.includes(word))
  const removed = before.filter((word) => !after.includes(word))
  const parts = [
    ...(added.length > 0 ? [`added the ${wordFor(added)} ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`removed the ${wordFor(removed)} ${removed.join(', ')}`] : []),
  ]
  return parts.length === 0 ? 'reordered the synonyms' : listed(parts)
}

const wordsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const wordFor = (words: readonly string[]) => (words.length === 1 ? 'synonym' : 'synonyms')

/** Assets a line each. */
const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value
        .map(({ name, url }: { name: string; url: string | null }) => (url === null ? name : `${name}: ${url}`))
        .join('\n')
    : String(value ?? '')

const listed = (parts: readonly string[]) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
