import type { WorkItemEdit, WorkItemTransition } from '../../../contracts/tickets.ts'
import { toInstant } from '../../time.ts'
import { chance } from '../chance.ts'
import { type Colleague, people } from './people.ts'
import type { TicketStep } from './story.ts'
import { on, type When } from './when.ts'

/** Something that happened to a ticket, told from now. */
export type Chapter = (now: number, key: string) => TicketStep[]

/** @param lines of markdown */
export const says =
  (when: When, by: Colleague, ...lines: string[]): Chapter =>
  (now) => [{ do: 'comment', by: people[by].email, at: when(now), body: lines.join('\n') }]

export const votes =
  (when: When, by: Colleague): Chapter =>
  (now) => [{ do: 'vote', by: people[by].email, at: when(now) }]

export const follows =
  (when: When, by: Colleague): Chapter =>
  (now) => [{ do: 'watch', by: people[by].email, at: when(now) }]

type Changes = Omit<WorkItemEdit, 'expected_version' | 'assigned_to' | 'due_at'> & {
  assigned_to?: Colleague
  due_at?: When
}

export const edits =
  (when: When, by: Colleague, { assigned_to, due_at, ...changes }: Changes): Chapter =>
  (now) => [
    {
      do: 'edit',
      by: people[by].email,
      at: when(now),
      changes: {
        ...changes,
        ...(assigned_to !== undefined && { assigned_to: people[assigned_to].email }),
        ...(due_at !== undefined && { due_at: toInstant(due_at(now)) }),
      },
    },
  ]

type Request = Omit<WorkItemTransition, 'expected_version' | 'to_state' | 'assigned_to'> & { assigned_to?: Colleague }

export const moves =
  (
    when: When,
    by: Colleague,
    to_state: WorkItemTransition['to_state'],
    { assigned_to, ...asked }: Request = {},
  ): Chapter =>
  (now) => [
    {
      do: 'move',
      by: people[by].email,
      at: when(now),
      request: { to_state, ...asked, ...(assigned_to !== undefined && { assigned_to: people[assigned_to].email }) },
    },
  ]

const MORNING_MINUTES = 8 * 60
const WORK_MINUTES = 8.5 * 60

/**
 * So many colleagues vote, each once, evenly from one working day to a later one, both counted back from today.
 * Who they are depends on the ticket only.
 */
export const crowd =
  (count: number, fromDay: number, untilDay: number): Chapter =>
  (now, key) =>
    Object.values(people)
      .toSorted((a, b) => chance(`${key}/${a.email}`, 0) - chance(`${key}/${b.email}`, 0))
      .slice(0, count)
      .map(({ email }, index) => {
        const day = Math.round(fromDay - ((fromDay - untilDay) * index) / Math.max(1, count - 1))
        const minutes = MORNING_MINUTES + Math.floor(chance(`${key}/${email}`, 1) * WORK_MINUTES)
        return { do: 'vote', by: email, at: on(day, `${Math.floor(minutes / 60)}:${minutes % 60}`)(now) }
      })
