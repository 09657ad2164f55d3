import { crowd, edits, moves, says } from '../chapters.ts'
import { improvement, type Ticket } from '../story.ts'
import { ahead, on } from '../when.ts'

/** What people wish of what everybody shares. */
export const platformImprovements: readonly Ticket[] = [
  improvement({
    key: 'tell-our-channel',
    by: 'priya',
    at: on(48, '09:50'),
    title: 'Tell our team channel when one of our checks turns red',
    text: [
      'We look at the status page a few times a day. A message in the channel of the team that owns the platform would',
      'save us up to an hour. Important to me:',
      '',
      '- one message when it turns red and one when it is green again, not one per minute',
      '- each team chooses its own channel',
      '- nothing during an announced maintenance',
    ],
    tags: ['alerting'],
    life: [
      crowd(23, 47, 5),
      moves(on(46, '10:00'), 'elif', 'UNDER_REVIEW'),
      says(
        on(45, '09:20'),
        'aiko',
        'Yes please. For hourly jobs only when two runs in a row have failed, a single one is noise.',
      ),
      says(on(44, '11:45'), 'tomas', 'For treasury it has to be the first one, so please per check.'),
      says(
        on(40, '15:10'),
        'elif',
        'Both work: each check has a time after which it counts as red. We send when the state changes, never in between.',
      ),
      moves(on(34, '10:30'), 'elif', 'PLANNED', {
        note: 'Planned for next quarter, with the three points above. A channel is set per platform.',
      }),
      edits(on(34, '10:31'), 'elif', { priority: 'P2', assigned_to: 'ruben' }),
      says(
        on(15, '09:40'),
        'ruben',
        'The owners of 9 of 12 platforms have told me their channel. Missing: marketing, treasury, logistics.',
      ),
      says(on(14, '08:55'), 'luca', 'Logistics is `#logistics-data`.'),
    ],
  }),
  improvement({
    key: 'cost-per-team',
    by: 'daniel',
    at: on(43, '13:25'),
    platform: 'Analytics warehouses',
    title: 'Show what the warehouses cost per team',
    text: ['Cost comes as one line a month. With a split by team we could plan, and see what a report really costs.'],
    tags: ['cost'],
    life: [
      crowd(9, 42, 8),
      moves(on(41, '09:00'), 'ingrid', 'UNDER_REVIEW'),
      says(
        on(38, '10:40'),
        'ingrid',
        'A first split by the tag of the query, last month:',
        '',
        '| Team | Share |',
        '|---|---:|',
        '| Sales | 34 % |',
        '| Finance | 21 % |',
        '| Supply chain | 19 % |',
        '| Marketing | 8 % |',
        '| without a tag | 18 % |',
      ),
      says(on(37, '09:15'), 'daniel', 'Very useful already. Under 5 % without a tag would do for planning.'),
      moves(on(26, '14:00'), 'ingrid', 'PLANNED', {
        note: 'As a monthly table first, as soon as less than 5 % of the queries have no tag.',
      }),
    ],
  }),
  improvement({
    key: 'self-service-mornings',
    by: 'chloe',
    at: on(31, '09:45'),
    platform: 'Analytics warehouses',
    title: 'Self-service warehouse should grow in the mornings',
    text: ['Between 08:00 and 10:00 my queries wait 4 to 6 minutes, at any other time 10 seconds.'],
    tags: ['performance', 'cost'],
    life: [
      crowd(17, 30, 4),
      moves(on(29, '10:20'), 'ingrid', 'UNDER_REVIEW'),
      says(
        on(28, '11:00'),
        'ingrid',
        'Measured over ten days: 95 % of all waiting falls between 07:50 and 10:10. A second cluster for these hours is enough.',
      ),
      moves(on(23, '13:40'), 'ingrid', 'PLANNED', { note: 'A second cluster from 07:45 to 10:15 on working days.' }),
      moves(on(9, '09:30'), 'ingrid', 'IN_PROGRESS', { assigned_to: 'ingrid' }),
      edits(on(9, '09:32'), 'ingrid', { due_at: ahead('120:00') }),
      says(
        on(3, '12:00'),
        'ingrid',
        'First week: the wait at 09:00 went from 5 min to 40 s. I watch one more week, then it stays.',
      ),
      says(on(2, '08:45'), 'chloe', 'I can feel the difference, thank you.'),
    ],
  }),
]
