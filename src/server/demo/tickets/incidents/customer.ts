import { edits, follows, moves, says } from '../chapters.ts'
import { incident, type Ticket } from '../story.ts'
import { ago, on } from '../when.ts'

export const customerIncidents: readonly Ticket[] = [
  incident({
    key: 'campaigns-refresh-fails',
    by: 'grace',
    at: on(26, '09:12'),
    platform: 'Marketing analytics',
    title: 'Campaigns dataset: refresh failed this morning',
    severity: 'MEDIUM',
    environment: 'production',
    text: [
      'Refresh of 05:05 and 09:05 failed: *The data source answered with an error.* The report still shows yesterday.',
    ],
    tags: ['power-bi', 'freshness'],
    life: [
      edits(on(26, '09:30'), 'ben', { priority: 'P3', assigned_to: 'samuel' }),
      says(
        on(26, '13:20'),
        'samuel',
        'The refresh of 13:05 went through without us. The warehouse behind it was restarted at 09:00.',
      ),
      moves(on(26, '13:25'), 'samuel', 'RESOLVED', {
        resolution: 'SELF_RECOVERED',
        note: 'The source was being restarted. Two of six refreshes of the day are missing, no data is.',
      }),
      moves(on(25, '10:00'), 'grace', 'CLOSED'),
    ],
  }),
  incident({
    key: 'consent-still-mailed',
    by: 'grace',
    at: on(22, '10:05'),
    platform: 'Customer 360',
    title: 'Customers who withdrew their consent got the newsletter',
    severity: 'CRITICAL',
    environment: 'production',
    text: [
      'Service has **7 complaints** since yesterday. All of them withdrew less than an hour before the mailing went out.',
      '',
      'I have paused the mailing of tonight.',
    ],
    tags: ['personal-data', 'data-quality'],
    life: [
      moves(on(22, '10:14'), 'nadia', 'IN_PROGRESS', { assigned_to: 'samuel' }),
      edits(on(22, '10:15'), 'nadia', { priority: 'P1' }),
      follows(on(22, '10:30'), 'elif'),
      says(
        on(22, '11:40'),
        'samuel',
        '`consent_sync` runs at minute 55 and the mailing list is cut at minute 50. Who withdraws in between is missed.',
        'In the last 30 days that were 19 people; the list is with the data protection team.',
      ),
      says(on(22, '11:55'), 'grace', 'I have written to the seven. Can we cut the list later?'),
      says(
        on(22, '14:30'),
        'samuel',
        'Done: the list waits for the sync and is cut at minute 59. The mailing may go out tonight.',
      ),
      moves(on(22, '15:00'), 'samuel', 'RESOLVED', {
        resolution: 'FIXED',
        note: 'The list is cut after the sync, never before. A test sends nothing to a consent withdrawn 5 minutes earlier.',
      }),
      says(on(21, '08:40'), 'grace', 'The mailing of last night is right: 0 of 41 withdrawals got it.'),
      moves(on(21, '08:42'), 'grace', 'CLOSED'),
    ],
  }),
  incident({
    key: 'profiles-build-slow',
    by: 'oliver',
    at: ago('6:05'),
    platform: 'Customer 360',
    title: 'Customer profiles are hours old',
    severity: 'MEDIUM',
    environment: 'production',
    text: [
      'New customers of the last hours are not found in the service desk. `customer_profiles` does run, but each run takes',
      'more than an hour instead of nine minutes.',
    ],
    tags: ['performance', 'freshness'],
    life: [
      edits(ago('5:50'), 'ben', { priority: 'P2' }),
      moves(ago('5:31'), 'samuel', 'IN_PROGRESS'),
      says(
        ago('4:42'),
        'samuel',
        'Same data, same plan, but 2 workers instead of 8: the cloud provider has no more instances of this type in our',
        'region. Stage 14 alone takes 48 min.',
      ),
      moves(ago('4:40'), 'samuel', 'WAITING', {
        waiting_on: 'VENDOR',
        note: 'Capacity case is open with the cloud provider. If nothing has come back within 12 hours, we change the instance type.',
      }),
      says(
        ago('3:15'),
        'samuel',
        'They expect capacity to come back "within the day". Profiles are about 75 minutes old until then.',
      ),
    ],
  }),
]
