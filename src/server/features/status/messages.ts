import type { StatusMessage } from '../../../contracts/status.ts'
import type { Actor } from '../../access/actor.ts'
import { canSee, demand, visiblePlatforms } from '../../access/decide.ts'
import { Fault, invalid, notFound, versionConflict } from '../../fault.ts'
import { fromInstant, toInstant } from '../../time.ts'
import type { Ctx, Verbs } from '../../verb.ts'
import type { StatusStore } from './store.ts'

type Names =
  | 'statusMessageList'
  | 'statusMessageCreate'
  | 'statusMessageRead'
  | 'statusMessageUpdate'
  | 'statusMessagePublish'
  | 'statusMessageArchive'
  | 'statusMessageNote'

type State = StatusMessage['state']

/** draft -> published -> archived; draft -> archived; archived -> draft. */
const moves: Record<State, readonly State[]> = {
  draft: ['published', 'archived'],
  published: ['archived'],
  archived: ['draft'],
}

/** Banners and their timelines. */
export function messageVerbs(store: StatusStore): Verbs<Names> {
  return {
    statusMessageList(ctx, { query }) {
      ctx.changesAt(store.messagesChangeAt(ctx.now))
      return store.listMessages(ctx.actor, ctx.now, query)
    },

    async statusMessageCreate(ctx, { body }) {
      const message = {
        body: '',
        start_at: toInstant(ctx.now),
        end_at: null,
        platform_ids: [],
        ...body,
        state: 'draft' as const,
        updates: [],
      }
      refuseNonsense(store, ctx.actor, message)
      demandWrite(ctx.actor, message.platform_ids)
      return store.createMessage(ctx, message)
    },

    statusMessageRead(ctx, { params }) {
      const message = store.message(params.id)
      if (message === null || !isVisible(message, ctx)) throw notFound()
      ctx.changesAt(store.messagesChangeAt(ctx.now))
      return message
    },

    async statusMessageUpdate(ctx, { params, body: { expected_version, ...changes } }) {
      const message = reach(store, ctx, params.id, expected_version)
      refuseNonsense(store, ctx.actor, { ...message, ...changes })
      if (changes.platform_ids !== undefined) demandWrite(ctx.actor, changes.platform_ids)
      if (changes.state !== undefined && changes.state !== message.state) refuseMove(message.state, changes.state)
      return store.saveMessage(ctx, 'status_message.update', message, changes)
    },

    async statusMessagePublish(ctx, { params, body }) {
      const message = reach(store, ctx, params.id, body.expected_version)
      refuseMove(message.state, 'published')
      return store.saveMessage(ctx, 'status_message.publish', message, { state: 'published' })
    },

    async statusMessageArchive(ctx, { params, body }) {
      const message = reach(store, ctx, params.id, body.expected_version)
      refuseMove(message.state, 'archived')
      return store.saveMessage(ctx, 'status_message.archive', message, { state: 'archived' })
    },

    async statusMessageNote(ctx, { params, body }) {
      const message = reach(store, ctx, params.id, body.expected_version)
      if (message.state !== 'published')
        throw new Fault('invalid_transition', 'Only a published message takes updates.')
      if (message.updates.length >= UPDATES_MAX)
        throw invalid({ body: `a message takes ${UPDATES_MAX} updates at most` })
      const note = { at: toInstant(ctx.now), by: ctx.actor.id, body: body.body }
      return store.saveMessage(ctx, 'status_message.note', message, { updates: [note, ...message.updates] })
    },
  }
}

const UPDATES_MAX = 500

/** In force now: published, and inside its window. */
export const isActive = (message: Pick<StatusMessage, 'state' | 'start_at' | 'end_at'>, now: number) =>
  message.state === 'published' &&
  fromInstant(message.start_at) <= now &&
  (message.end_at === null || now < fromInstant(message.end_at))

function isVisible(message: StatusMessage, ctx: Ctx): boolean {
  if (isActive(message, ctx.now) && concerns(message, visiblePlatforms(ctx.actor, 'message.read'))) return true
  return mayReadUnpublished(ctx.actor, message)
}

const concerns = (message: StatusMessage, visible: 'all' | readonly string[]) =>
  visible === 'all' || message.platform_ids.length === 0 || message.platform_ids.some((id) => visible.includes(id))

const mayReadUnpublished = (actor: Actor, message: StatusMessage) => {
  const visible = visiblePlatforms(actor, 'message.read_unpublished')
  return visible === 'all' || message.platform_ids.some((id) => visible.includes(id))
}

/** Loads a message for writing: a stranger's 404, then the permission, then the version. */
function reach(store: StatusStore, ctx: Ctx, id: string, expectedVersion: number): StatusMessage {
  const message = store.message(id)
  if (message === null || !isVisible(message, ctx)) throw notFound()
  demandWrite(ctx.actor, message.platform_ids)
  if (message.version !== expectedVersion) throw versionConflict(message)
  return message
}

/** A message to everyone needs its own permission; one about platforms must be about the writer's. */
function demandWrite(actor: Actor, platformIds: readonly string[]): void {
  if (platformIds.length === 0) demand(actor, 'message.write_global')
  else demand(actor, 'message.write', { platformIds })
}

function refuseMove(from: State, to: State): void {
  if (!moves[from].includes(to)) throw new Fault('invalid_transition', `A message that is ${from} cannot become ${to}.`)
}

function refuseNonsense(
  store: StatusStore,
  actor: Actor,
  message: Pick<StatusMessage, 'start_at' | 'end_at' | 'platform_ids'>,
): void {
  const startAt = fromInstant(message.start_at)
  if (Number.isNaN(startAt)) throw invalid({ 'body.start_at': 'is not a real date' })
  if (message.end_at !== null && !(fromInstant(message.end_at) > startAt))
    throw invalid({ 'body.end_at': 'must be after the start' })
  const unknown = message.platform_ids.find((id) => !canSee(actor, 'platform.read', id) || store.platform(id) === null)
  if (unknown !== undefined) throw invalid({ 'body.platform_ids': 'names something that is not a platform' })
}
