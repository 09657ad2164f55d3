import { isoMs } from '../../outbound/answer.ts'
import type { Value } from './warehouse.ts'

/** More digits than this may not survive as a number. */
const EXACT_DIGITS_MAX = 15

/**
 * A cell as the wire has it, text or null, as a value. What has no exact value here stays the text it was: a LONG past
 * 2^53, NaN, a DECIMAL of many digits, an unknown type.
 */
export function cast(typeName: string, cell: unknown): Value {
  if (cell === null || cell === undefined) return null
  // Promised to be text; a newer wire may send more.
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell)
  switch (typeName) {
    case 'BOOLEAN':
      return asBoolean(text)
    case 'BYTE':
    case 'SHORT':
    case 'INT':
    case 'LONG':
      return asWhole(text)
    case 'FLOAT':
    case 'DOUBLE':
      return asNumber(text)
    case 'DECIMAL':
      return text.replace(/\D/g, '').length > EXACT_DIGITS_MAX ? text : asNumber(text)
    case 'TIMESTAMP':
    case 'TIMESTAMP_NTZ':
      return asInstant(text)
    default:
      return text
  }
}

function asBoolean(text: string): Value {
  const word = text.toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : text
}

function asWhole(text: string): Value {
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(number) ? number : text
}

function asNumber(text: string): Value {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : text
}

/** Without a zone it is UTC, which is what warehouses speak. */
function asInstant(text: string): Value {
  const ms = isoMs(text)
  return Number.isNaN(ms) ? text : new Date(ms).toISOString()
}
