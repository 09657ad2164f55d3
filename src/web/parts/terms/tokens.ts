export interface Token {
  /** Folded for comparing: one spelling for what people take for the same. */
  key: string
  start: number
  end: number
}

/** Letters, marks, digits and the underscore: `net_sales` is one word, and not a place where "sales" is said. */
const WORD = /[\p{L}\p{M}\p{N}_]+/gu
const ENDS_IN_APOSTROPHE = /[\p{L}\p{M}]['’]$/u

/** The words of a text in order, each with where it stands. The ending of `don't` or `it's` is no word. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (const { 0: word, index } of text.matchAll(WORD))
    if (word.length > 2 || !ENDS_IN_APOSTROPHE.test(text.slice(Math.max(0, index - 3), index)))
      tokens.push({ key: fold(word), start: index, end: index + word.length })
  return tokens
}

export const fold = (word: string) => word.normalize('NFKC').toLowerCase()

const PLAIN_SEPARATOR = /^ $/

/** What stands between two words: any blank is as good as another, and so is any hyphen. */
export function separatorOf(text: string, from: Token, to: Token): string {
  const between = text.slice(from.end, to.start)
  if (PLAIN_SEPARATOR.test(between)) return between
  return between.length > SEPARATOR_MAX ? UNLIKE_ANY : between.replace(/\s+/g, ' ').replace(/[\u2010-\u2013]/g, '-')
}

/** Longer ones are in no term; to look at all of them would cost with every word. */
const SEPARATOR_MAX = 40
const UNLIKE_ANY = '\u0000'
