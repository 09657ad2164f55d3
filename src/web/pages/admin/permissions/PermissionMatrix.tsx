import { useQuery } from '@tanstack/react-query'
import type { Reach } from '../../../../contracts/permissions.ts'
import type { Role } from '../../../../contracts/roles.ts'
import type { Reply } from '../../../api/client.ts'
import { useMe } from '../../../api/me.ts'
import { read } from '../../../api/queries.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { Loaded } from '../../../parts/Loaded.tsx'
import { roleWords } from '../../../parts/roles.ts'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import classes from './PermissionMatrix.module.css'
import { reachText } from './reach-words.ts'

/** What each role may do, as the portal itself decides it. */
export function PermissionMatrix() {
  const query = useQuery(read('permissionMatrix', {}))
  return (
    <div className={stack.section}>
      <h1 tabIndex={-1}>Permissions</h1>
      <p className={stack.plain}>
        A person may do what any of their roles allows; no role takes anything away. “Own platforms” are those that the
        role was given for, “own records” those that the person made.
      </p>
      <Loaded query={query} what="permissions" skeleton={<Skeletons height={600} what="permissions" />}>
        {(matrix) => <Matrix {...matrix} />}
      </Loaded>
    </div>
  )
}

function Matrix({ roles, permissions }: Reply<'permissionMatrix'>) {
  const yours = useYours()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className={classes.scroll} aria-label="Permission matrix" tabIndex={0}>
      <table className={classes.table} aria-label="What each role may do">
        <thead>
          <tr>
            <th scope="col" className={classes.permission}>
              Permission
            </th>
            {roles.map((role) => (
              <th key={role} scope="col" className={yours(role) === null ? undefined : classes.mine}>
                {roleWords[role]}
                {yours(role) !== null && <span className={classes.yours}>{yours(role)}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {permissions.map(({ permission, reach }) => (
            <tr key={permission}>
              <th scope="row" className={classes.permission}>
                {permission}
              </th>
              {roles.map((role) => {
                const cell = cellOf(reach, role)
                const isNo = cell.length === 0 ? classes.no : ''
                return (
                  <td key={role} className={`${yours(role) === null ? '' : classes.mine} ${isNo}`}>
                    {reachText(cell)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The contract's own type of the row: the schema's forgets its keys. */
const cellOf = (row: Partial<Record<Role, readonly Reach[]>>, role: Role) => row[role] ?? []

/** Says of a role that the reader has it, and where; null of any other. */
function useYours(): (role: Role) => string | null {
  const me = useMe()
  const platforms = usePlatformNames()
  return (role) => {
    const held = me?.roles.filter((grant) => grant.role === role) ?? []
    if (held.length === 0) return null
    if (held.some(({ platform_id }) => platform_id === null)) return 'yours'
    const [first] = held
    const name = platforms.find(({ id }) => id === first?.platform_id)?.name
    return held.length === 1 && name !== undefined ? `yours on ${name}` : `yours on ${held.length} platforms`
  }
}
