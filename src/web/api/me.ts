import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Me } from '../../contracts/access.ts'
import type { Permission } from '../../contracts/permissions.ts'
import { can, type Target } from './can.ts'
import { call } from './client.ts'
import { ApiFault } from './fault.ts'
import { choosePersona, chosenPersona } from './persona.ts'

export const meQuery = queryOptions<Me, ApiFault>({ queryKey: ['me', {}], queryFn: ({ signal }) => whoAmI(signal) })

async function whoAmI(signal: AbortSignal): Promise<Me> {
  try {
    return (await call('me', {}, { signal })) as Me // The contract's own type; the schema's is wider in its record's keys.
  } catch (fault) {
    // A persona left over from local mode is refused elsewhere and would lock this tab out of everything.
    if (!(fault instanceof ApiFault) || fault.code !== 'bad_request' || chosenPersona() === null) throw fault
    choosePersona(null)
    return whoAmI(signal)
  }
}

/** Who I am; undefined until the portal has said so. */
export const useMe = () => useQuery(meQuery).data

export function useCan(): (permission: Permission, target?: Target) => boolean {
  const me = useMe()
  return (permission, target) => can(me, permission, target)
}
