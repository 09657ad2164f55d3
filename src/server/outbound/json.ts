/**
 * Parses JSON without corrupting whole numbers past 2^53: job and run ids are int64 on the wire. Such a number comes
 * back as its digits. An engine that does not tell a reviver the source text gives null instead: unknown beats wrong.
 * @throws SyntaxError when the text is not JSON
 */
export function parseJson(text: string): unknown {
  // The reviver is slow, and most answers hold no number that long.
  return /\d{16}/.test(text) ? JSON.parse(text, keepLongNumbers) : JSON.parse(text)
}

function keepLongNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) return value
  const source = context?.source
  if (source === undefined) return null
  return /^-?\d+$/.test(source) ? source : value
}
