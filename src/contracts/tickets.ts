import * as Type from 'typebox'
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
  recordFields,
  Version,
} from './primitives.ts'
import { templateKeys } from './request-templates.ts'
import { RoadmapRef } from './roadmap-ref.ts'
import { categories, itemStates, itemTypes, resolutions, waitingOn } from './workflows.ts'

/** How bad it is for those concerned; worst first. */
export const itemSeverities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const
/** What is done first; P1 before P4. Sorts as it reads. */
export const priorities = ['P1', 'P2', 'P3', 'P4'] as const
export const PRIORITY_DEFAULT = 'P3'
export const environments = ['production', 'staging', 'development'] as const

export const TITLE_MAX = 200
export const COMMENT_MAX = 20_000
export const NOTE_MAX = 5000
export const TAGS_MAX = 20

export const TAG_MAX = 40
/** With the `u` flag. */
export const TAG_PATTERN = '^[\\p{Ll}\\p{Lo}\\p{N}][\\p{Ll}\\p{Lo}\\p{N}._:/-]*$'
/** Lower case, so that `DBT` and `dbt` are one tag. */
export const Tag = Type.String({ minLength: 1, maxLength: TAG_MAX, pattern: TAG_PATTERN })
const Tags = Type.Array(Tag, { maxItems: TAGS_MAX, uniqueItems: true })
const Title = line(TITLE_MAX)
const Note = Type.String({ minLength: 1, maxLength: NOTE_MAX, pattern: '\\S' })
/** An email or user name, as identity spells it. */
const Person = Type.String({ minLength: 1, maxLength: 320, pattern: '^[^\\s,\\u0000-\\u001f][^,\\u0000-\\u001f]*$' })
/** Keyed by the template's field; see request-templates.ts for what each may be. */
const AnswersSchema = Type.Record(
  Type.String({ pattern: '^[a-z][a-z_]{0,39}$' }),
  Type.Union([Type.String({ maxLength: 4000 }), Type.Number({ minimum: -1e12, maximum: 1e12 }), Type.Boolean()]),
  { maxProperties: 40, additionalProperties: false },
)

const own = {
  item_type: oneOf(itemTypes),
  title: Title,
  description: Markdown,
  state: oneOf(itemStates),
  category: oneOf(categories),
  severity: nullable(oneOf(itemSeverities)),
  priority: oneOf(priorities),
  platform_id: nullable(Id),
  environment: nullable(oneOf(environments)),
  tags: Tags,
  assigned_to: nullable(Person),
  due_at: nullable(Instant),
  waiting_on: nullable(oneOf(waitingOn)),
  /** The state that a waiting request goes back to. */
  waiting_from: nullable(oneOf(itemStates)),
  resolution: nullable(oneOf(resolutions)),
  duplicate_of: nullable(Id),
  /** What was said with the last change of state. */
  state_note: nullable(Type.String({ maxLength: NOTE_MAX })),
  /** When the state last changed. */
  state_at: Instant,
  reopen_count: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  /** Platform requests only. */
  template: nullable(oneOf(templateKeys)),
  answers: nullable(AnswersSchema),
  approved_by: nullable(Principal),
  approved_at: nullable(Instant),
  /** Where it was imported from, `github:owner/repo#12`. */
  source_id: nullable(Type.String({ maxLength: 400 })),
}

export const WorkItem = closed({ ...recordFields, ...own })
export type WorkItem = Type.Static<typeof WorkItem>

const { description, answers, state_note, ...listed } = own
const tallies = {
  votes: Type.Integer({ minimum: 0 }),
  /** Whether the caller has voted. */
  voted: Type.Boolean(),
  comment_count: Type.Integer({ minimum: 0 }),
  /** Whether the caller follows it. */
  watching: Type.Boolean(),
}

/** As lists show it: without its long texts. */
export const WorkItemSummary = closed({ ...recordFields, ...listed, ...tallies })
export type WorkItemSummary = Type.Static<typeof WorkItemSummary>
export const WorkItemPage = page(WorkItemSummary)

/** As another item names it. */
export const WorkItemRef = closed({
  id: Id,
  item_type: own.item_type,
  title: Title,
  state: own.state,
  category: own.category,
})
export type WorkItemRef = Type.Static<typeof WorkItemRef>

/** One button: where it leads, and what it asks for. */
export const TransitionOption = closed({
  to_state: oneOf(itemStates),
  label: Type.String({ maxLength: 80 }),
  /** Null: this caller may take it. Otherwise why not. */
  blocked_reason: nullable(Type.String({ maxLength: 300 })),
  /** What the text is called that must come with it; null when none is needed. */
  note: nullable(Type.String({ maxLength: 40 })),
  /** `actor`: empty means the caller. `required`: must be said unless somebody is assigned. */
  assignee: nullable(oneOf(['actor', 'required'])),
  waiting_on: Type.Array(oneOf(waitingOn), { maxItems: waitingOn.length }),
  /** One of these must be chosen; with one only, the client sends it. */
  resolutions: Type.Array(oneOf(resolutions), { maxItems: resolutions.length }),
  /** Needs `duplicate_of`. */
  duplicate_of: Type.Boolean(),
})
export type TransitionOption = Type.Static<typeof TransitionOption>

export const WATCHERS_SHOWN_MAX = 50
export const DUPLICATES_SHOWN_MAX = 100

export const WorkItemDetail = closed({
  ...recordFields,
  ...own,
  ...tallies,
  /** The first of them, by name. */
  watchers: Type.Array(Principal, { maxItems: WATCHERS_SHOWN_MAX }),
  watcher_count: Type.Integer({ minimum: 0 }),
  /** The item that this one repeats, if the caller may see it. */
  duplicate_of_item: nullable(WorkItemRef),
  /** The items that repeat this one, newest first. */
  duplicates: Type.Array(WorkItemRef, { maxItems: DUPLICATES_SHOWN_MAX }),
  /** What it is planned in, as far as the caller may see it. */
  roadmap_items: Type.Array(RoadmapRef, { maxItems: 100 }),
  allowed_transitions: Type.Array(TransitionOption, { maxItems: 40 }),
})
export type WorkItemDetail = Type.Static<typeof WorkItemDetail>

export const WorkItemCreate = closed({
  item_type: own.item_type,
  title: Title,
  description: Type.Optional(Markdown),
  severity: Type.Optional(own.severity),
  platform_id: Type.Optional(own.platform_id),
  environment: Type.Optional(own.environment),
  tags: Type.Optional(Tags),
  /** A platform request needs both. */
  template: Type.Optional(oneOf(templateKeys)),
  answers: Type.Optional(AnswersSchema),
})
export type WorkItemCreate = Type.Static<typeof WorkItemCreate>

/** Title, description, environment and answers need work_item.edit; the assignee work_item.assign; the rest work_item.triage. */
export const WorkItemEdit = Type.Object(
  {
    expected_version: Version,
    title: Type.Optional(Title),
    description: Type.Optional(Markdown),
    environment: Type.Optional(own.environment),
    answers: Type.Optional(AnswersSchema),
    severity: Type.Optional(own.severity),
    priority: Type.Optional(own.priority),
    platform_id: Type.Optional(own.platform_id),
    tags: Type.Optional(Tags),
    due_at: Type.Optional(own.due_at),
    assigned_to: Type.Optional(own.assigned_to),
  },
  { additionalProperties: false, minProperties: 2 },
)
export type WorkItemEdit = Type.Static<typeof WorkItemEdit>

export const WorkItemTransition = closed({
  to_state: own.state,
  expected_version: Version,
  note: Type.Optional(Note),
  assigned_to: Type.Optional(Person),
  waiting_on: Type.Optional(oneOf(waitingOn)),
  resolution: Type.Optional(oneOf(resolutions)),
  duplicate_of: Type.Optional(Id),
})
export type WorkItemTransition = Type.Static<typeof WorkItemTransition>

export const WorkItemComment = closed({
  ...recordFields,
  work_item_id: Id,
  body: Type.String({ minLength: 1, maxLength: COMMENT_MAX }),
  /** Written by somebody who may triage the item. */
  by_staff: Type.Boolean(),
})
export type WorkItemComment = Type.Static<typeof WorkItemComment>
export const WorkItemCommentPage = page(WorkItemComment)
const CommentBody = Type.String({ minLength: 1, maxLength: COMMENT_MAX, pattern: '\\S' })
export const WorkItemCommentCreate = closed({ body: CommentBody })
export const WorkItemCommentEdit = closed({ body: CommentBody, expected_version: Type.Optional(Version) })

/** Stored only. The voter is `created_by`. */
export type WorkItemVote = {
  work_item_id: string
  voter: string
}
/** Stored only. Says so against what follows from taking part. */
export type WorkItemWatch = {
  work_item_id: string
  watcher: string
  is_watching: boolean
}

export const VoteAnswer = closed({ votes: tallies.votes, voted: tallies.voted })
export const WatchAnswer = closed({ watching: tallies.watching })

export const eventTypes = [
  'CREATE',
  'EDIT',
  'STATE_CHANGE',
  'ASSIGN',
  'TAG',
  'DELETE',
  'COMMENT',
  'COMMENT_EDIT',
  'COMMENT_DELETE',
  'VOTE',
  'UNVOTE',
] as const
export type EventType = (typeof eventTypes)[number]

const FieldValue = Type.Unsafe<unknown>({ description: 'As the field holds it; null when it had none' })
/** Derived from row versions; nothing else writes one. */
export const WorkItemEvent = closed({
  /** The record's id and version. */
  id: Type.String({ maxLength: 60 }),
  type: oneOf(eventTypes),
  at: Instant,
  by: Principal,
  /** The act that made the version: `work_item.transition`. */
  action: Type.String({ maxLength: 80 }),
  /** For a comment's events: which. */
  comment_id: nullable(Id),
  /** What was said with a change of state. */
  note: nullable(Type.String({ maxLength: NOTE_MAX })),
  changes: Type.Array(closed({ field: Type.String({ maxLength: 40 }), from: FieldValue, to: FieldValue }), {
    maxItems: 40,
  }),
})
export type WorkItemEvent = Type.Static<typeof WorkItemEvent>
export const WorkItemEventPage = page(WorkItemEvent)

export const SIMILAR_MAX = 5
export const SimilarItem = closed({
  ...WorkItemRef.properties,
  platform_id: own.platform_id,
  votes: tallies.votes,
  voted: tallies.voted,
  created_at: Instant,
  /** 0 to 1; only for comparing within one answer. */
  score: Type.Number({ minimum: 0 }),
})
export type SimilarItem = Type.Static<typeof SimilarItem>
export const SimilarItems = closed({ items: Type.Array(SimilarItem, { maxItems: SIMILAR_MAX }) })

export const sorts = ['created_at', 'updated_at', 'votes', 'priority', 'due_at'] as const
export type Sort = (typeof sorts)[number]
export const orders = ['asc', 'desc'] as const
export type Order = (typeof orders)[number]
/** `none` as an assignee: nobody is assigned. */
export const UNASSIGNED = 'none'

/** What a list, and an export of it, may be narrowed to. */
export const workItemFilters = {
  item_type: Type.Optional(own.item_type),
  state: Type.Optional(own.state),
  category: Type.Optional(own.category),
  /** Only what is done; false: only what is not. */
  done: Type.Optional(Type.Boolean()),
  platform_id: Type.Optional(Id),
  severity: Type.Optional(oneOf(itemSeverities)),
  /** Somebody, or `none`. */
  assigned_to: Type.Optional(Person),
  created_by: Type.Optional(Principal),
  tag: Type.Optional(Tag),
  /** Only what the caller voted for; false: only what not. */
  voted: Type.Optional(Type.Boolean()),
  /** Only what the caller follows. */
  watching: Type.Optional(Type.Boolean()),
  /** Every word must be there, the last may be the start of one; words in double quotes stand together. */
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  /** With `q` and without a sort: best match first. Otherwise the newest first. */
  sort: Type.Optional(oneOf(sorts)),
  /** Unless said: newest, most votes; for priority and due date the most urgent first. */
  order: Type.Optional(oneOf(orders)),
}

export const RequestTemplates = closed({
  items: Type.Array(
    closed({
      key: oneOf(templateKeys),
      name: Type.String({ maxLength: 80 }),
      summary: Type.String({ maxLength: 200 }),
      requires_approval: Type.Boolean(),
      fields: Type.Array(
        closed({
          key: Type.String({ maxLength: 40 }),
          label: Type.String({ maxLength: 80 }),
          help: nullable(Type.String({ maxLength: 200 })),
          is_required: Type.Boolean(),
          type: oneOf(['text', 'long_text', 'choice', 'number', 'date', 'yes_no']),
          options: Type.Array(Type.String({ maxLength: 80 }), { maxItems: 40 }),
          length_max: nullable(Type.Integer()),
          min: nullable(Type.Number()),
          max: nullable(Type.Number()),
          unit: nullable(Type.String({ maxLength: 20 })),
        }),
        { maxItems: 40 },
      ),
    }),
    { maxItems: templateKeys.length },
  ),
})
