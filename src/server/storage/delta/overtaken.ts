import type { RowVersion } from '../local/commit.ts'

/** The cause of a conflict: the versions that were found on the way to it, so that the local store can take them over. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken'
  readonly versions: readonly RowVersion[]

  constructor(versions: readonly RowVersion[]) {
    super('Another writer was first')
    this.versions = versions
  }
}
