import type { StatusCheck } from '../../contracts/status.ts'
import { oneLine } from '../outbound/one-line.ts'
import type { Reading } from './connector.ts'

export type Kind = StatusCheck['kind']

interface Facts {
  value?: string | null
  message?: string | null
  /** Milliseconds since the epoch. */
  dataTime?: number | null
}

/**
 * Measured, and good. A freshness check gets its colour from the data time, so without one nothing was measured; the
 * other kinds get theirs from `reading` and carry no data time.
 */
export function good(kind: Kind, reading: 'green' | 'yellow', facts: Facts): Reading {
  const dataTime = facts.dataTime ?? null
  if (kind === 'freshness' && dataTime === null) {
    return unmeasured('This source does not tell how old the data is, so freshness cannot be known.', facts.value)
  }
  return {
    data_time: kind === 'freshness' ? iso(dataTime) : null,
    outcome: 'ok',
    reading,
    observed_value: line(facts.value, 200),
    message: line(facts.message, 1000),
  }
}

/** Measured, and bad. */
export function bad(kind: Kind, message: string, facts: Omit<Facts, 'message'> = {}): Reading {
  return {
    data_time: kind === 'freshness' ? iso(facts.dataTime ?? null) : null,
    outcome: 'fail',
    reading: null,
    observed_value: line(facts.value, 200),
    message: line(message, 1000),
  }
}

/** Could not be measured: says nothing about the thing itself. */
export function unmeasured(message: string, value: string | null = null): Reading {
  return {
    data_time: null,
    outcome: 'error',
    reading: null,
    observed_value: line(value, 200),
    message: line(message, 1000),
  }
}

export const unexpectedShape = () => unmeasured('The answer does not have the shape that was expected.')

export const unknownStatus = (word: string) => unmeasured(`unknown status "${oneLine(word, 80)}"`, word)

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

function line(text: string | null | undefined, max: number): string | null {
  return text === null || text === undefined || text === '' ? null : oneLine(text, max) || null
}
