import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EndpointName, endpoints } from '../src/contracts/index.ts'
import { matrix } from '../src/contracts/permissions.ts'
import type { AccessCase } from './support/access-case.ts'
import { accessCases } from './support/access-cases.ts'
import { type Ground, openGround } from './support/access-ground.ts'
import { expected, type Outcome } from './support/access-oracle.ts'
import {
  allFlips,
  type Flip,
  firstWrongAnswer,
  flipped,
  isAsked,
  outcome,
  wrongDecisions,
} from './support/flip-matrix.ts'

let g: Ground
beforeAll(async () => {
  g = await openGround()
})
afterAll(() => g.p.close())

const named = (name: string, { title }: AccessCase) => (title === undefined ? name : `${name} ${title}`)

describe('every endpoint, for every role and every place where a role can hold', () => {
  test('has a case: what the OpenAPI document names is what is tried here', async () => {
    const { paths } = (await g.root.openapi()).body as {
      paths: Record<string, Record<string, { operationId: string }>>
    }
    const operations = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId))
    expect(Object.keys(accessCases).sort()).toEqual(operations.sort())
    expect(Object.entries(accessCases).filter(([, cases]) => cases.length === 0)).toEqual([])
  })

  test('asks for the permission that was agreed; another one is a reviewed diff', async () => {
    const asked = Object.values(endpoints).map(({ method, path, permission }) => [`${method} ${path}`, permission])
    const golden = `${JSON.stringify(Object.fromEntries(asked), null, 2)}\n`
    await expect(golden).toMatchFileSnapshot('endpoint-permissions.golden.json')
  })

  const all = Object.entries(accessCases) as [EndpointName, readonly AccessCase[]][] // Its own entries.
  test.each(all.flatMap(([name, cases]) => cases.map((one, index) => [named(name, one), name, index] as const)))(
    '%s is allowed, refused or hidden as agreed',
    async (_title, name, index) => {
      const one = accessCases[name][index]
      if (one === undefined) throw new Error('unreachable')
      const seen: Record<string, Outcome> = {}
      const agreed: Record<string, Outcome> = {}
      for (const caller of g.callers) {
        const who = `${caller.role} ${caller.place}`
        seen[who] = await outcome(g, name, index, caller)
        agreed[who] = expected(name, one, caller)
      }
      expect(seen).toEqual(agreed)
    },
  )
})

describe('the proofs notice', () => {
  test('nothing while the matrix is as agreed', () => {
    expect(allFlips().flatMap(wrongDecisions)).toEqual([])
  })

  test('every cell of the matrix set to anything else, by the decisions that follow from it', async () => {
    const unnoticed: unknown[] = []
    for (const flip of allFlips())
      if ((await flipped(flip, () => wrongDecisions(flip))).length === 0) unnoticed.push(flip)
    expect(unnoticed).toEqual([])
  })

  test('every cell taken away or given everywhere, by what is answered over HTTP', async () => {
    const unnoticed: string[] = []
    let flips = 0
    for (const flip of allFlips()) {
      if (!isTakenOrGiven(flip) || !isAsked(g, flip)) continue
      flips += 1
      const noticed = await flipped(flip, () => firstWrongAnswer(g, flip))
      if (noticed === null) unnoticed.push(`${flip.permission} ${flip.role} ${JSON.stringify(flip.to)}`)
    }
    expect(flips).toBeGreaterThan(240)
    expect(unnoticed).toEqual([])
  })
})

/** What was there is gone, or what was not there is everywhere. */
const isTakenOrGiven = ({ permission, role, to }: Flip) => {
  const row: Partial<Record<string, readonly string[]>> = matrix[permission]
  return (row[role] ?? []).length > 0 ? to.length === 0 : to[0] === 'always'
}
