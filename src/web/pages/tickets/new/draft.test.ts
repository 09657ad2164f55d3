import { describe, expect, test } from 'vitest'
import { requestTemplates } from '../../../../contracts/request-templates.ts'
import { answersOf, bodyOf, draftErrors, emptyDraft, fieldOf, YES } from './draft.ts'
import { parseDraft } from './kept-draft.ts'

const anywhere = { needsPlatform: false }
const platform = '01900000-0000-7000-8000-000000000001'
const draft = (more: Partial<ReturnType<typeof emptyDraft>> = {}) => ({ ...emptyDraft({}), ...more })
const access = draft({
  title: 'Read sales',
  template: 'access',
  answers: {
    resource: 'main.sales.orders',
    level: 'Read',
    principal: 'analysts',
    personal_data: YES,
    justification: 'Forecasts',
    to_value: 'left over from another template',
  },
})

describe('a new ticket', () => {
  test('begins with what the address names', () => {
    expect(emptyDraft({ title: 'Late', platform, template: 'change' })).toMatchObject({
      title: 'Late',
      platform_id: platform,
      template: 'change',
    })
  })
  test('needs a title and, unless its fields say it all, a few words', () => {
    expect(Object.keys(draftErrors('INCIDENT', draft(), anywhere))).toEqual(['title', 'description'])
    expect(draftErrors('IMPROVEMENT', draft({ title: ' x ', description: 'y' }), anywhere)).toEqual({})
  })
  test('needs a platform from somebody who may file for some only', () => {
    const complete = { title: 'x', description: 'y' }
    expect(draftErrors('INCIDENT', draft(complete), { needsPlatform: true })).toHaveProperty('platform_id')
    expect(draftErrors('INCIDENT', draft({ ...complete, platform_id: platform }), { needsPlatform: true })).toEqual({})
  })
  test('names the tag that is none', () => {
    expect(draftErrors('INCIDENT', draft({ title: 'x', description: 'y', tags: ['dbt', '-no'] }), anywhere)).toEqual({
      tags: expect.stringContaining('"-no"'),
    })
  })
  test('carries only what belongs to its type', () => {
    const everything = { ...access, severity: 'HIGH', environment: 'staging', description: ' ', platform_id: platform }
    expect(bodyOf('IMPROVEMENT', everything)).toEqual({
      item_type: 'IMPROVEMENT',
      title: 'Read sales',
      platform_id: platform,
    })
    expect(bodyOf('INCIDENT', everything)).toMatchObject({ severity: 'HIGH', environment: 'staging' })
  })
})

describe('a request', () => {
  test('asks for its template first', () => {
    expect(draftErrors('PLATFORM_REQUEST', draft({ title: 'x' }), anywhere)).toEqual({
      template: 'Choose what you ask for',
    })
  })
  test('is checked field by field, each error at its field', () => {
    expect(draftErrors('PLATFORM_REQUEST', access, anywhere)).toEqual({})
    const wrong = { ...access, answers: { ...access.answers, level: 'Root', until: '2026-02-30', principal: ' ' } }
    expect(draftErrors('PLATFORM_REQUEST', wrong, anywhere)).toEqual({
      'answers.level': expect.stringContaining('must be one of'),
      'answers.until': expect.stringContaining('date'),
      'answers.principal': expect.stringContaining('is needed'),
    })
  })
  test('answers in the types of its fields, and leaves out what is empty or of another template', () => {
    const onboarding = requestTemplates.find(({ key }) => key === 'onboarding')
    if (onboarding === undefined) throw new Error('There is an onboarding template.')
    expect(answersOf(onboarding, { name: ' Team ', users: '12', from: '', resource: 'x' })).toEqual({
      name: 'Team',
      users: 12,
    })
    expect(answersOf(onboarding, { users: 'many' })).toEqual({ users: 'many' })
    expect(bodyOf('PLATFORM_REQUEST', access).answers).toEqual({
      resource: 'main.sales.orders',
      level: 'Read',
      principal: 'analysts',
      personal_data: true,
      justification: 'Forecasts',
    })
  })
})

test('what the portal says of a part is shown at the whole', () => {
  expect(fieldOf('tags.0')).toBe('tags')
  expect(fieldOf('tags/1')).toBe('tags')
  expect(fieldOf('answers.level')).toBe('answers.level')
  expect(fieldOf('title')).toBe('title')
})

test('a kept draft comes back, and what is no draft is nothing', () => {
  expect(parseDraft(JSON.stringify(access))).toEqual(access)
  for (const text of [null, '', '{}', '[]', '7', JSON.stringify({ ...access, tags: [1] })]) {
    expect(parseDraft(text)).toBeNull()
  }
})
