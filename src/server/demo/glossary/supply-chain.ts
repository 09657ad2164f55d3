import { domain, report, table } from './term.ts'

export const supplyChainTerms = domain('Supply chain', [
  {
    term: 'Stock on hand',
    steward: 'luca',
    synonyms: ['Inventory', 'Stock'],
    text: ['Pieces that are in a store or a warehouse and belong to us, sold or not, at the time of the count.'],
    assets: [table('supply.gold.stock'), report('Stock by store')],
  },
  {
    term: 'Available to promise',
    steward: 'luca',
    synonyms: ['ATP', 'Free stock'],
    text: ['Stock on hand less what is reserved, and what will arrive before the promised day.'],
    assets: [table('supply.gold.available')],
  },
  {
    term: 'Days of supply',
    steward: 'aiko',
    synonyms: ['Stock cover', 'Range of coverage'],
    text: ['Stock on hand divided by the forecast sales of a day, for the next 28 days.'],
    assets: [report('Stock by store')],
  },
  {
    term: 'Stock reach',
    steward: 'luca',
    text: ['Divided by the sales of the past instead of the forecast, and so wrong before Christmas.'],
    is: { insteadOf: 'Supply chain: Days of supply' },
  },
  {
    term: 'Out of stock',
    steward: 'luca',
    synonyms: ['OOS', 'Stock-out'],
    text: ['No piece on hand at opening time although the article is in the range of the store.'],
    assets: [report('Availability')],
  },
  {
    term: 'Lead time',
    steward: 'luca',
    synonyms: ['Delivery time'],
    text: ['Days from our order to the goods on the shelf: making, transport, receiving.'],
  },
  {
    term: 'On time in full',
    steward: 'luca',
    synonyms: ['OTIF'],
    text: [
      'The share of deliveries that came on the agreed day with every piece. One piece less, or one day late, is a miss.',
    ],
    assets: [report('Supplier scorecard')],
  },
  {
    term: 'Forecast',
    steward: 'aiko',
    synonyms: ['Demand forecast', 'Demand plan'],
    text: [
      'Pieces that we expect to sell per article, store and day for 13 weeks. Made every night, from three years of sales.',
    ],
    assets: [table('forecast.gold.demand')],
  },
  {
    term: 'Forecast accuracy',
    steward: 'aiko',
    synonyms: ['1 - WAPE'],
    text: [
      'One less the sum of absolute errors divided by the sum of sales, per week and article.',
      '',
      'Measured against the forecast of **four weeks before**.',
    ],
    assets: [report('Forecast quality')],
  },
  {
    term: 'Shipment',
    steward: 'luca',
    synonyms: ['Consignment'],
    text: ['What leaves a place on one vehicle for one place. Its events come from the carriers.'],
    assets: [table('logistics.gold.shipments')],
  },
  {
    term: 'Estimated arrival',
    steward: 'luca',
    synonyms: ['ETA'],
    text: ['When the carrier thinks a shipment will be there; updated with every event.'],
    assets: [table('logistics.gold.shipments')],
  },
  {
    term: 'Shrinkage',
    steward: 'luca',
    synonyms: ['Inventory loss'],
    text: [
      'What should be there by the books and is not: theft, breakage, errors. Whether write-offs belong to it is open.',
    ],
    is: 'draft',
  },
])
