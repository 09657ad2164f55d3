import { type PersonRole, personRoles } from '../../contracts/roles.ts'
import { forSession } from '../ui/stored.ts'

const KEY = 'lakeport.persona'

/** Who to pretend to be in this tab; local mode only, the portal refuses it elsewhere. */
export function chosenPersona(): PersonRole | null {
  const value = forSession.get(KEY)
  return personRoles.find((role) => role === value) ?? null
}

export const choosePersona = (role: PersonRole | null) => forSession.set(KEY, role)

export function personaHeader(): Record<string, string> {
  const persona = chosenPersona()
  return persona === null ? {} : { 'x-dev-persona': persona }
}
