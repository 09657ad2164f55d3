/** On every answer. No CORS header anywhere: the portal has one origin. */
export const securityHeaders = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const

/** For what is not a page: nothing may load, nobody may frame it. */
export const apiPolicy = "default-src 'none'; frame-ancestors 'none'"

/** For pages. Styles carry the nonce because Mantine adds its theme at run time. */
export const pagePolicy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')

/** For an image that pages of the same site may show. Other sites still may not. */
export const embeddable = { 'cross-origin-resource-policy': 'same-site' } as const

export const apiHeaders = {
  ...securityHeaders,
  'content-security-policy': apiPolicy,
  'cache-control': 'private, no-cache',
  // What an answer holds depends on who asks; the proxy's headers say who that is.
  vary: 'Origin, Sec-Fetch-Site, X-Dev-Persona, X-Forwarded-User, X-Forwarded-Email',
} as const
