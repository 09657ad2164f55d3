import * as Type from 'typebox'
import { endpointTable } from './endpoint.ts'
import {
  closed,
  Id,
  Instant,
  line,
  Markdown,
  nullable,
  oneOf,
  Principal,
  page,
  pageQuery,
  recordFields,
  Version,
} from './primitives.ts'
import { phases, Quarter } from './roadmap-ref.ts'
import { WorkItemRef } from './tickets.ts'

export const REASON_MAX = 500
const Reason = Type.String({ minLength: 1, maxLength: REASON_MAX, pattern: '\\S' })

export const LINKS_MAX = 200
const SLIPS_MAX = 100

/** One time that it was put off. */
export const Slip = closed({
  at: Instant,
  by: Principal,
  phase: oneOf(phases),
  target_quarter: nullable(Quarter),
  reason: Reason,
})

const own = {
  title: line(200),
  /** What it belongs to: "Cost", "Trust in data". */
  theme: line(60),
  phase: oneOf(phases),
  target_quarter: nullable(Quarter),
  description: Markdown,
  platform_id: nullable(Id),
  owner: Type.String({ maxLength: 320 }),
  work_item_ids: Type.Array(Id, { maxItems: LINKS_MAX, uniqueItems: true }),
}
const kept = {
  /** Its place within the phase: compared byte by byte, then by id. The portal makes it. */
  rank: Type.String({ minLength: 1, maxLength: 200 }),
  /** What it was before it was put off, oldest first. */
  slips: Type.Array(Slip, { maxItems: SLIPS_MAX }),
}

/** As it is stored. */
export const RoadmapRecord = closed({ ...recordFields, ...own, ...kept })
export type RoadmapRecord = Type.Static<typeof RoadmapRecord>

const computed = {
  /** Distinct people who voted for a linked ticket. */
  demand: Type.Integer({ minimum: 0 }),
  /** Linked tickets, and how many of them are done. */
  progress: closed({ done: Type.Integer({ minimum: 0 }), total: Type.Integer({ minimum: 0 }) }),
}
export const RoadmapItem = closed({ ...recordFields, ...own, ...kept, ...computed })
export type RoadmapItem = Type.Static<typeof RoadmapItem>
export const RoadmapDetail = closed({
  ...RoadmapItem.properties,
  /** Those of the linked tickets that the caller may see. */
  work_items: Type.Array(WorkItemRef, { maxItems: LINKS_MAX }),
})
export type RoadmapDetail = Type.Static<typeof RoadmapDetail>

export const RoadmapCreate = closed({
  title: own.title,
  theme: own.theme,
  phase: own.phase,
  target_quarter: Type.Optional(own.target_quarter),
  description: Type.Optional(own.description),
  platform_id: Type.Optional(own.platform_id),
  owner: Type.Optional(own.owner),
  work_item_ids: Type.Optional(own.work_item_ids),
})
export const RoadmapEdit = Type.Object(
  {
    expected_version: Version,
    title: Type.Optional(own.title),
    theme: Type.Optional(own.theme),
    target_quarter: Type.Optional(own.target_quarter),
    description: Type.Optional(own.description),
    platform_id: Type.Optional(own.platform_id),
    owner: Type.Optional(own.owner),
    work_item_ids: Type.Optional(own.work_item_ids),
    /** Needed when the quarter becomes a later one. */
    reason: Type.Optional(Reason),
  },
  { additionalProperties: false, minProperties: 2 },
)
export const RoadmapMove = closed({
  phase: own.phase,
  /** The card that it comes after; null is the top. */
  after_id: nullable(Id),
  expected_version: Version,
  /** Needed when the phase becomes a later one. */
  reason: Type.Optional(Reason),
})

export const THEMES_MAX = 500
const Themes = closed({
  items: Type.Array(closed({ theme: line(60), cards: Type.Integer({ minimum: 1 }) }), { maxItems: THEMES_MAX }),
})

const byId = closed({ id: Id })
const made = ['roadmap_items', 'work_items', 'work_item_votes'] as const

export const roadmapEndpoints = endpointTable({
  roadmapList: {
    method: 'GET',
    path: '/api/v1/roadmap',
    permission: 'roadmap.read',
    summary: 'Roadmap items in their order: by phase, then by rank',
    query: closed({
      ...pageQuery,
      phase: Type.Optional(oneOf(phases)),
      theme: Type.Optional(line(60)),
      platform_id: Type.Optional(Id),
      quarter: Type.Optional(Quarter),
      q: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    }),
    reply: page(RoadmapItem),
    reads: made,
  },
  roadmapThemes: {
    method: 'GET',
    path: '/api/v1/roadmap/themes',
    permission: 'roadmap.read',
    summary: 'The themes of the roadmap items that the caller may see, by name, with how many',
    reply: Themes,
    reads: ['roadmap_items'],
  },
  roadmapCreate: {
    method: 'POST',
    path: '/api/v1/roadmap',
    permission: 'roadmap.write',
    summary: 'Add a roadmap item, at the end of its phase',
    body: RoadmapCreate,
    reply: RoadmapItem,
    status: 201,
    limit: 'create',
  },
  roadmapRead: {
    method: 'GET',
    path: '/api/v1/roadmap/:id',
    permission: 'roadmap.read',
    summary: 'One roadmap item with its linked tickets',
    params: byId,
    reply: RoadmapDetail,
    reads: made,
  },
  roadmapEdit: {
    method: 'PATCH',
    path: '/api/v1/roadmap/:id',
    permission: 'roadmap.write',
    summary: 'Change a roadmap item; its place is changed by a move',
    params: byId,
    body: RoadmapEdit,
    reply: RoadmapItem,
  },
  roadmapDelete: {
    method: 'DELETE',
    path: '/api/v1/roadmap/:id',
    permission: 'roadmap.write',
    summary: 'Delete a roadmap item; its history stays',
    params: byId,
    query: closed({ expected_version: Version }),
    reply: RoadmapItem,
  },
  roadmapMove: {
    method: 'POST',
    path: '/api/v1/roadmap/:id/move',
    permission: 'roadmap.write',
    summary: 'Put a roadmap item after another one, or on top, in this or another phase',
    params: byId,
    body: RoadmapMove,
    reply: RoadmapItem,
  },
})
