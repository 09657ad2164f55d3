import { crowd, edits, moves, says, votes } from '../chapters.ts'
import { improvement, type Ticket } from '../story.ts'
import { ahead, on } from '../when.ts'

/** What people wish of tables, jobs and models. */
export const dataImprovements: readonly Ticket[] = [
  improvement({
    key: 'warn-before-rename',
    by: 'chloe',
    at: on(50, '10:15'),
    platform: 'Sales lakehouse',
    title: 'Warn us before a column of a gold table is renamed',
    text: [
      'Three of my reports broke this quarter because a column had a new name in the morning. I would like',
      '',
      '1. a message two weeks before,',
      '2. the old name as an alias until then,',
      '3. a list of what reads the column.',
    ],
    tags: ['schema-change', 'documentation'],
    life: [
      crowd(12, 49, 31),
      moves(on(48, '09:30'), 'mara', 'UNDER_REVIEW'),
      says(
        on(47, '14:10'),
        'helene',
        'The same happens to us with `fx_rates`. Could it hold for the finance tables as well?',
      ),
      says(
        on(44, '11:05'),
        'mara',
        'Yes, if it is a check in the build. A contract per gold table, and a merge that breaks it needs our approval.',
      ),
      moves(on(43, '09:20'), 'mara', 'PLANNED', {
        note: 'We write contracts for the 22 gold tables of sales first. Alias for 14 days, message on the status page.',
      }),
      moves(on(36, '08:45'), 'mara', 'IN_PROGRESS', { assigned_to: 'mara' }),
      says(
        on(33, '15:30'),
        'mara',
        '15 of 22 tables are done. The lineage query for point 3 is slow, I limit it to 90 days.',
      ),
      moves(on(30, '13:00'), 'mara', 'SHIPPED', {
        note: 'All 22 gold tables of sales have a contract. A rename needs an alias and a message 14 days ahead; the build refuses it otherwise.',
      }),
      says(on(29, '09:10'), 'chloe', 'Saw the first announcement today. This helps a lot, thank you.'),
    ],
  }),
  improvement({
    key: 'price-history',
    by: 'sofia',
    at: on(46, '13:40'),
    platform: 'Pricing engine',
    title: 'Keep the price lists of 24 months',
    text: ['We compare promotions with the year before, but price lists are deleted after 90 days.'],
    tags: ['cost'],
    life: [
      crowd(5, 45, 29),
      moves(on(44, '10:00'), 'priya', 'UNDER_REVIEW'),
      says(
        on(42, '09:40'),
        'priya',
        'One list is 38 MB, six a day: 24 months are about 160 GB compressed to 20. That is cheap.',
      ),
      moves(on(41, '10:30'), 'priya', 'PLANNED', { note: 'Comes with the next release of the export.' }),
      moves(on(27, '11:00'), 'priya', 'SHIPPED', {
        note: 'Price lists are kept for 24 months from now on, in `sales.gold.price_history`. Older ones could not be brought back.',
      }),
    ],
  }),
  improvement({
    key: 'fx-at-noon',
    by: 'karin',
    at: on(35, '09:25'),
    platform: 'Group consolidation',
    title: 'Exchange rates twice a day',
    text: [
      '`finance.gold.fx_rates` has one rate a day, from 06:10. For the cash position at noon we would need a second one.',
    ],
    life: [
      crowd(4, 34, 29),
      says(on(33, '10:15'), 'daniel', 'Please keep one rate for the books, two would give two results for one day.'),
      says(
        on(31, '08:50'),
        'helene',
        'I asked group accounting: the policy is one rate per day for everything that is derived from this table.',
      ),
      moves(on(28, '14:05'), 'helene', 'DECLINED', {
        resolution: 'CONFLICTS',
        note: 'The accounting policy asks for one rate per day. For the cash position there is a live rate in the treasury system; Tomáš can show you.',
      }),
    ],
  }),
  improvement({
    key: 'returns-beside-orders',
    by: 'noor',
    at: on(29, '11:10'),
    platform: 'Sales lakehouse',
    title: 'Returns beside the orders in sales.gold',
    text: [
      'To see what an order really brought in, I join `sales.gold.orders` with a monthly file of returns by hand.',
      'A table `sales.gold.returns` with `order_id`, `article_id`, `reason` and `returned_at` would do.',
    ],
    tags: ['self-service'],
    life: [
      crowd(10, 28, 4),
      moves(on(27, '09:00'), 'mara', 'UNDER_REVIEW'),
      says(on(26, '10:25'), 'lena', 'The returns centre scans every parcel, we could deliver that hourly.'),
      says(on(25, '13:15'), 'mara', 'Then we build it on the scans. Reasons are free text today; how many do you use?'),
      says(on(25, '15:05'), 'lena', 'Nine, and "other" for 6 % of the parcels.'),
      moves(on(20, '10:10'), 'mara', 'PLANNED', {
        note: 'Hourly, from the scans of the returns centre, after these have come to the platform.',
      }),
      edits(on(20, '10:12'), 'mara', { priority: 'P2', due_at: ahead('720:00') }),
    ],
  }),
  improvement({
    key: 'forecast-range',
    by: 'amir',
    at: on(25, '08:35'),
    platform: 'Demand forecasting',
    title: 'Forecast with a range, not only one number',
    text: [
      'For fresh goods I order differently if the forecast is 40 ± 3 or 40 ± 25. Could scoring write the 10 % and 90 % quantiles too?',
    ],
    life: [
      crowd(7, 24, 3),
      moves(on(23, '10:40'), 'aiko', 'UNDER_REVIEW'),
      says(
        on(19, '16:00'),
        'aiko',
        'The model can do it. Scoring would take 22 instead of 14 minutes, still well within the hour. I test it on 20 stores.',
      ),
      says(
        on(8, '11:30'),
        'aiko',
        'Result: 81 % of the days lie in the range, wanted are 80 %. Promotions are too narrow (64 %), I look at these next.',
      ),
    ],
  }),
  improvement({
    key: 'consent-every-quarter-hour',
    by: 'grace',
    at: on(21, '09:05'),
    platform: 'Customer 360',
    title: 'Take over withdrawn consents every 15 minutes',
    text: [
      'After what happened with the newsletter an hour is too long. The service desk promises "at once" on the phone.',
    ],
    tags: ['personal-data'],
    life: [
      crowd(6, 20, 6),
      moves(on(20, '09:30'), 'samuel', 'PLANNED', {
        note: 'Every 15 minutes. A run takes 4, so that is possible as it is.',
      }),
      edits(on(20, '09:31'), 'samuel', { priority: 'P2' }),
      moves(on(7, '10:00'), 'samuel', 'IN_PROGRESS', { assigned_to: 'samuel' }),
      says(
        on(5, '14:20'),
        'samuel',
        'Runs every 15 minutes on staging for two days: 190 runs, the longest took 6 min.',
      ),
    ],
  }),
  improvement({
    key: 'campaigns-hourly',
    by: 'grace',
    at: on(1, '15:20'),
    platform: 'Marketing analytics',
    title: 'Campaign figures every hour on launch days',
    text: [
      'On the day a campaign starts, six refreshes are too few. Hourly from 08:00 to 20:00 would be enough, on about 15 days a year.',
    ],
    tags: ['power-bi', 'freshness'],
    life: [votes(on(1, '15:25'), 'grace'), votes(on(1, '16:40'), 'oliver')],
  }),
]
