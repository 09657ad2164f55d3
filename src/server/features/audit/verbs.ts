import { LIMIT_DEFAULT } from '../../../contracts/primitives.ts'
import type { Verbs } from '../../verb.ts'
import type { AuditStore } from './store.ts'

/** Who changed what. Only who may read all of it reads any: versions tell of every platform and every person. */
export const auditVerbs = (store: AuditStore): Verbs<'auditList'> => ({
  auditList: (_ctx, { query: { limit = LIMIT_DEFAULT, cursor, record_id, actor, by_people, ...filter } }) =>
    store.list(
      { ...filter, recordId: record_id, by: actor, ...(by_people === true && { byPeople: true }) },
      { limit, cursor },
    ),
})
