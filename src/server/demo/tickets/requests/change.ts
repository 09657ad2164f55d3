import { edits, moves, says } from '../chapters.ts'
import { request, type Ticket } from '../story.ts'
import { on } from '../when.ts'

export const changeRequests: readonly Ticket[] = [
  request({
    key: 'change-bronze-retention',
    by: 'mara',
    at: on(41, '14:30'),
    platform: 'Sales lakehouse',
    title: 'Keep bronze receipts for 90 instead of 30 days',
    template: 'change',
    answers: (dayIn) => ({
      subject: 'Retention of sales.bronze.receipts',
      from_value: '30 days',
      to_value: '90 days',
      on: dayIn(7),
      risk: 'About 1.1 TB more storage. Going back is one setting, files older than 30 days are then deleted.',
    }),
    text: ['A load that is wrong for longer than a month cannot be repeated today.'],
    tags: ['cost'],
    life: [
      moves(on(40, '13:10'), 'ruben', 'IN_PROGRESS', { assigned_to: 'ruben' }),
      moves(on(36, '09:00'), 'ruben', 'FULFILLED', {
        note: 'Set. The vacuum of last night kept everything from day 31 on.',
      }),
      moves(on(35, '08:35'), 'mara', 'CLOSED'),
    ],
  }),
  request({
    key: 'change-price-export-earlier',
    by: 'peter',
    at: on(20, '11:20'),
    platform: 'Pricing engine',
    title: 'Price list export half an hour earlier in the morning',
    template: 'change',
    answers: () => ({
      subject: 'Schedule of price_list_export, first run of the day',
      from_value: '04:30',
      to_value: '04:00',
      risk: 'Articles that are priced between 04:00 and 04:30 come with the next list.',
    }),
    text: ['Stores with a lot of labels are not done when they open.'],
    tags: ['freshness'],
    life: [
      says(
        on(19, '09:10'),
        'priya',
        'The night prices are final at 04:20, so a list of 04:00 would miss about 2,000 of them.',
      ),
      moves(on(18, '10:00'), 'priya', 'REJECTED', {
        note: 'Too many prices would come late. I look at printing only what changed, which is 8 % of the labels.',
      }),
    ],
  }),
  request({
    key: 'change-bi-serving-size',
    by: 'jonas',
    at: on(6, '10:35'),
    platform: 'Analytics warehouses',
    title: 'BI serving warehouse: 6 instead of 4 clusters at the end of the month',
    template: 'change',
    answers: (dayIn) => ({
      subject: 'BI serving, clusters at most',
      from_value: '4',
      to_value: '6 on the last three working days of a month',
      on: dayIn(12),
      risk: 'Costs more on these days. Can be taken back at once.',
    }),
    text: ['Last month the queue had up to 70 queries at 09:00.'],
    tags: ['performance', 'cost', 'month-end'],
    life: [
      moves(on(5, '09:45'), 'ingrid', 'IN_PROGRESS', { assigned_to: 'ingrid' }),
      edits(on(5, '09:46'), 'ingrid', { priority: 'P2' }),
      says(on(5, '10:30'), 'ingrid', 'Cost: about 310 a month. Controlling agrees.'),
      moves(on(4, '13:00'), 'ingrid', 'WAITING', {
        waiting_on: 'CHANGE',
        note: 'Comes with the move to the newer channel, which restarts the warehouses anyway.',
      }),
    ],
  }),
  request({
    key: 'change-scoring-minute',
    by: 'amir',
    at: on(1, '16:10'),
    platform: 'Demand forecasting',
    title: 'Start forecast_scoring at minute 25 instead of 35',
    template: 'change',
    answers: (dayIn) => ({
      subject: 'Schedule of forecast_scoring',
      from_value: 'minute 35',
      to_value: 'minute 25',
      on: dayIn(7),
      risk: 'Store receipts come until minute 35, so the newest hour could be missing for some stores.',
    }),
    text: ['Replenishment plans at the full hour and often just misses the scores.'],
    life: [],
  }),
]
