import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cast } from './cast.ts'

describe('a cell of a result', () => {
  test.each([
    ['BOOLEAN', 'true', true],
    ['BOOLEAN', 'false', false],
    ['BOOLEAN', 'perhaps', 'perhaps'],
    ['INT', '-12', -12],
    ['SHORT', '7', 7],
    ['BYTE', '0', 0],
    ['INT', 'twelve', 'twelve'],
    ['LONG', '9007199254740991', 9007199254740991],
    ['LONG', '9007199254740992', '9007199254740992'],
    ['LONG', '-9223372036854775808', '-9223372036854775808'],
    ['DOUBLE', '1.5E-7', 1.5e-7],
    ['FLOAT', '0.25', 0.25],
    ['DOUBLE', 'NaN', 'NaN'],
    ['DOUBLE', '-Infinity', '-Infinity'],
    ['DOUBLE', '', ''],
    ['DECIMAL', '12345.67', 12345.67],
    ['DECIMAL', '12345678901234.567', '12345678901234.567'],
    ['STRING', '12', '12'],
    ['DATE', '2026-11-22', '2026-11-22'],
    ['TIMESTAMP', '2026-11-22T12:00:00.123Z', '2026-11-22T12:00:00.123Z'],
    ['TIMESTAMP', '2026-11-22 12:00:00.123456', '2026-11-22T12:00:00.123Z'],
    ['TIMESTAMP', '2026-11-22 12:00:00', '2026-11-22T12:00:00.000Z'],
    ['TIMESTAMP', '2026-11-22T12:00:00.5+01:00', '2026-11-22T11:00:00.500Z'],
    ['TIMESTAMP', '2026-11-22T12:00:00-0530', '2026-11-22T17:30:00.000Z'],
    ['TIMESTAMP', '1969-12-31 23:59:59.999999', '1969-12-31T23:59:59.999Z'],
    ['TIMESTAMP', '2150-01-01 00:00:00', '2150-01-01T00:00:00.000Z'],
    ['TIMESTAMP_NTZ', '2026-11-22 12:00:00', '2026-11-22T12:00:00.000Z'],
    ['TIMESTAMP', 'later', 'later'],
    ['VARIANT', '{"a":1}', '{"a":1}'],
    ['ARRAY', '["1"]', '["1"]'],
    ['', 'x', 'x'],
  ])('%s %o is %o', (type, cell, value) => {
    expect(cast(type, cell)).toBe(value)
  })

  test('that is null is null, whatever its type', () => {
    for (const type of ['BOOLEAN', 'INT', 'LONG', 'DOUBLE', 'TIMESTAMP', 'STRING', 'NULL']) {
      expect(cast(type, null)).toBeNull()
    }
  })

  test('that is not text, against the promise, is its JSON', () => {
    expect(cast('VARIANT', { a: [1] })).toBe('{"a":[1]}')
    expect(cast('INT', 7)).toBe(7)
  })

  test('comes back as what was sent as a parameter', () => {
    const same = (type: string) => (value: string | number | boolean) => {
      // The wire has no negative zero to tell apart.
      expect(cast(type, String(value)) === value).toBe(true)
    }
    fc.assert(fc.property(fc.maxSafeInteger(), same('LONG')))
    fc.assert(fc.property(fc.boolean(), same('BOOLEAN')))
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), same('DOUBLE')))
    fc.assert(fc.property(fc.string(), same('STRING')))
    const time = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(
        time.map((date) => date.toISOString()),
        same('TIMESTAMP'),
      ),
    )
  })

  test('is never a number that is not the one that was sent', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (n) => {
        expect(BigInt(cast('LONG', n.toString()) ?? 0)).toBe(n)
      }),
    )
  })
})
