import { describe, expect, test } from 'vitest'
import {
  accessSearch,
  auditSearch,
  checksSearch,
  glossarySearch,
  messagesSearch,
  newTicketSearch,
  platformSearch,
  roadmapSearch,
  runsSearch,
  statusSearch,
  ticketsSearch,
  toAdminAccess,
  toAdminAudit,
  toAdminChecks,
  toDocsPage,
  toGlossary,
  toNewTicket,
  toPlatform,
  toRoadmap,
  toTerm,
  toTicket,
  toTickets,
} from './paths.ts'

const id = '01900000-0000-7000-8000-000000000001'

describe('an address', () => {
  test('of a platform names it', () => {
    expect(toPlatform(id)).toEqual({ to: '/platforms/$platformId', params: { platformId: id } })
  })
  test('of a page of the docs names it, folders and all', () => {
    expect(toDocsPage('operators/install')).toEqual({ to: '/docs/$', params: { _splat: 'operators/install' } })
  })
  test('carries filters that its page reads back', () => {
    const { search } = toAdminChecks({ platform: id, state: 'red' })
    expect(checksSearch({ ...search })).toEqual(search)
  })
  test('that is mistyped still opens: what is not known is dropped', () => {
    expect(statusSearch({ show: 'everything', q: { a: 1 }, evil: '<' })).toEqual({})
    expect(platformSearch({ days: 31 })).toEqual({})
    expect(checksSearch({ platform: '../..', state: 'blue' })).toEqual({})
    expect(messagesSearch({ state: 'gone', platform: null })).toEqual({})
    expect(runsSearch({ source: 'toString', state: 'RUNNING' })).toEqual({ state: 'RUNNING' })
  })
  test('of a ticket, of a list of them and of a new one', () => {
    expect(toTicket(id)).toEqual({ to: '/tickets/$ticketId', params: { ticketId: id } })
    const list = {
      type: 'INCIDENT',
      state: 'WAITING',
      category: 'waiting',
      platform: id,
      severity: 'HIGH',
      assignee: 'none',
      author: 'me',
      tag: 'dbt/nightly',
      voted: false,
      watching: true,
      q: '"late orders" eu',
      sort: 'votes',
      order: 'asc',
    } as const
    expect(ticketsSearch({ ...toTickets(list).search })).toEqual(list)
    const started = { type: 'PLATFORM_REQUEST', platform: id, title: 'Read sales', template: 'access' } as const
    expect(newTicketSearch({ ...toNewTicket(started).search })).toEqual(started)
  })

  test('of the roadmap carries its filter and the card that is open, and nothing else', () => {
    const search = { theme: 'Trust in data', platform: id, quarter: '2026-Q4', q: 'late', item: id }
    expect(roadmapSearch({ ...toRoadmap(search).search })).toEqual(search)
    expect(roadmapSearch({ theme: ' ', platform: 'x', quarter: '2026-Q5', q: '', item: '1', phase: 'now' })).toEqual({})
  })

  test('of who has access and of the audit keep their filters, and drop what the portal would refuse', () => {
    const bindings = { principal: 'ann@x.example', role: 'triager', platform: id } as const
    expect(accessSearch({ ...toAdminAccess(bindings).search })).toEqual(bindings)
    expect(accessSearch({ principal: ' ', role: 'emperor', platform: 'x' })).toEqual({})
    const acts = {
      table: 'work_items',
      record: id,
      actor: 'ann',
      portal: true,
      from: '2026-11-01',
      to: '2026-11-22',
    } as const
    expect(auditSearch({ ...toAdminAudit(acts).search })).toEqual(acts)
    expect(auditSearch({ table: 'status_results', record: '1', from: 'yesterday', to: '2026-13-01' })).toEqual({})
  })

  test('of tickets drops what the portal would refuse', () => {
    expect(ticketsSearch({ tag: 'DBT', assignee: ' ann', author: 'a,b', q: '   ', voted: 'yes' })).toEqual({})
    expect(ticketsSearch({ type: 'constructor', sort: 'title', order: 'up', q: 'x'.repeat(900) })).toEqual({
      q: 'x'.repeat(200),
    })
    expect(newTicketSearch({ type: 'incident', template: 'root', platform: 'x' })).toEqual({})
  })
  test('of the glossary and of a term in it', () => {
    expect(toTerm(id)).toEqual({ to: '/glossary/$termId', params: { termId: id } })
    const list = { q: 'net "sales"', domain: 'Supply chain', status: 'deprecated' } as const
    expect(glossarySearch({ ...toGlossary(list).search })).toEqual(list)
    expect(glossarySearch({ q: ' ', domain: 'a\nb', status: 'gone' })).toEqual({})
  })
  test('leaves out what is the usual', () => {
    expect(platformSearch({ days: 90 })).toEqual({})
    expect(platformSearch({ days: '365' })).toEqual({ days: 365 })
  })
  test('may search for a number', () => {
    expect(statusSearch({ q: 12 })).toEqual({ q: '12' })
  })
})
