const LENGTH_MAX = 180

/** The first sentence's worth of a definition without its markup: enough to know which term it is. */
export function firstLine(markdown: string): string {
  const line =
    markdown
      .split('\n')
      .map((candidate) => plain(candidate))
      .find((candidate) => /[\p{L}\p{N}]/u.test(candidate)) ?? ''
  return line.length <= LENGTH_MAX
    ? line
    : `${line.slice(0, line.lastIndexOf(' ', LENGTH_MAX) + 1 || LENGTH_MAX).trim()} …`
}

/** Marks at the beginning of a line, links by their text, and what makes bold, italic and code. */
const plain = (line: string) =>
  line
    .replace(/^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+[.)]\s+|\|\s*)+/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|~~|`)/g, '')
    .replace(/(^|[\s(])[*_](\S[^*_]*)[*_](?=[\s).,;:!?]|$)/g, '$1$2')
    .trim()
