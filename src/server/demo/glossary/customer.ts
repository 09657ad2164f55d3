import { domain, report, table } from './term.ts'

export const customerTerms = domain('Customer', [
  {
    term: 'Customer',
    steward: 'samuel',
    synonyms: ['Client', 'Buyer'],
    text: ['A person or a company that bought something at least once. Whoever only looked is a **visitor**.'],
    assets: [table('customer.gold.customers')],
  },
  {
    term: 'Active customer',
    steward: 'samuel',
    synonyms: ['Buying customer'],
    text: ['A customer with at least one order or receipt in the last **365 days**.'],
    assets: [report('Customer base')],
  },
  {
    term: 'Customer 360',
    steward: 'samuel',
    synonyms: ['Golden record', 'C360'],
    text: [
      'One record per customer, put together from web shop, loyalty programme and service. Says which source each value is from.',
    ],
    assets: [table('customer.gold.customer_360')],
  },
  {
    term: 'Churn',
    steward: 'samuel',
    synonyms: ['Churn rate', 'Attrition'],
    text: ['The share of active customers of a year ago who are not active today.'],
    assets: [report('Customer base')],
  },
  {
    term: 'Lost customer',
    steward: 'samuel',
    text: ['Meant a year without an order in one team and two years in another.'],
    is: { insteadOf: 'Customer: Churn' },
  },
  {
    term: 'Customer lifetime value',
    steward: 'samuel',
    synonyms: ['CLV', 'LTV'],
    text: ['Gross margin that a customer is expected to bring in the next three years.'],
    assets: [table('customer.gold.clv')],
  },
  {
    term: 'Segment',
    steward: 'samuel',
    synonyms: ['Customer segment'],
    text: [
      'A group of customers that marketing treats alike. A customer is in exactly one; it is worked out every Monday.',
    ],
    assets: [table('customer.gold.segments')],
  },
  {
    term: 'Consent',
    steward: 'samuel',
    synonyms: ['Opt-in', 'Marketing consent'],
    text: [
      'What a customer allowed us to do with their data, per channel, with day and wording.',
      '',
      '> Without one, no message is sent. An old consent does not hold for a new channel.',
    ],
    assets: [table('customer.gold.consents'), ['Privacy handbook', 'https://handbook.example.com/privacy']],
  },
  {
    term: 'Loyalty member',
    steward: 'samuel',
    synonyms: ['Club member'],
    text: ['A customer with a card of the loyalty programme, in the app or of plastic.'],
  },
  {
    term: 'Attribution',
    steward: 'samuel',
    synonyms: ['Marketing attribution'],
    text: ['Which campaign an order is credited to: the last one that was clicked within seven days.'],
    assets: [report('Campaign results')],
  },
  {
    term: 'Net promoter score',
    steward: 'samuel',
    synonyms: ['NPS'],
    text: [
      'Share of those who answer 9 or 10 less the share of those who answer 0 to 6. Asked by mail a week after an order.',
    ],
    is: 'draft',
  },
])
