import { at, type Cases, edit, list, one, read, write } from './access-case.ts'

export const ticketCases = {
  workItemList: list(
    (_g, c) => c.client.workItemList({ query: { limit: 200, q: 'Landmark' } }),
    (g) => g.there_is.ticket,
  ),
  workItemCreate: [
    {
      act: (g, c) =>
        c.client.workItemCreate({ body: { item_type: 'INCIDENT', title: g.fresh(), platform_id: g.here.id } }),
      on: 'here',
      seenBy: 'platform.read',
      unseen: 422,
    },
  ],
  workItemSimilar: list(
    (_g, c) => c.client.workItemSimilar({ query: { title: 'Landmark of the tickets' } }),
    (g) => g.there_is.ticket,
  ),
  workItemExport: list(
    (_g, c) => c.client.workItemExport({ query: { format: 'json' } }),
    (g) => g.there_is.ticket,
  ),
  workItemRead: read((g, c) => c.client.workItemRead(one(g.there_is.ticket))),
  workItemEdit: [
    {
      ...write(async (g, c) => c.client.workItemEdit(edit(await g.ticket(), { title: g.fresh() })), 'work_item.read'),
      title: "of somebody else's words",
    },
    {
      ...write(
        async (g, c) => c.client.workItemEdit(edit(await g.ticket(c.id), { title: g.fresh() })),
        'work_item.read',
      ),
      title: 'of own words',
      isOwn: true,
    },
    {
      ...write(async (g, c) => c.client.workItemEdit(edit(await g.ticket(), { priority: 'P1' })), 'work_item.read'),
      title: 'of the priority',
      needs: 'work_item.triage',
    },
    {
      ...write(
        async (g, c) => c.client.workItemEdit(edit(await g.ticket(), { assigned_to: 'ann@x.example' })),
        'work_item.read',
      ),
      title: 'of the assignee',
      needs: 'work_item.assign',
    },
  ],
  workItemDelete: [write(async (g, c) => c.client.workItemDelete(at(await g.ticket())), 'work_item.read')],
  workItemTransition: [
    {
      ...write(
        async (g, c) => c.client.workItemTransition(edit(await g.ticket(), { to_state: 'IN_PROGRESS' as const })),
        'work_item.read',
      ),
      title: "of somebody else's",
    },
    {
      ...write(
        async (g, c) =>
          c.client.workItemTransition(
            edit(await g.ticket(c.id), {
              to_state: 'CLOSED' as const,
              resolution: 'WITHDRAWN' as const,
              note: 'Never mind',
            }),
          ),
        'work_item.read',
      ),
      title: 'of an own one',
      isOwn: true,
    },
  ],
  workItemEvents: read((g, c) => c.client.workItemEvents(one(g.there_is.ticket))),
  workItemCommentList: read((g, c) => c.client.workItemCommentList(one(g.there_is.ticket))),
  workItemComment: [
    write((g, c) => c.client.workItemComment({ ...one(g.there_is.ticket), body: { body: 'Said' } }), 'work_item.read'),
  ],
  workItemCommentEdit: [false, true].map((isOwn) => ({
    ...write(async (g, c) => {
      const params = { id: g.there_is.ticket, comment_id: await g.comment(g.there_is.ticket, isOwn ? c.id : undefined) }
      return c.client.workItemCommentEdit({ params, body: { body: 'Else' } })
    }, 'work_item.read'),
    title: isOwn ? 'of an own one' : "of somebody else's",
    ...(isOwn && { isOwn }),
  })),
  workItemCommentDelete: [false, true].map((isOwn) => ({
    ...write(async (g, c) => {
      const params = { id: g.there_is.ticket, comment_id: await g.comment(g.there_is.ticket, isOwn ? c.id : undefined) }
      return c.client.workItemCommentDelete({ params })
    }, 'work_item.read'),
    title: isOwn ? 'of an own one' : "of somebody else's",
    ...(isOwn && { isOwn }),
  })),
  workItemVote: [write(async (g, c) => c.client.workItemVote(one(await g.ticket())), 'work_item.read')],
  workItemUnvote: [write((g, c) => c.client.workItemUnvote(one(g.there_is.ticket)), 'work_item.read')],
  workItemWatch: read((g, c) => c.client.workItemWatch(one(g.there_is.ticket))),
  workItemUnwatch: read((g, c) => c.client.workItemUnwatch(one(g.there_is.ticket))),
  requestTemplates: [{ act: (_g, c) => c.client.requestTemplates(), on: 'nothing', isSameForAll: true }],
} satisfies Cases
