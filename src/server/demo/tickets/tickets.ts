import type { WorkItemCreate, WorkItemEdit, WorkItemTransition } from '../../../contracts/tickets.ts'

export interface SamplePerson {
  email: string
  name: string
  role: 'contributor' | 'triager' | 'service_owner' | 'admin'
  platformIds: readonly string[]
}
export const samplePeople: readonly SamplePerson[] = []
export type TicketStep =
  | { do: 'comment'; by: string; at: number; body: string }
  | { do: 'vote'; by: string; at: number }
  | { do: 'watch'; by: string; at: number }
  | { do: 'edit'; by: string; at: number; changes: Omit<WorkItemEdit, 'expected_version'> }
  | { do: 'move'; by: string; at: number; request: Omit<WorkItemTransition, 'expected_version'> }
export interface TicketStory {
  key: string
  by: string
  at: number
  create: WorkItemCreate
  steps: readonly TicketStep[]
}
export const sampleTickets = (_now: number): TicketStory[] => []
