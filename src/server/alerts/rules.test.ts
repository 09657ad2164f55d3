import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AlertAct, type AlertFields, type Damping, nextStep, type Reading } from './rules.ts'

const START = Date.UTC(2026, 10, 22)
const MINUTE = 60_000
const damping: Damping = { forMs: 5 * MINUTE, recoverMs: 5 * MINUTE }
const signal = { rule: 'check.failing', subject: 'check', platformId: null, name: 'Check', isMuted: false } as const

type Look = 'bad' | 'good' | 'unclear' | 'muted' | 'gone'
const reading = (look: Look, since: number | null): Reading | null => {
  switch (look) {
    case 'gone':
      return null
    case 'unclear':
      return { ...signal, is: 'unclear' }
    case 'good':
      return { ...signal, is: 'good', since }
    case 'bad':
    case 'muted':
      return { ...signal, isMuted: look === 'muted', is: 'bad', since, reason: 'failing', detail: null }
  }
}

interface Moment {
  look: Look
  lastsMs: number
  /** The world knows since when; otherwise it only knows what is. */
  isDated: boolean
}

/** Looks every minute at a world that turns from moment to moment. What was written is all that survives a restart. */
function live(moments: readonly Moment[], how: { restarts?: boolean; damping?: Damping } = {}) {
  const acts: { act: AlertAct; episode: number; at: number; look: Look }[] = []
  let open: AlertFields | null = null
  let episodes = 0
  let begun = START
  for (const { look, lastsMs, isDated } of moments) {
    for (let at = begun; at < begun + lastsMs; at += MINUTE) {
      const step = nextStep(open, reading(look, isDated ? begun : null), at, how.damping ?? damping, episodes + 1)
      if (step !== null) {
        acts.push({ act: step.act, episode: step.fields.episode, at, look })
        episodes = step.fields.episode
        open = step.act === 'resolve' ? null : step.fields
      }
      if (how.restarts === true) open = JSON.parse(JSON.stringify(open)) as AlertFields | null
    }
    begun += lastsMs
  }
  return acts
}

const looks: readonly Look[] = ['bad', 'good', 'unclear', 'muted', 'gone']
const moments = (minutesMax: number, some = looks) =>
  fc.array(
    fc.record({
      look: fc.constantFrom(...some),
      lastsMs: fc.integer({ min: 1, max: minutesMax }).map((minutes) => minutes * MINUTE),
      isDated: fc.boolean(),
    }),
    { maxLength: 40 },
  )
const of = (acts: ReturnType<typeof live>, act: AlertAct) => acts.filter((one) => one.act === act)

describe('an episode', () => {
  test('fires once and is resolved at most once, in this order, whatever happens', () => {
    fc.assert(
      fc.property(moments(15), (world) => {
        const acts = live(world)
        const told = acts.filter(({ act }) => act === 'fire' || act === 'resolve')
        expect(told.map(({ act, episode }) => `${act} ${episode}`)).toEqual(
          told.map((_, i) => `${i % 2 === 0 ? 'fire' : 'resolve'} ${Math.floor(i / 2) + 1}`),
        )
      }),
    )
  })

  test('is the same when the process is restarted after every look', () => {
    fc.assert(
      fc.property(moments(15), (world) => {
        expect(live(world, { restarts: true })).toEqual(live(world))
      }),
    )
  })

  test('never begins while its platform is in maintenance, nor while nothing can be told', () => {
    fc.assert(
      fc.property(moments(15), (world) => {
        for (const { look } of [...of(live(world), 'fire'), ...of(live(world), 'pend')]) expect(look).toBe('bad')
      }),
    )
  })

  test('is not made, or is one, by a signal that flips faster than the damping', () => {
    const flips = moments(4, ['bad', 'good', 'unclear'])
    fc.assert(
      fc.property(flips, fc.integer({ min: 0, max: 20 }), (world, minutes) => {
        const long = { look: 'bad' as const, lastsMs: minutes * MINUTE, isDated: true }
        expect(of(live([long, ...world.map((one) => ({ ...one, isDated: true }))]), 'fire').length).toBeLessThanOrEqual(
          1,
        )
      }),
    )
  })

  test('makes no version for what stays as it is', () => {
    fc.assert(
      fc.property(moments(15), (world) => {
        // At most two for each turn of the world: it begins, and it has lasted long enough.
        expect(live(world).length).toBeLessThanOrEqual(2 * world.length)
      }),
    )
  })
})

describe('step by step', () => {
  const at = (look: Look, minutes: number): Moment => ({ look, lastsMs: minutes * MINUTE, isDated: true })
  const told = (...world: Moment[]) => live(world).map(({ act, at }) => `${act} ${(at - START) / MINUTE}`)

  test('pending, firing after exactly the configured time, recovering, resolved', () => {
    expect(told(at('bad', 6), at('good', 10))).toEqual(['pend 0', 'fire 5', 'recover 6', 'resolve 11'])
    expect(told(at('bad', 5), at('good', 10))).toEqual(['pend 0', 'clear 5'])
  })

  test('a relapse within the damping is the same episode', () => {
    expect(told(at('bad', 6), at('good', 4), at('bad', 2), at('good', 6))).toEqual([
      'pend 0',
      'fire 5',
      'recover 6',
      'relapse 10',
      'recover 12',
      'resolve 17',
    ])
  })

  test('what was bad long before anybody looked fires at once: a restart while overdue', () => {
    const late = reading('bad', START - 10 * MINUTE)
    expect(nextStep(null, late, START, damping, 1)).toMatchObject({
      act: 'fire',
      fields: { state: 'firing', pending_since: new Date(START - 10 * MINUTE).toISOString() },
    })
  })

  test('what turned good and bad again between two looks begins anew', () => {
    const pending = nextStep(null, reading('bad', START), START, damping, 1)?.fields ?? null
    const again = reading('bad', START + 4 * MINUTE)
    expect(nextStep(pending, again, START + 6 * MINUTE, damping, 1)).toBeNull()
    expect(nextStep(pending, again, START + 9 * MINUTE, damping, 1)?.act).toBe('fire')
  })

  test('an alert that fires goes on through maintenance, is not called over, and is resolved when it is', () => {
    expect(told(at('bad', 6), at('muted', 60), at('good', 6))).toEqual(['pend 0', 'fire 5', 'recover 66', 'resolve 71'])
    expect(told(at('bad', 3), at('muted', 60), at('bad', 6))).toEqual(['pend 0', 'clear 3', 'pend 63', 'fire 68'])
  })

  test('what is not watched any more is resolved at once', () => {
    expect(told(at('bad', 6), at('gone', 2))).toEqual(['pend 0', 'fire 5', 'resolve 6'])
  })

  test('without damping it follows the world', () => {
    const world = [at('bad', 1), at('good', 1), at('bad', 1)]
    const acts = live(world, { damping: { forMs: 0, recoverMs: 0 } })
    expect(acts.map(({ act, episode }) => `${act} ${episode}`)).toEqual(['fire 1', 'resolve 1', 'fire 2'])
  })
})
