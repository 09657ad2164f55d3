const BEFORE = 50
const LENGTH = 160

/** Begins a few words before the first found one, and ends at a word. */
export function snippetOf(text: string, words: readonly string[]): string {
  const first = piecesOf(text, words)[0]
  const at = first?.isFound === false ? first.text.length : 0
  if (text.length <= LENGTH) return text
  const from = at <= BEFORE || at >= text.length ? 0 : text.indexOf(' ', at - BEFORE) + 1
  const cut = text.slice(from, from + LENGTH)
  const isEnd = from + LENGTH >= text.length
  return `${from > 0 ? '… ' : ''}${isEnd ? cut : `${cut.slice(0, cut.lastIndexOf(' '))} …`}`
}

/** The text cut where found words begin and end. */
export function piecesOf(text: string, words: readonly string[]): { text: string; isFound: boolean }[] {
  const found = new Set(words)
  const pieces: { text: string; isFound: boolean }[] = []
  for (const part of text.split(/([\p{L}\p{N}]+)/u)) {
    if (part === '') continue
    const isFound = found.has(part.toLowerCase())
    const last = pieces.at(-1)
    if (last !== undefined && last.isFound === isFound) last.text += part
    else pieces.push({ text: part, isFound })
  }
  return pieces
}
