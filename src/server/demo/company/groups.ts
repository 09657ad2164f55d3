import { type Colleague, people } from '../tickets/people.ts'

export interface SampleGroup {
  name: string
  people: readonly Colleague[]
  /** Groups inside this one, by name. */
  groups: readonly string[]
}

const everybody = Object.keys(people) as Colleague[] // The keys are the colleagues.
const withRole = (role: string) => everybody.filter((colleague) => people[colleague].role === role)

/** Who left, and is still in the groups they were in. */
export const leaver = { email: 'victor.lang@example.com', name: 'Victor Lang', groups: ['Data platform triage'] }

/** Groups of the sample company as its workspace has them; some lie inside others. */
export const sampleGroups: readonly SampleGroup[] = [
  { name: 'users', people: everybody, groups: [] },
  { name: 'admins', people: withRole('admin'), groups: [] },
  { name: 'Data platform triage', people: withRole('triager'), groups: [] },
  { name: 'Sales data owners', people: ['mara', 'jonas', 'priya'], groups: [] },
  { name: 'Finance data owners', people: ['helene', 'tomas'], groups: ['Group controlling'] },
  { name: 'Supply chain data owners', people: ['luca', 'aiko'], groups: [] },
  {
    name: 'Data owners',
    people: ['samuel', 'ingrid'],
    groups: ['Sales data owners', 'Finance data owners', 'Supply chain data owners'],
  },
  { name: 'Group controlling', people: ['noor'], groups: [] },
  { name: 'Data consumers', people: withRole('contributor'), groups: ['Data owners'] },
  // A name with a role's word in it, which must grant nothing by that.
  { name: 'Badminton', people: ['peter', 'sofia'], groups: [] },
]
