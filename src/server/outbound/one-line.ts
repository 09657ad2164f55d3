import { hideSecretShapes } from '../secrets.ts'

/** Longest piece of a foreign text that is looked at. */
const PIECE_MAX = 4000

/**
 * A foreign text as one line that may be stored and shown: no control characters, no secrets, at most `max` characters.
 * Jobs do put signed URLs and connection strings into their error messages.
 */
export function oneLine(text: string, max: number): string {
  const line = hideSecretShapes(withoutQueries(text.slice(0, PIECE_MAX).toWellFormed()))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point.
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim()
  return line.length <= max ? line : `${line.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** Of addresses only what tells where, for queries hold signatures. */
const withoutQueries = (text: string) =>
  text.replace(/\b([a-z][a-z0-9+.-]{0,20}:\/\/)(?:[^\s/?#]*@)?([^\s?#'"<>]*)(?:[?#][^\s'"<>]*)?/gi, '$1$2')
