import { writeSync } from 'node:fs'
import { createJournal } from '../src/server/storage/create-journal.ts'
import { embeddedLedger } from '../src/server/storage/embedded.ts'
import { openLocal } from '../src/server/storage/local/open.ts'
import { observation, platform, provenance, START, workItem } from '../src/server/storage/samples.ts'

/**
 * Commits until it is killed. Each commit changes two platforms together, which therefore always have the same version;
 * then two votes on a ticket, whose count follows them. Each line on stdout is a write that was acknowledged.
 */
const [dir = ''] = process.argv.slice(2)
const PAIRS = 8
const local = openLocal(dir)
const journal = createJournal(local, embeddedLedger(local))
const acknowledge = (line: string) => writeSync(1, `${line}\n`)

acknowledge('ready')
for (let i = 0; ; i++) {
  const id = `pair-${i % PAIRS}`
  const expectedVersion = local.row('platforms', id)?.version ?? 0
  await journal.commit(
    [
      { table: 'platforms', id, expectedVersion, fields: platform({ name: `Platform ${expectedVersion + 1}` }) },
      {
        table: 'platforms',
        id: `${id} twin`,
        expectedVersion,
        fields: platform({ description: 'x'.repeat((i * 997) % 20_000) }),
      },
    ],
    provenance({ at: START + i }),
  )
  acknowledge(`version ${id} ${expectedVersion + 1}`)
  const ticket = `ticket-${i % PAIRS}`
  if (local.row('work_items', ticket) === undefined) {
    await journal.commit(
      [{ table: 'work_items', id: ticket, expectedVersion: 0, fields: workItem() }],
      provenance({ at: START + i }),
    )
  }
  const before = local.row('work_item_votes', `${ticket} ann`)?.version ?? 0
  await journal.commit(
    ['ann', 'bob'].map((voter) => ({
      table: 'work_item_votes' as const,
      id: `${ticket} ${voter}`,
      expectedVersion: before,
      isDeleted: before % 2 === 1,
      fields: { work_item_id: ticket, voter },
    })),
    provenance({ at: START + i }),
  )
  acknowledge(`votes ${ticket} ${before + 1}`)
  const measured_at = new Date(START + local.revision * 1000).toISOString()
  await journal.observe([observation({ measured_at }), observation({ check_id: 'check-b', measured_at })])
  acknowledge(`observation ${measured_at}`)
}
