import { createDeltaLedger } from '../../src/server/storage/delta/ledger.ts'
import { recordDelta, seriesDelta } from '../../src/server/storage/delta-ddl.ts'
import { ledgerContract } from '../../src/server/storage/ledger-contract.ts'
import { series } from '../../src/server/storage/series.ts'
import { tables } from '../../src/server/storage/tables.ts'
import { openSchema, platformsOnly } from './open-schema.ts'

/** The same promise that the embedded store keeps, on Spark and Delta. */
ledgerContract(
  'the Delta ledger on Spark',
  async () => {
    const { warehouse, cut, close } = await openSchema({
      statements: [...recordDelta(tables.platforms), ...series.flatMap(seriesDelta)],
    })
    return {
      ledger: createDeltaLedger(warehouse, {
        tables: platformsOnly,
        resultsFrom: () => '1970-01-01T00:00:00.000Z',
        overlapMs: 300_000,
      }),
      async countObservations() {
        const { rows } = await warehouse.execute({
          name: 'count',
          sql: 'SELECT count(*) AS n FROM status_results',
          isIdempotent: true,
        })
        return Number(rows[0]?.n)
      },
      interrupt: cut,
      close,
    }
  },
  { racers: 6, limits: [2] },
)
