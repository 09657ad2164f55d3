import type { GlossaryTerm } from '../../../../contracts/glossary.ts'

type Asset = GlossaryTerm['related_assets'][number]

/** Why a cell cannot be read, in words that follow its column's name. */
export class CellProblem extends Error {
  override readonly name = 'CellProblem'
}

export const synonymsCell = (synonyms: readonly string[]): string =>
  synonyms.map((synonym) => escaped(synonym, ';')).join('; ')

export const synonymsIn = (cell: string): string[] => tidySynonyms(pieces(cell, ';').map((one) => plain(one, ';')))

/** Blanks around them and repetitions mean nothing. */
export const tidySynonyms = (synonyms: readonly string[]): string[] => [
  ...new Set(synonyms.map((synonym) => synonym.trim())),
]

const ASSET_MARKS = ';<>'

export const assetsCell = (assets: readonly Asset[]): string =>
  assets
    .map(({ name, url }) => `${escaped(name, ASSET_MARKS)}${url === null ? '' : ` <${escaped(url, ASSET_MARKS)}>`}`)
    .join('; ')

/** @throws CellProblem */
export const assetsIn = (cell: string): Asset[] =>
  pieces(cell, ';').map((one) => {
    const [name = '', url, ...more] = split(one, '<', ASSET_MARKS)
    if (url === undefined) return { name: plain(name.trim(), ASSET_MARKS), url: null }
    const [address = '', after] = split(url, '>', ASSET_MARKS)
    if (more.length > 0 || after?.trim() !== '') throw new CellProblem('is not written as “Name <https://address>; …”')
    return { name: plain(name.trim(), ASSET_MARKS), url: plain(address.trim(), ASSET_MARKS) }
  })

export const tidyAssets = (assets: readonly Asset[]): Asset[] =>
  assets.map(({ name, url }) => ({ name: name.trim(), url }))

/** `domain: term` */
export const successorCell = (successor: { domain: string; term: string } | null): string =>
  successor === null ? '' : `${escaped(successor.domain, ':')}: ${escaped(successor.term, ':')}`

/** Null for an empty cell. @throws CellProblem */
export function successorIn(cell: string): { domain: string; term: string } | null {
  if (cell.trim() === '') return null
  const [domain = '', ...term] = split(cell, ':', ':')
  if (term.length === 0) throw new CellProblem('is not written as “domain: term”')
  return { domain: plain(domain, ':').trim(), term: plain(term.join(':'), ':').trim() }
}

// A backslash is one unless it stands before a mark or another backslash, so that paths can be typed as they are.

const escaped = (text: string, marks: string) =>
  text.replace(/[\\:;<>]/g, (letter) => (letter === '\\' || marks.includes(letter) ? `\\${letter}` : letter))

const plain = (text: string, marks: string) =>
  text.replace(/\\([\\:;<>])/g, (both, letter: string) => (letter === '\\' || marks.includes(letter) ? letter : both))

/** What is not blank between the marks, as it is written. */
const pieces = (cell: string, mark: string) =>
  split(cell, mark, mark)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')

function split(text: string, mark: string, marks: string): string[] {
  const parts = ['']
  const add = (letters: string) => parts.push(`${parts.pop() ?? ''}${letters}`)
  for (let i = 0; i < text.length; i += 1) {
    const [letter = '', next = ''] = [text[i], text[i + 1]]
    if (letter === '\\' && next !== '' && (next === '\\' || marks.includes(next))) {
      add(letter + next)
      i += 1
    } else if (letter === mark) parts.push('')
    else add(letter)
  }
  return parts
}
