import type { Reach } from '../../../../contracts/permissions.ts'

const words: Record<Reach, string> = {
  always: 'yes',
  scoped: 'own platforms',
  own: 'own records',
  own_open: 'own while open',
}

/** How far a role reaches, as a table's cell says it. */
export const reachText = (reach: readonly Reach[]) =>
  reach.length === 0 ? 'no' : reach.map((one) => words[one]).join(', ')
