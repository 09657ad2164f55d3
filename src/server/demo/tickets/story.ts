import type { Answers, TemplateKey } from '../../../contracts/request-templates.ts'
import type { WorkItemCreate, WorkItemEdit, WorkItemTransition } from '../../../contracts/tickets.ts'
import type { Chapter } from './chapters.ts'
import { type Colleague, people, platformIdOf } from './people.ts'
import { type DayIn, daysFrom, type When } from './when.ts'

export type TicketStep =
  | { do: 'comment'; by: string; at: number; body: string }
  | { do: 'vote'; by: string; at: number }
  | { do: 'watch'; by: string; at: number }
  | { do: 'edit'; by: string; at: number; changes: Omit<WorkItemEdit, 'expected_version'> }
  /** `duplicate_of` may be another ticket's key: `ticket:<key>`. */
  | { do: 'move'; by: string; at: number; request: Omit<WorkItemTransition, 'expected_version'> }

/** People by their email, times in milliseconds. */
export interface TicketStory {
  key: string
  by: string
  at: number
  create: WorkItemCreate
  /** In the order in which they happened. */
  steps: readonly TicketStep[]
}

/** A ticket as it is written down here: with names instead of ids, told from now. */
export type Ticket = (now: number) => TicketStory

interface Written {
  /** Never changes, or a portal that knows the ticket gets it a second time. */
  key: string
  by: Colleague
  at: When
  /** Its name; absent for what is about no platform. */
  platform?: string
  title: string
  /** Lines of markdown. */
  text: readonly string[]
  environment?: WorkItemCreate['environment']
  tags?: readonly string[]
  life: readonly Chapter[]
}

export const incident = (written: Written & { severity: NonNullable<WorkItemCreate['severity']> }): Ticket =>
  ticket(written, () => ({ item_type: 'INCIDENT', severity: written.severity }))

export const improvement = (written: Written): Ticket => ticket(written, () => ({ item_type: 'IMPROVEMENT' }))

export const request = (written: Written & { template: TemplateKey; answers: (dayIn: DayIn) => Answers }): Ticket =>
  ticket(written, (at) => ({
    item_type: 'PLATFORM_REQUEST',
    template: written.template,
    answers: { ...written.answers(daysFrom(at)) },
  }))

const ticket =
  (
    { key, by, at, platform, title, text, environment, tags, life }: Written,
    ofType: (at: number) => Pick<WorkItemCreate, 'item_type' | 'severity' | 'template' | 'answers'>,
  ): Ticket =>
  (now) => ({
    key,
    by: people[by].email,
    at: at(now),
    create: {
      ...ofType(at(now)),
      title,
      description: text.join('\n'),
      ...(platform !== undefined && { platform_id: platformIdOf(platform) }),
      ...(environment !== undefined && { environment }),
      ...(tags !== undefined && { tags: [...tags] }),
    },
    steps: life.flatMap((chapter) => chapter(now, key)).sort((a, b) => a.at - b.at),
  })
