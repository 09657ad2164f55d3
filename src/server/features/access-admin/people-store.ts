import type { DirectoryPerson } from '../../../contracts/access.ts'
import { idOf } from '../../storage/ids.ts'
import type { Change, Journal } from '../../storage/journal.ts'
import type { Local } from '../../storage/local/open.ts'
import { fieldsOf } from '../../storage/record.ts'
import { fromInstant } from '../../time.ts'

/** What is left of somebody whom the workspace no longer knows. */
const NOBODY: DirectoryPerson = { user_name: '', email: null, is_active: false, groups: [] }

/** Who is in which groups, as the workspace last told. */
export const createPeopleStore = (local: Local, journal: Journal) => ({
  people: (): DirectoryPerson[] =>
    local.rows('directory_people', 'WHERE is_deleted = 0').map((row) => fieldsOf('directory_people', row)),

  /** When the reading began that last ended well, in milliseconds; null when none did. */
  peopleReadAt(): number | null {
    const last = local.get<{ at: string | null }>(
      "SELECT started_at AS at FROM ingestion_runs WHERE source = 'databricks_scim' AND state = 'SUCCESS' ORDER BY started_at DESC LIMIT 1",
    )
    return typeof last?.at === 'string' ? fromInstant(last.at) : null
  },

  /** Puts these people in the place of all that were known, in one commit; who did not change gets no new version. */
  async replacePeople(
    told: readonly (DirectoryPerson & { source_id: string })[],
    doing: { by: string; at: number; requestId: string },
  ): Promise<void> {
    const known = new Map(local.rows('directory_people', '').map((row) => [row.id, row]))
    const changes: Change[] = []
    for (const { source_id, ...person } of told) {
      const id = idOf('directory_person', source_id)
      const row = known.get(id)
      known.delete(id)
      if (row !== undefined && !row.is_deleted && isSame(fieldsOf('directory_people', row), person)) continue
      changes.push({ table: 'directory_people', id, expectedVersion: row?.version ?? 0, fields: person })
    }
    for (const { id, version, is_deleted } of known.values()) {
      if (is_deleted) continue
      changes.push({ table: 'directory_people', id, expectedVersion: version, fields: NOBODY, isDeleted: true })
    }
    if (changes.length === 0) return
    await journal.commit(changes, { ...doing, actor: null, action: 'directory_people.replace' })
  },
})

const isSame = (a: DirectoryPerson, b: DirectoryPerson) =>
  a.user_name === b.user_name &&
  a.email === b.email &&
  a.is_active === b.is_active &&
  a.groups.length === b.groups.length &&
  a.groups.every((group, at) => group === b.groups[at])
