import type { ReactNode } from 'react'
import { canSomewhere } from '../../api/can.ts'
import { useMe } from '../../api/me.ts'
import { NoPermission } from '../../parts/ErrorState.tsx'

/** The docs for whoever may read them; until that is known they are shown, for there is no secret in them. */
export function Permitted({ children }: { children: ReactNode }) {
  const me = useMe()
  if (me === undefined || canSomewhere(me, 'docs.read')) return children
  return <NoPermission level={1} sentence="Reading the docs needs a role in this portal." />
}
