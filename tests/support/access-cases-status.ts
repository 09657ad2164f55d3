import { at, type Cases, edit, list, one, read, shared, write } from './access-case.ts'

/** How the status of platforms is asked for, and how it is changed. */
export const statusCases = {
  statusSummary: list(
    (_g, c) => c.client.statusSummary(),
    (g) => g.here.id,
  ),
  statusHistory: list(
    (_g, c) => c.client.statusHistory(),
    (g) => g.here.id,
  ),
  platformList: list(
    (_g, c) => c.client.platformList({ query: { limit: 200 } }),
    (g) => g.here.id,
  ),
  platformCreate: shared((g, c) => c.client.platformCreate({ body: { name: g.fresh(), domain: 'x' } })),
  platformRead: read((g, c) => c.client.platformRead(one(g.here.id))),
  platformUpdate: [
    write(async (g, c) => {
      const { version } = (await g.root.platformRead(one(g.here.id))).body
      return c.client.platformUpdate({ ...one(g.here.id), body: { description: g.fresh(), expected_version: version } })
    }, 'platform.read'),
  ],
  // Not the platform `here`, which the others need: one that belongs to it as little as to any other place.
  platformRetire: [
    { ...write(async (g, c) => c.client.platformRetire(at((await g.platform()).id)), 'platform.read'), on: 'nothing' },
  ],
  platformHistory: read((g, c) => c.client.platformHistory(one(g.here.id))),

  statusCheckList: list(
    (_g, c) => c.client.statusCheckList({ query: { limit: 200 } }),
    (g) => g.there_is.check.id,
  ),
  statusCheckCreate: [
    {
      act: (g, c) =>
        c.client.statusCheckCreate({
          body: {
            platform_id: g.here.id,
            name: g.fresh(),
            kind: 'quality',
            source: { connector: 'push' },
            warn_after_seconds: 60,
            crit_after_seconds: 120,
          },
        }),
      on: 'here',
      seenBy: 'platform.read',
      unseen: 422,
    },
  ],
  statusCheckRead: read((g, c) => c.client.statusCheckRead(one(g.there_is.check.id))),
  statusCheckUpdate: [
    write(async (g, c) => c.client.statusCheckUpdate(edit((await g.check()).id, { description: 'x' })), 'check.read'),
  ],
  statusResultList: list(
    (_g, c) => c.client.statusResultList({ query: { limit: 200 } }),
    (g) => g.there_is.pushed.id,
  ),
  statusResultLatest: list(
    (_g, c) => c.client.statusResultLatest({ query: { limit: 200 } }),
    (g) => g.there_is.pushed.id,
  ),
  statusResultPush: [
    {
      act: (g, c) => {
        g.p.tick(1)
        return c.client.statusResultPush({
          body: { check_id: g.there_is.pushed.id, measured_at: g.p.at(), outcome: 'ok' },
        })
      },
      on: 'here',
      seenBy: ['check.read', 'result.push'],
      unseen: 422,
    },
  ],
  statusMessageList: list(
    (_g, c) => c.client.statusMessageList({ query: { limit: 200, state: 'published' } }),
    (g) => g.there_is.message.id,
  ),
  statusMessageCreate: [
    {
      title: 'for a platform',
      act: (g, c) =>
        c.client.statusMessageCreate({ body: { severity: 'info', title: g.fresh(), platform_ids: [g.here.id] } }),
      on: 'here',
      seenBy: 'platform.read',
      unseen: 422,
    },
    {
      title: 'for everyone',
      act: (g, c) => c.client.statusMessageCreate({ body: { severity: 'info', title: g.fresh(), platform_ids: [] } }),
      on: 'nothing',
      needs: 'message.write_global',
    },
  ],
  statusMessageRead: [
    ...read((g, c) => c.client.statusMessageRead(one(g.there_is.message.id))),
    {
      title: 'that is not published',
      act: async (g, c) => c.client.statusMessageRead(one((await g.message()).id)),
      on: 'here',
      needs: 'message.read_unpublished',
      refused: 404,
    },
  ],
  statusMessageUpdate: [
    write(
      async (g, c) => c.client.statusMessageUpdate(edit((await g.message()).id, { title: g.fresh() })),
      'message.read_unpublished',
    ),
  ],
  statusMessagePublish: [
    write(async (g, c) => c.client.statusMessagePublish(edit((await g.message()).id, {})), 'message.read_unpublished'),
  ],
  statusMessageArchive: [
    write(async (g, c) => c.client.statusMessageArchive(edit((await g.message()).id, {})), 'message.read_unpublished'),
  ],
  statusMessageNote: [
    write(async (g, c) => {
      const { id } = await g.message()
      await g.root.statusMessagePublish(edit(id, {}))
      return c.client.statusMessageNote({ ...one(id), body: { body: 'News', expected_version: 2 } })
    }, 'message.read'),
  ],

  ingestionRunList: shared((_g, c) => c.client.ingestionRunList()),
  ingestionRunLatest: shared((_g, c) => c.client.ingestionRunLatest()),
  ingestionRunTrigger: [
    { act: (_g, c) => c.client.ingestionRunTrigger({ body: { source: 'databricks_job' } }), on: 'here' },
  ],
} satisfies Cases
