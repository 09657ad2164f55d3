import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HIDDEN, hidingSecrets } from './secrets.ts'

describe('hiding secrets', () => {
  it('hides a known one wherever it stands, also within JSON and addresses', () => {
    const secret = fc.string({ minLength: 12, maxLength: 60 }).filter((text) => text.trim() === text)
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (known, before, after) => {
        const hide = hidingSecrets([known])
        const line = JSON.stringify({ message: before + known + after, url: encodeURIComponent(known) })
        const hidden = hide(line)
        expect(() => JSON.parse(hidden)).not.toThrow()
        expect(JSON.parse(hidden).message).not.toContain(known)
        expect(hidden).not.toContain(encodeURIComponent(known))
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['Authorization: Bearer abcdef123456', 'abcdef123456'],
    ['basic dXNlcjpwYXNz refused', 'dXNlcjpwYXNz'],
    ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl was not valid', 'eyJzdWIiOiIxIn0'],
    ['dapi0123456789abcdef0123456789abcdef', '0123456789abcdef'],
    ['lkp_0123456789abcdefghij is revoked', '0123456789abcdefghij'],
    ['connect to postgres://lake:hunter22@db.example.com/x', 'hunter22'],
    ['password=hunter22 was wrong', 'hunter22'],
    ['password="two hunter22" was wrong', 'hunter22'],
    ["pwd: 'two hunter22'", 'hunter22'],
    ['{\\"secret\\":\\"two hunter22\\"}', 'hunter22'],
    ['{"client_secret":"hunter22"}', 'hunter22'],
    ['{\\"api_key\\": \\"hunter22\\"}', 'hunter22'],
    ['GET /x?sig=hunter22&y=1', 'hunter22'],
    ['Cookie: session=hunter22', 'hunter22'],
    ['whsec_aHVudGVyMjI=', 'aHVudGVyMjI='],
  ])('knows what looks like one: %s', (text, secret) => {
    const hidden = hidingSecrets([])(text)
    expect(hidden).not.toContain(secret)
    expect(hidden).toContain(HIDDEN)
  })

  it.each([
    '{"level":"info","event":"http.request","route":"/api/v1/api-tokens/:id","status":200}',
    'The token has ended; ask an administrator for another.',
    'https://portal.example.com/platforms/1?tab=history',
    'basic settings were read',
    '{"client_secret":"(hidden)","password":"(hidden)"}',
    'client_secret=(hidden) refused',
  ])('leaves alone what is none: %s', (text) => {
    expect(hidingSecrets(['on', ''])(text)).toBe(text)
  })
})
