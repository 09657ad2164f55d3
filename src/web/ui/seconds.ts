export const units = [
  { value: 'd', label: 'days', seconds: 86_400 },
  { value: 'h', label: 'hours', seconds: 3600 },
  { value: 'min', label: 'minutes', seconds: 60 },
  { value: 's', label: 'seconds', seconds: 1 },
] as const
export type Unit = (typeof units)[number]['value']

/** The largest unit in which it is a whole number. */
export function inUnits(seconds: number | null): { amount: number | null; unit: Unit } {
  if (seconds === null) return { amount: null, unit: 'min' }
  const unit = units.find((candidate) => seconds % candidate.seconds === 0) ?? units[3]
  return { amount: seconds / unit.seconds, unit: unit.value }
}

export const toSeconds = (amount: number, unit: Unit) =>
  Math.round(amount * (units.find(({ value }) => value === unit)?.seconds ?? 1))
