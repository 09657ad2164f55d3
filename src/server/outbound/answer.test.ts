import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { field, instant, listField, textField } from './answer.ts'
import { parseJson } from './json.ts'
import { oneLine } from './one-line.ts'

describe('times in answers', () => {
  const noon = Date.UTC(2026, 10, 23, 12)

  it('are read from every spelling the systems use', () => {
    const spellings: unknown[] = [
      noon,
      String(noon),
      '2026-11-23T12:00:00Z',
      '2026-11-23T12:00:00.000Z',
      '2026-11-23T12:00:00.0000000', // Fabric: seven digits, no zone
      '2026-11-23T12:00:00.000000+00:00', // dbt
      '2026-11-23 12:00:00',
      '2026-11-23T14:30:00+02:30',
      '2026-11-23T14:30:00+0230',
    ]
    expect(spellings.map(instant)).toEqual(spellings.map(() => noon))
    expect(instant('2026-11-23T12:00:00.7812154')).toBe(noon + 781)
  })

  it('are not made up: zero, seconds, the far future and nonsense are no time', () => {
    const wrong: unknown[] = [
      0,
      -1,
      1_732_240_800,
      1e300,
      Number.NaN,
      true,
      null,
      undefined,
      {},
      [noon],
      '',
      'now',
      '12',
      '2026-11-23',
      '2026-13-45T99:99:99Z',
      '9999-12-31T00:00:00Z',
    ]
    expect(wrong.map(instant)).toEqual(wrong.map(() => null))
  })
})

describe('fields of answers', () => {
  it('are only what the answer itself holds', () => {
    expect(field({ a: { b: 1 } }, 'a', 'b')).toBe(1)
    expect(field({}, 'constructor')).toBeUndefined()
    expect(field([], '__proto__')).toBeUndefined()
    expect(textField({ a: '' }, 'a')).toBeNull()
    expect(listField({ a: { length: 1 } }, 'a')).toBeNull()
  })

  it('never throw', () => {
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.string()), (value, path) => {
        field(value, ...path)
        instant(value)
      }),
    )
  })
})

describe('JSON with long whole numbers', () => {
  it('keeps every digit of an id and leaves everything else as it was', () => {
    expect(parseJson('{"id":9223372036854775807,"n":[-9007199254740993],"s":"9223372036854775807"}')).toEqual({
      id: '9223372036854775807',
      n: ['-9007199254740993'],
      s: '9223372036854775807',
    })
  })

  it('reads everything else as JSON.parse does', () => {
    const isShort = (text: string) => !/\d{16}/.test(text)
    fc.assert(
      fc.property(fc.json().filter(isShort), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text))
      }),
    )
    const text = '{"long":12345678901234567890,"f":1234567890123456.5,"e":1e300,"t":"1234567890123456789"}'
    expect(parseJson(text)).toEqual({ ...JSON.parse(text), long: '12345678901234567890' })
  })
})

describe('a foreign text made fit to show', () => {
  it('loses its secrets and keeps its sense', () => {
    const cases: [string, string][] = [
      [
        'cannot read https://lake.blob.core.windows.net/raw/a.csv?sv=1&sig=abc%3D now',
        'cannot read https://lake.blob.core.windows.net/raw/a.csv now',
      ],
      ['clone https://user:pw@git.example.com/x failed', 'clone https://git.example.com/x failed'],
      [
        'jdbc:sqlserver://db:1433;user=sa;password=hunter2;x=1',
        'jdbc:sqlserver://db:1433;user=sa;password=(hidden);x=1',
      ],
      ['Authorization: Bearer abc.def-ghi refused', 'Authorization: Bearer (hidden) refused'],
      ['{"client_secret": "s3 cret", "a": 1}', '{"client_secret": "(hidden)", "a": 1}'],
      ['AccountKey=abc==;EndpointSuffix=core', 'AccountKey=(hidden);EndpointSuffix=core'],
      ['token dapi0123456789abcdef0123456789abcdef was refused', 'token (hidden) was refused'],
      ['got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'got (hidden)'],
    ]
    for (const [text, shown] of cases) expect(oneLine(text, 1000)).toBe(shown)
  })

  it('is one line of at most so many characters, whatever went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), fc.integer({ min: 1, max: 200 }), (text, max) => {
        const line = oneLine(text, max)
        expect(line.length).toBeLessThanOrEqual(max)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the promise.
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
        expect(line.isWellFormed()).toBe(true)
      }),
    )
  })
})
