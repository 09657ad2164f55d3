import { dataImprovements } from './improvements/data.ts'
import { platformImprovements } from './improvements/platform.ts'
import { reportImprovements } from './improvements/reports.ts'
import { customerIncidents } from './incidents/customer.ts'
import { financeIncidents } from './incidents/finance.ts'
import { pricingIncidents } from './incidents/pricing.ts'
import { salesIncidents } from './incidents/sales.ts'
import { supplyChainIncidents } from './incidents/supply-chain.ts'
import { warehouseIncidents } from './incidents/warehouses.ts'
import { people, type SamplePerson } from './people.ts'
import { accessRequests } from './requests/access.ts'
import { changeRequests } from './requests/change.ts'
import { onboardingRequests } from './requests/onboarding.ts'
import type { Ticket, TicketStory } from './story.ts'

export type { SamplePerson } from './people.ts'
export type { TicketStep, TicketStory } from './story.ts'

export const samplePeople: readonly SamplePerson[] = Object.values(people)

const tickets: readonly Ticket[] = [
  ...salesIncidents,
  ...pricingIncidents,
  ...financeIncidents,
  ...supplyChainIncidents,
  ...customerIncidents,
  ...warehouseIncidents,
  ...dataImprovements,
  ...reportImprovements,
  ...platformImprovements,
  ...accessRequests,
  ...onboardingRequests,
  ...changeRequests,
]

/**
 * Lives of tickets that ended or go on before `now` (milliseconds), oldest first, steps in order; all times are before
 * now. Played in the order of time over all tickets, every step is one that its person may take.
 */
export const sampleTickets = (now: number): TicketStory[] =>
  tickets.map((ticket) => ticket(now)).sort((a, b) => a.at - b.at)
