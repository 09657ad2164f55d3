import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { embeddedLedger } from './embedded.ts'
import { ledgerContract } from './ledger-contract.ts'
import { openLocal } from './local/open.ts'

ledgerContract('the embedded ledger', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'lakeport-ledger-'))
  const local = openLocal(dir, { busyTimeoutMs: 1 })
  return {
    ledger: embeddedLedger(local),
    countObservations: async () => local.results.page({ limit: 1 }).total,
    interrupt() {
      // Another process that holds the file's write lock.
      const other = new DatabaseSync(join(dir, 'lakeport.db'))
      other.exec('BEGIN IMMEDIATE')
      return () => other.close()
    },
    async close() {
      local.close()
      rmSync(dir, { recursive: true })
    },
  }
})
