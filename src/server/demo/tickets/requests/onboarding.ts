import { edits, moves, says } from '../chapters.ts'
import { people } from '../people.ts'
import { request, type Ticket } from '../story.ts'
import { ahead, on } from '../when.ts'

export const onboardingRequests: readonly Ticket[] = [
  request({
    key: 'onboard-workforce',
    by: 'peter',
    at: on(34, '13:00'),
    title: 'Onboard the workforce planning team',
    template: 'onboarding',
    answers: (dayIn) => ({
      subject: 'A team',
      name: 'Workforce planning',
      owner: people.peter.email,
      users: 14,
      from: dayIn(45),
      justification: 'Plan shifts from store sales and the forecast instead of from spreadsheets.',
    }),
    text: ['They read two tables and build their own report.'],
    tags: ['self-service'],
    life: [
      says(
        on(33, '09:00'),
        'elif',
        'Happy to. Shifts are personal data, so we need a word of the data protection team first. Do you have a contact?',
      ),
      says(on(32, '10:10'), 'peter', 'Not yet, I ask.'),
      moves(on(24, '09:30'), 'peter', 'CANCELLED', {
        note: 'The team waits for its new planning tool. I file it again then.',
      }),
    ],
  }),
  request({
    key: 'onboard-returns-scans',
    by: 'lena',
    at: on(19, '10:05'),
    platform: 'Logistics tracking',
    title: 'Onboard the scans of the returns centre',
    template: 'onboarding',
    answers: (dayIn) => ({
      subject: 'A data source',
      name: 'Returns centre scans',
      owner: people.lena.email,
      users: 60,
      from: dayIn(40),
      justification:
        'Sales wants returns beside orders, and we want to see the backlog of the returns centre by the hour.',
    }),
    text: [
      'A file every 10 minutes over SFTP, about 9,000 rows an hour:',
      '',
      '```csv',
      'parcel;scanned_at;gate;reason',
      '33012077120441;2207;G4;too small',
      '33012077120588;2208;G4;other',
      '```',
    ],
    tags: ['fabric'],
    life: [
      moves(on(18, '09:20'), 'luca', 'APPROVED'),
      moves(on(16, '10:00'), 'luca', 'IN_PROGRESS', { assigned_to: 'luca' }),
      edits(on(16, '10:02'), 'luca', { priority: 'P2', due_at: ahead('240:00') }),
      says(
        on(12, '15:25'),
        'luca',
        'Files come in on staging since yesterday. 0.3 % of the parcels are unknown to us, mostly of carrier 6.',
      ),
      says(on(11, '08:40'), 'lena', 'Those have the label of the sender. They can be left out.'),
      says(
        on(4, '16:30'),
        'luca',
        'Freshness is watched with 30 min for yellow and 3 h for red. Next is the test with a full day.',
      ),
    ],
  }),
  request({
    key: 'onboard-liquidity-report',
    by: 'karin',
    at: on(15, '08:15'),
    platform: 'Treasury desk',
    title: 'Onboard the liquidity dashboard',
    template: 'onboarding',
    answers: () => ({
      subject: 'A dashboard or semantic model',
      name: 'Liquidity',
      owner: people.karin.email,
      users: 22,
      justification:
        'The board looks at it every week. It runs from my own workspace today, and nobody is told when it fails.',
    }),
    text: [],
    tags: ['power-bi'],
    life: [
      moves(on(14, '09:00'), 'tomas', 'APPROVED'),
      moves(on(12, '10:15'), 'tomas', 'IN_PROGRESS', { assigned_to: 'tomas' }),
      moves(on(12, '11:00'), 'tomas', 'WAITING', {
        waiting_on: 'REQUESTER',
        note: 'Which of the three versions in your workspace is the right one?',
      }),
      says(on(11, '07:45'), 'karin', '"Liquidity v3". The other two may go.'),
      says(on(5, '13:10'), 'tomas', 'Moved, with 21 of 22 people. One account is not active any more.'),
      moves(on(1, '10:40'), 'tomas', 'FULFILLED', {
        note: 'The dashboard lies in the Treasury workspace, is refreshed at 06:00 and 12:00, and a failed refresh shows on the status page.',
      }),
    ],
  }),
]
