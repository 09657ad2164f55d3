import { domain, report, table } from './term.ts'

export const financeTerms = domain('Finance', [
  {
    term: 'Gross margin',
    steward: 'helene',
    synonyms: ['Gross profit'],
    text: [
      'Net sales less the cost of the goods sold.',
      '',
      '| Sold in | Cost at |',
      '| --- | --- |',
      '| Shop | moving average price |',
      '| Web shop | moving average price and freight in |',
    ],
    assets: [table('finance.gold.margin'), report('Margin by article')],
  },
  {
    term: 'Margin rate',
    steward: 'helene',
    synonyms: ['Gross margin percentage'],
    text: ['Gross margin divided by net sales, in percent with one decimal.'],
    assets: [report('Margin by article')],
  },
  {
    term: 'Cost of goods sold',
    steward: 'helene',
    synonyms: ['COGS', 'Cost of sales'],
    text: ['What the goods that were sold had cost us, at moving average price, with freight in and duties.'],
    assets: [table('finance.gold.cogs')],
  },
  {
    term: 'Wareneinsatz',
    steward: 'helene',
    text: ['The German name from the old ledger.'],
    is: { insteadOf: 'Finance: Cost of goods sold' },
  },
  {
    term: 'Ledger',
    steward: 'helene',
    synonyms: ['General ledger', 'GL'],
    text: ['The book of all postings of a company. The data platform holds a copy of last night, never the original.'],
    assets: [table('finance.silver.ledger_postings')],
  },
  {
    term: 'Posting date',
    steward: 'helene',
    synonyms: ['Booking date'],
    text: ['The day for which an amount counts in the ledger. It may lie before the day on which it was entered.'],
  },
  {
    term: 'Month end',
    steward: 'helene',
    synonyms: ['Closing', 'Period close'],
    text: [
      'The first five working days of a month, in which the month before is closed. Tables of finance are not changed then.',
    ],
    assets: [['Closing calendar', null]],
  },
  {
    term: 'Consolidation',
    steward: 'helene',
    synonyms: ['Group consolidation'],
    text: ['Adding up the companies of the group without what they sold to each other.'],
    assets: [report('Group result')],
  },
  {
    term: 'Intercompany',
    steward: 'helene',
    synonyms: ['IC'],
    text: ['Between two companies of the group. Left out when the group is reported as one.'],
  },
  {
    term: 'Exchange rate',
    steward: 'tomas',
    synonyms: ['FX rate', 'Currency rate'],
    text: [
      'The reference rate of the central bank at 16:00, one per currency and day. At weekends the rate of Friday holds.',
    ],
    assets: [table('finance.gold.fx_rates')],
  },
  {
    term: 'Cash position',
    steward: 'tomas',
    synonyms: ['Liquidity'],
    text: ['What is on all bank accounts of the group at 07:00, in euro.'],
    assets: [table('treasury.gold.cash_position')],
  },
  {
    term: 'Contribution margin',
    steward: 'helene',
    synonyms: ['DB2'],
    text: [
      'Gross margin less what selling and sending cost directly. The list of these costs is being agreed with controlling.',
    ],
    is: 'draft',
  },
])
