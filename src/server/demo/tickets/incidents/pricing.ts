import { edits, moves, says, votes } from '../chapters.ts'
import { incident, type Ticket } from '../story.ts'
import { on } from '../when.ts'

export const pricingIncidents: readonly Ticket[] = [
  incident({
    key: 'pricing-api-503',
    by: 'peter',
    at: on(14, '08:12'),
    platform: 'Pricing engine',
    title: 'Tills get 503 from the pricing API',
    severity: 'CRITICAL',
    environment: 'production',
    text: [
      'Since **08:05** about one till in five shows "price not available". Scanning the article again helps sometimes.',
      '',
      '```http',
      'GET /v2/prices/4006381 HTTP/1.1',
      '',
      'HTTP/1.1 503 Service Unavailable',
      'retry-after: 5',
      'content-type: application/json',
      '',
      '{"error":"pool_exhausted","message":"No database connection within 2000 ms"}',
      '```',
      '',
      'Stores that called so far: 027, 114, 208, 311.',
    ],
    tags: ['performance'],
    life: [
      moves(on(14, '08:16'), 'nadia', 'IN_PROGRESS', { assigned_to: 'priya' }),
      edits(on(14, '08:17'), 'nadia', { priority: 'P1' }),
      votes(on(14, '08:20'), 'sofia'),
      votes(on(14, '08:24'), 'oliver'),
      says(
        on(14, '08:31'),
        'priya',
        'The pool is full: 200 of 200 connections, 180 of them idle in a transaction. The release of last night opens',
        'one per request and does not give it back when the caller goes away. Rolling back now.',
      ),
      says(on(14, '08:44'), 'peter', 'Stores 027 and 208 say that it works again. I am calling the others.'),
      says(
        on(14, '09:20'),
        'priya',
        '| Time (UTC) | What |',
        '|---|---|',
        '| 02:10 | Release 4.18 goes live |',
        '| 08:05 | Stores open, pool is full within minutes |',
        '| 08:38 | Rolled back to 4.17 |',
        '| 08:41 | Error rate back under 0.1 % |',
      ),
      moves(on(14, '09:25'), 'priya', 'RESOLVED', {
        resolution: 'FIXED',
        note: 'Rolled back to 4.17. Release 4.19 closes the connection in every path and has a test with 500 callers that hang up.',
      }),
      moves(on(13, '10:05'), 'peter', 'CLOSED'),
    ],
  }),
  incident({
    key: 'price-list-old-articles',
    by: 'peter',
    at: on(6, '07:40'),
    platform: 'Pricing engine',
    title: 'Price list of the stores still has 212 delisted articles',
    severity: 'MEDIUM',
    environment: 'production',
    text: [
      'The export of 04:30 contains articles that were delisted last month. The label printers print them again.',
      '',
      'Example: `771204`, `771209`, `780015`.',
    ],
    tags: ['data-quality'],
    life: [
      moves(on(6, '08:30'), 'priya', 'IN_PROGRESS'),
      says(
        on(6, '08:34'),
        'priya',
        'The export filters on `valid_to`, which master data now leaves empty and sets `status` instead.',
      ),
      moves(on(6, '12:10'), 'priya', 'RESOLVED', {
        resolution: 'FIXED',
        note: 'The export looks at `status` too. The list of 12:30 has none of the 212.',
      }),
      moves(on(5, '07:25'), 'peter', 'IN_PROGRESS', {
        note: 'They are back in the list of 04:30. The 12:30 one of yesterday was right.',
      }),
      says(on(5, '09:05'), 'priya', 'The night run uses its own copy of the query. I have put both on one view.'),
      moves(on(2, '08:50'), 'priya', 'RESOLVED', {
        resolution: 'WORKAROUND',
        note: 'All six lists of the last two days are right. The view stays until master data fills `valid_to` again.',
      }),
      says(on(1, '08:05'), 'peter', 'Today is right as well, thank you.'),
    ],
  }),
]
