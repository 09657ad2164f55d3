interface TrustedTypeFactory {
  createPolicy(name: string, rules: Record<string, (text: string) => string>): unknown
}

/**
 * The policy of last resort under `require-trusted-types-for 'script'`. Libraries set style text through innerHTML,
 * which never needs `<`; markup and script text never pass.
 */
const factory = (globalThis as { trustedTypes?: TrustedTypeFactory }).trustedTypes // Not in every browser's types.
factory?.createPolicy('default', { createHTML: withoutMarkup })

function withoutMarkup(text: string): string {
  if (text.includes('<')) throw new TypeError('Markup must not be made from text.')
  return text
}
