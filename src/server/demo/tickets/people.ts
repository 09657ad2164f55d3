import { sampleEstate } from '../estate.ts'

export interface SamplePerson {
  email: string
  name: string
  role: 'contributor' | 'triager' | 'service_owner' | 'admin'
  /** Of a service owner; everybody else has none. */
  platformIds: readonly string[]
}

// The address is named by checks only, never by a platform.
const platformIds = new Map(sampleEstate('http://sample').platforms.map(({ id, name }) => [name, id]))

const person = (name: string, role: SamplePerson['role'], platforms: readonly string[] = []): SamplePerson => ({
  email: emailOf(name),
  name,
  role,
  platformIds: platforms.map(platformIdOf),
})

/** Who works at the sample company, by the name that their colleagues call them. */
export const people = {
  elif: person('Elif Demir', 'admin'),
  ruben: person('Ruben Castillo', 'admin'),

  nadia: person('Nadia Rahimi', 'triager'),
  ben: person('Ben Whitaker', 'triager'),
  clara: person('Clara Fischer', 'triager'),

  mara: person('Mara Lindqvist', 'service_owner', ['Sales lakehouse']),
  jonas: person('Jonas Brandt', 'service_owner', ['Sales reporting']),
  priya: person('Priya Nair', 'service_owner', ['Pricing engine']),
  helene: person('Hélène Dubois', 'service_owner', ['Finance reporting', 'Group consolidation']),
  tomas: person('Tomáš Novák', 'service_owner', ['Treasury desk']),
  luca: person('Luca Moretti', 'service_owner', ['Supply chain control tower', 'Logistics tracking']),
  aiko: person('Aiko Tanaka', 'service_owner', ['Demand forecasting']),
  samuel: person('Samuel Okafor', 'service_owner', ['Customer 360', 'Marketing analytics']),
  ingrid: person('Ingrid Halvorsen', 'service_owner', ['Analytics warehouses']),

  noor: person('Noor van Dijk', 'contributor'),
  peter: person('Peter Hallam', 'contributor'),
  sofia: person('Sofia Marques', 'contributor'),
  daniel: person('Daniel Osei', 'contributor'),
  yuki: person('Yuki Mori', 'contributor'),
  karin: person('Karin Bergström', 'contributor'),
  amir: person('Amir Haddad', 'contributor'),
  lena: person('Lena Vogel', 'contributor'),
  grace: person('Grace Muthoni', 'contributor'),
  oliver: person('Oliver Reeve', 'contributor'),
  chloe: person('Chloé Martin', 'contributor'),
} as const satisfies Record<string, SamplePerson>

export type Colleague = keyof typeof people

/** `Hélène Dubois` is `helene.dubois`, since an address has no accents. */
function emailOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{Mark}/gu, '')
  return `${plain.toLowerCase().replaceAll(' ', '.')}@example.com`
}

/** @throws Error when the company has no such platform */
export function platformIdOf(name: string): string {
  const id = platformIds.get(name)
  if (id === undefined) throw new Error(`There is no platform ${name}.`)
  return id
}
