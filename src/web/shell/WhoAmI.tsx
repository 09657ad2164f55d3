import type { Me } from '../../contracts/access.ts'
import classes from './Shell.module.css'

/** Whose permissions are in force, and which roles they come from. */
export function WhoAmI({ me }: { me: Me | undefined }) {
  if (me === undefined) return null
  const name = me.name ?? me.email ?? me.id
  const roles = [...new Set(me.roles.map(({ role }) => role.replace('_', ' ')))]
  const says = `Signed in as ${name}${roles.length > 0 ? `, ${roles.join(', ')}` : ''}`
  return (
    <span className={classes.who} title={says}>
      <span className={classes.hidden}>Signed in as </span>
      <bdi>{name}</bdi>
    </span>
  )
}
