/** What only the page that is open can do. */
export const pageActs = ['next', 'previous', 'find', 'next page', 'previous page'] as const
export type PageAct = (typeof pageActs)[number]

export type Act =
  | 'help'
  | 'search'
  | 'status'
  | 'tickets'
  | 'new ticket'
  | 'roadmap'
  | 'docs'
  | 'glossary'
  | 'admin'
  | 'api'
  | PageAct

/** The keyboard map: what the dialog shows and what the keys do are this one list. */
export const keyMap: { keys: readonly string[]; act: Act; says: string }[] = [
  { keys: ['?'], act: 'help', says: 'Help and this list' },
  { keys: ['g', 's'], act: 'status', says: 'Go to Status' },
  { keys: ['g', 't'], act: 'tickets', says: 'Go to Tickets' },
  { keys: ['g', 'r'], act: 'roadmap', says: 'Go to Roadmap' },
  { keys: ['g', 'g'], act: 'glossary', says: 'Go to Glossary' },
  { keys: ['g', 'd'], act: 'docs', says: 'Go to Docs' },
  { keys: ['g', 'a'], act: 'admin', says: 'Go to Admin' },
  { keys: ['g', 'p'], act: 'api', says: 'Go to the API reference' },
  { keys: ['c'], act: 'new ticket', says: 'New ticket' },
  { keys: ['/'], act: 'find', says: 'Search the list, or everything where there is none' },
  { keys: ['j'], act: 'next', says: 'Next in the list; Enter opens it' },
  { keys: ['k'], act: 'previous', says: 'Previous in the list' },
  { keys: ['['], act: 'previous page', says: 'Previous page of the docs' },
  { keys: [']'], act: 'next page', says: 'Next page of the docs' },
]

/** After the first key of two, this long the second may take. */
const PAUSE_MS = 1500

/** Feeds keys one by one; says what to do when a line of the map is complete. */
export function createKeys(map = keyMap) {
  let typed: string[] = []
  let lastAt = Number.NEGATIVE_INFINITY
  return (key: string, at: number): Act | null => {
    typed = at - lastAt > PAUSE_MS ? [key] : [...typed, key]
    lastAt = at
    const complete = map.find(
      ({ keys }) => keys.length === typed.length && keys.every((each, index) => each === typed[index]),
    )
    const isBegun = map.some(({ keys }) => typed.every((each, index) => each === keys[index]))
    // A wrong second key may be the first of another line.
    if (complete === undefined && !isBegun)
      typed = map.some(({ keys }) => keys[0] === key && keys.length > 1) ? [key] : []
    if (complete !== undefined) typed = []
    return complete?.act ?? null
  }
}
