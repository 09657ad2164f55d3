import { type Errand, type Means, pause } from './errand.ts'
import { collect } from './statement-collect.ts'
import { failureOf, forgotten, gone, withUnknownOutcome } from './statement-failure.ts'
import { follow } from './statement-follow.ts'
import { handOver } from './statement-hand-over.ts'
import { type Answer, WarehouseError } from './warehouse.ts'

/** When another writer was first this often in a row, somebody has to look. */
export const CONFLICT_REPEATS_MAX = 5
const CONFLICT_WAIT_MS = { min: 100, max: 800 }

/** @throws WarehouseError */
export async function run(errand: Omit<Errand, 'onAstray'>, means: Means): Promise<Answer> {
  let isAstray = false
  const onAstray = () => {
    isAstray = true
  }
  try {
    return await runToTheEnd({ ...errand, onAstray }, means)
  } catch (error) {
    throw isAstray && error instanceof WarehouseError ? withUnknownOutcome(error) : error
  }
}

async function runToTheEnd(errand: Errand, means: Means): Promise<Answer> {
  let conflicts = 0
  let isForgotten = false
  for (;;) {
    const handed = await handOver(errand, means)
    const ended = await follow(handed, errand, means)
    switch (ended.is) {
      case 'succeeded':
        return collect(handed.id, ended, errand, means)
      case 'gone':
        throw gone(ended.state)
      case 'forgotten':
        if (isForgotten || !errand.statement.isIdempotent) throw forgotten()
        isForgotten = true
        errand.onAstray()
        break
      case 'failed': {
        const failure = failureOf(ended)
        if (failure.kind === 'unavailable') errand.sign('strained')
        if (failure.kind !== 'conflict' || conflicts++ === CONFLICT_REPEATS_MAX) throw failure
        const { min, max } = CONFLICT_WAIT_MS
        await pause(min + means.transport.random() * (max - min), errand, means, failure)
      }
    }
  }
}
