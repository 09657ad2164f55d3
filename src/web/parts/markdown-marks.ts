export const marks = ['bold', 'italic', 'code', 'link', 'list', 'quote'] as const
export type Mark = (typeof marks)[number]

/** What replaces the characters from `start` to `end`, and what is selected afterwards; in UTF-16 units. */
export interface TextEdit {
  start: number
  end: number
  insert: string
  select: [number, number]
}

const around: Partial<Record<Mark, string>> = { bold: '**', italic: '_', code: '`' }
const before: Partial<Record<Mark, string>> = { list: '- ', quote: '> ' }

/** Puts a mark on what is selected; a mark that is there already is taken off. */
export function editFor(mark: Mark, text: string, start: number, end: number): TextEdit {
  const chosen = text.slice(start, end)
  if (mark === 'link') return linkFor(chosen, start, end)
  const prefix = before[mark]
  if (prefix !== undefined) return linesWith(prefix, text, start, end)
  // Code of several lines is a block.
  return chosen.includes('\n') && mark === 'code'
    ? fenced(chosen, start, end)
    : wrap(around[mark] ?? '', text, start, end)
}

function wrap(sign: string, text: string, start: number, end: number): TextEdit {
  const chosen = text.slice(start, end)
  const length = sign.length
  if (text.slice(start - length, start) === sign && text.slice(end, end + length) === sign) {
    return { start: start - length, end: end + length, insert: chosen, select: [start - length, end - length] }
  }
  return { start, end, insert: `${sign}${chosen}${sign}`, select: [start + length, end + length] }
}

function fenced(chosen: string, start: number, end: number): TextEdit {
  const opening = '```\n'
  return {
    start,
    end,
    insert: `${opening}${chosen}\n\`\`\``,
    select: [start + opening.length, end + opening.length],
  }
}

/** What is left to type is selected: the address, or the words when it was the address that was chosen. */
function linkFor(chosen: string, start: number, end: number): TextEdit {
  if (/^https?:\/\/\S+$/.test(chosen)) {
    return { start, end, insert: `[text](${chosen})`, select: [start + 1, start + 5] }
  }
  const words = chosen === '' ? 'text' : chosen
  const at = start + words.length + 3
  return { start, end, insert: `[${words}](https://)`, select: [at, at + 'https://'.length] }
}

function linesWith(prefix: string, text: string, start: number, end: number): TextEdit {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const next = text.indexOf('\n', end)
  const to = next === -1 ? text.length : next
  const lines = text.slice(from, to).split('\n')
  const isOn = lines.every((line) => line.startsWith(prefix))
  const insert = lines.map((line) => (isOn ? line.slice(prefix.length) : `${prefix}${line}`)).join('\n')
  const isCaret = start === end
  return {
    start: from,
    end: to,
    insert,
    select: isCaret ? [from + insert.length, from + insert.length] : [from, from + insert.length],
  }
}
