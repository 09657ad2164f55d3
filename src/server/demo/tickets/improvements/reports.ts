import { crowd, edits, moves, says, votes } from '../chapters.ts'
import { improvement, type Ticket } from '../story.ts'
import { on } from '../when.ts'

/** What people wish of reports and screens. */
export const reportImprovements: readonly Ticket[] = [
  improvement({
    key: 'export-to-excel-by-mail',
    by: 'oliver',
    at: on(39, '14:00'),
    platform: 'Sales reporting',
    title: 'Mail me the dashboard as a spreadsheet every morning',
    text: ['I copy the table of the first page into a spreadsheet every day. It could come by mail at 07:00.'],
    tags: ['self-service', 'power-bi'],
    life: [
      crowd(3, 38, 37),
      says(
        on(37, '15:45'),
        'clara',
        'Every report has *Subscribe* at the top, with the table attached if you like. Does that do it?',
      ),
      says(on(36, '07:50'), 'oliver', 'I had not seen it. Yes, it does.'),
      moves(on(36, '08:30'), 'clara', 'DECLINED', {
        resolution: 'ALREADY_EXISTS',
        note: 'Subscriptions do this. How to: [subscribe to a report](https://wiki.example.com/reports/subscribe).',
      }),
    ],
  }),
  improvement({
    key: 'one-net-sales',
    by: 'daniel',
    at: on(32, '10:30'),
    platform: 'Sales reporting',
    title: 'One definition of net sales in all reports',
    text: [
      'Same week, same region, four reports:',
      '',
      '| Report | Net sales | Returns | Vouchers |',
      '|---|---:|---|---|',
      '| Daily sales | 8.41 M | not deducted | deducted |',
      '| Campaigns | 8.63 M | not deducted | not deducted |',
      '| General ledger | 7.92 M | deducted | deducted |',
      '| Opportunities | 8.60 M | not deducted | not deducted |',
    ],
    tags: ['documentation', 'data-quality'],
    life: [
      crowd(13, 31, 3),
      moves(on(30, '11:00'), 'jonas', 'UNDER_REVIEW'),
      says(
        on(30, '11:10'),
        'jonas',
        'Agreed. I invite the four owners; the ledger should win, because it is what we publish.',
      ),
      says(
        on(22, '16:20'),
        'helene',
        'The definition of finance is in the wiki: [net sales](https://wiki.example.com/terms/net-sales).',
      ),
      says(
        on(12, '09:15'),
        'jonas',
        'Three of four agree. Open is when a voucher counts: on the day it is sold or the day it is used.',
      ),
      says(
        on(10, '10:05'),
        'samuel',
        'For campaigns the day of use is fine, if we keep the other as a second measure.',
      ),
    ],
  }),
  improvement({
    key: 'daily-sales-quarter-hour',
    by: 'sofia',
    at: on(27, '08:20'),
    platform: 'Sales reporting',
    title: 'Refresh the Daily sales dataset every 15 minutes',
    text: [
      'In the sales meeting at 09:00 we look at figures of 08:40, often without the last hour. On promotion days it matters.',
    ],
    tags: ['freshness', 'power-bi'],
    life: [
      crowd(15, 26, 2),
      moves(on(25, '10:10'), 'jonas', 'UNDER_REVIEW'),
      says(
        on(24, '09:35'),
        'jonas',
        'One refresh takes 9 minutes, and orders come once an hour. Four times as often would mostly load the same.',
      ),
      says(
        on(24, '10:02'),
        'mara',
        'The web orders could come every 15 minutes after the change of the merge, not before next quarter.',
      ),
      says(
        on(16, '13:30'),
        'jonas',
        'So: first the loads, then incremental refresh of the current day only. I estimate 2 minutes per refresh.',
      ),
    ],
  }),
  improvement({
    key: 'daily-sales-more-often',
    by: 'peter',
    at: on(11, '07:55'),
    platform: 'Sales reporting',
    title: 'Refresh the Daily sales dataset more often',
    text: ['Store managers ask for the sales of the last hour by the end of the hour.'],
    tags: ['freshness'],
    life: [
      votes(on(11, '09:10'), 'oliver'),
      votes(on(10, '08:30'), 'amir'),
      says(
        on(9, '09:00'),
        'nadia',
        'Thank you, Peter. Sofia asked for the same three weeks ago; please vote there, so that it counts once.',
      ),
      moves(on(9, '09:02'), 'nadia', 'DUPLICATE', { duplicate_of: 'ticket:daily-sales-quarter-hour' }),
    ],
  }),
  improvement({
    key: 'stock-map-colours',
    by: 'amir',
    at: on(17, '14:45'),
    platform: 'Supply chain control tower',
    title: 'Colour the stores on the map by days of stock',
    text: ['Red under two days, yellow under five.'],
    life: [
      moves(on(17, '16:05'), 'amir', 'WITHDRAWN', {
        note: 'It is there already: layer *Reach* in the menu of the map.',
      }),
    ],
  }),
  improvement({
    key: 'arrival-per-parcel',
    by: 'lena',
    at: on(10, '12:15'),
    platform: 'Logistics tracking',
    title: 'Expected day of arrival per parcel',
    text: [
      'Six of nine carriers send an expected day. If we kept it in `logistics.gold.parcels`, the service desk could answer',
      'most calls without asking the carrier.',
    ],
    tags: ['self-service'],
    life: [crowd(7, 9, 1), says(on(8, '10:50'), 'grace', 'The shop would show it in "my orders" too.')],
  }),
  improvement({
    key: 'keep-my-filters',
    by: 'peter',
    at: on(1, '12:40'),
    platform: 'Supply chain control tower',
    title: 'Control tower: remember my filters',
    text: ['I choose the same region and the same three article groups every morning.'],
    life: [edits(on(1, '13:15'), 'clara', { tags: ['self-service'], priority: 'P4' })],
  }),
]
