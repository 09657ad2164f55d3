import { expect, test } from 'vitest'
import { matrix } from '../../contracts/permissions.ts'
import { adminSectionsFor, sectionsFor } from './sections.ts'
import { createKeys, keyMap } from './shortcuts.ts'

test('a key, or two in a row, lead where the map says', () => {
  const feed = createKeys()
  expect(feed('?', 0)).toBe('help')
  expect(feed('g', 1)).toBeNull()
  expect(feed('s', 2)).toBe('status')
  expect(feed('s', 3)).toBeNull()
})
test('a letter alone and the same letter after g are two things', () => {
  const feed = createKeys()
  expect(feed('c', 0)).toBe('new ticket')
  expect(feed('j', 1)).toBe('next')
  expect(feed('j', 2)).toBe('next')
  expect(feed('g', 3)).toBeNull()
  expect(feed('t', 4)).toBe('tickets')
  expect(feed('t', 5)).toBeNull()
})
test('no line of the map hides another', () => {
  for (const { keys, act } of keyMap) {
    const feed = createKeys()
    expect(keys.map((key, at) => feed(key, at)).at(-1)).toBe(act)
  }
})
test('the second key is not waited for without end', () => {
  const feed = createKeys()
  feed('g', 0)
  expect(feed('a', 5000)).toBeNull()
})
test('a wrong second key may begin anew', () => {
  const feed = createKeys()
  feed('g', 0)
  expect(feed('x', 100)).toBeNull()
  expect(feed('?', 200)).toBe('help')
})

const everywhere = { everywhere: true, platform_ids: [], own: false, own_open: false }
const holding = (permissions: string[]) => ({
  id: 'a',
  email: null,
  name: null,
  groups: [],
  roles: [],
  permissions: Object.fromEntries(permissions.map((permission) => [permission, everywhere])),
  persona: null,
  can_switch_persona: false,
})
const shown = (permissions: string[]) =>
  sectionsFor(holding(permissions))
    .filter(({ isShown }) => isShown)
    .map(({ label }) => label)

test('the navigation has what is permitted and nothing else', () => {
  expect(shown([])).toEqual(['Status'])
  expect(shown(['openapi.read'])).toEqual(['Status', 'API'])
  expect(shown(['work_item.read'])).toEqual(['Status', 'Tickets'])
  expect(shown(['glossary.read'])).toEqual(['Status', 'Glossary'])
  expect(shown(Object.keys(matrix))).toEqual(['Status', 'Tickets', 'Roadmap', 'Docs', 'Glossary', 'Admin', 'API'])
  expect(shown(['docs.read'])).toEqual(['Status', 'Docs'])
  expect(adminSectionsFor(holding(['ingestion_run.read'])).map(({ label }) => label)).toEqual(['Runs'])
  expect(adminSectionsFor(undefined)).toEqual([])
})
