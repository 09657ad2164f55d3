import { describe, expect, test } from 'vitest'
import type { Announcement } from './announcement.ts'
import { incidentOf, maintenanceOf } from './news.ts'
import { incidentSteps, statusNamed } from './progress.ts'

const at = (minutes: number) => new Date(Date.parse('2026-11-22T12:00:00.000Z') + minutes * 60_000).toISOString()
const platform = '019ab000-0000-7000-8000-000000000001'
const message = (more: Partial<Announcement> = {}): Announcement => ({
  id: '019ab000-0000-7000-8000-000000000002',
  severity: 'critical',
  title: 'Orders are late',
  body: 'We look into it.',
  start_at: at(0),
  end_at: null,
  platform_ids: [platform],
  updates: [],
  updated_at: at(0),
  published_at: at(0),
  archived_at: null,
  ...more,
})
const note = (minutes: number, body: string) => ({ at: at(minutes), by: 'ann@x.example', body })
const component = {
  id: platform,
  name: 'Orders',
  status: 'operational',
  created_at: at(0),
  updated_at: at(0),
  position: 1,
  description: 'All well',
  showcase: true,
  start_date: '2026-11-22',
  group_id: null,
  page_id: 'lakeport',
  group: false,
  only_show_if_degraded: false,
} as const
const place = { origin: 'https://portal.example.com', components: [component] }
const statuses = (given: Announcement, minutes: number) =>
  incidentSteps(given, at(minutes)).map((step) => [step.key, step.status])

describe('how far an incident is', () => {
  test.each([
    ['Monitoring: a fix is out', 'monitoring'],
    ['**Identified** – a full disk', 'identified'],
    ['RESOLVED.', 'resolved'],
    ['> Investigating - again', 'investigating'],
    ['identified', 'identified'],
    ['Identified the reason', null],
    ['Identifiedness: x', null],
    ['We are monitoring: closely', null],
    ['', null],
  ])('%s', (body, status) => expect(statusNamed(body)).toBe(status))

  test('an update that begins with a status gives it, one without keeps the last', () => {
    const updates = [note(40, 'Still watching'), note(30, 'Monitoring: a fix is out'), note(10, 'News at 13:00')]
    expect(statuses(message({ updates }), 50)).toEqual([
      ['0', 'investigating'],
      ['1', 'investigating'],
      ['2', 'monitoring'],
      ['3', 'monitoring'],
    ])
    const incident = incidentOf(message({ updates }), at(50), place)
    expect(incident).toMatchObject({ status: 'monitoring', monitoring_at: at(30), resolved_at: null })
  })

  test('is resolved when its message is over: by its end, or by being archived, whichever is first', () => {
    const ending = message({ end_at: at(60), updates: [note(70, 'Monitoring: afterwards')] })
    expect(incidentOf({ ...ending, updates: [] }, at(59), place)).toMatchObject({ status: 'investigating' })
    expect(statuses(ending, 80)).toEqual([
      ['0', 'investigating'],
      ['end', 'resolved'],
      ['1', 'resolved'],
    ])
    expect(incidentOf(ending, at(80), place)).toMatchObject({ status: 'resolved', resolved_at: at(60) })
    const archived = message({ end_at: at(60), archived_at: at(30) })
    expect(incidentOf(archived, at(80), place)).toMatchObject({ status: 'resolved', resolved_at: at(30) })
  })

  test('said to be resolved before its end, it is resolved once and from then on', () => {
    const said = message({ end_at: at(60), updates: [note(20, 'Resolved: all is back')] })
    expect(statuses(said, 80)).toEqual([
      ['0', 'investigating'],
      ['1', 'resolved'],
    ])
    expect(incidentOf(said, at(80), place).resolved_at).toBe(at(20))
    const back = message({ updates: [note(30, 'Investigating: again'), note(20, 'Resolved: all is back')] })
    expect(incidentOf(back, at(40), place)).toMatchObject({ status: 'investigating', resolved_at: null })
  })

  test('a critical message says of its platforms what the board makes of it; a warning says nothing', () => {
    const affected = (severity: Announcement['severity']) =>
      incidentOf(message({ severity, end_at: at(60) }), at(80), place).incident_updates.map((update) =>
        update.affected_components?.map(({ code, old_status, new_status }) => [code, old_status, new_status]),
      )
    expect(affected('critical')).toEqual([
      [[platform, 'degraded_performance', 'operational']],
      [[platform, 'operational', 'degraded_performance']],
    ])
    expect(affected('warning')).toEqual([
      [[platform, 'operational', 'operational']],
      [[platform, 'operational', 'operational']],
    ])
  })
})

describe('how far a maintenance is', () => {
  const planned = message({ severity: 'maintenance', published_at: at(-60), start_at: at(0), end_at: at(30) })
  const seen = (minutes: number) => {
    const { status, incident_updates, resolved_at } = maintenanceOf(planned, at(minutes), place)
    return { status, resolved_at, updates: incident_updates.map((update) => [update.status, update.created_at]) }
  }

  test('goes by the clock, and to come it puts nothing under maintenance', () => {
    expect(seen(-1)).toEqual({ status: 'scheduled', resolved_at: null, updates: [['scheduled', at(-60)]] })
    expect(maintenanceOf(planned, at(-1), place).incident_updates[0]?.affected_components).toEqual([
      { code: platform, name: 'Orders', old_status: 'operational', new_status: 'operational' },
    ])
    expect(seen(0)).toMatchObject({ status: 'in_progress', resolved_at: null })
    expect(seen(30)).toEqual({
      status: 'completed',
      resolved_at: at(30),
      updates: [
        ['completed', at(30)],
        ['in_progress', at(0)],
        ['scheduled', at(-60)],
      ],
    })
  })

  test('says when it is planned, whenever it really ended', () => {
    const early = { ...planned, archived_at: at(10) }
    expect(maintenanceOf(early, at(20), place)).toMatchObject({
      status: 'completed',
      resolved_at: at(10),
      scheduled_for: at(0),
      scheduled_until: at(30),
      impact: 'maintenance',
    })
    const open = { ...planned, end_at: null }
    expect(maintenanceOf(open, at(20), place).scheduled_until).toBe(at(0))
  })
})
