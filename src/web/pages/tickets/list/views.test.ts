import { describe, expect, test } from 'vitest'
import { builtInViews, isSameSearch, nameError, parseViews, VIEWS_MAX, withView } from './views.ts'

const view = { name: 'Late dbt', search: { tag: 'dbt', type: 'INCIDENT' } } as const

describe('saved views', () => {
  test('come back as they were kept', () => {
    expect(parseViews(JSON.stringify([view]))).toEqual([view])
  })
  test('that somebody or something has damaged do not break the page', () => {
    expect(parseViews(null)).toEqual([])
    expect(parseViews('{')).toEqual([])
    expect(parseViews('{"name":"x"}')).toEqual([])
    expect(parseViews(JSON.stringify([null, 7, { name: '' }, { name: 'a', search: { sort: 'evil' } }]))).toEqual([
      { name: 'a', search: {} },
    ])
  })
  test('of the same name replace each other', () => {
    const other = { name: 'Late dbt', search: { tag: 'airflow' } }
    expect(withView([view], other)).toEqual([other])
    expect(withView([view], { ...other, name: 'Other' })).toHaveLength(2)
  })
  test('need a name of their own', () => {
    expect(nameError(' ', [])).toBe('A name is needed')
    expect(nameError('open', [])).toMatch(/already/)
    expect(nameError('Late dbt', [view])).toBeNull()
    const full = Array.from({ length: VIEWS_MAX }, (_, index) => ({ name: `v${index}`, search: {} }))
    expect(nameError('one more', full)).toMatch(/remove one/)
    expect(nameError('v3', full)).toBeNull()
  })
  test('are the same whatever order their address is in', () => {
    expect(isSameSearch({ tag: 'a', q: 'b' }, { q: 'b', tag: 'a' })).toBe(true)
    expect(isSameSearch({ tag: 'a' }, {})).toBe(false)
  })
})

test('the built-in views are all different', () => {
  const addresses = new Set(builtInViews.map(({ search }) => JSON.stringify(search)))
  expect(addresses.size).toBe(builtInViews.length)
})
