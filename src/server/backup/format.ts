/**
 * A backup is JSON Lines, gzipped: `zcat FILE | less` reads it. The first line says what it is, then comes a line for each
 * row, and the last line counts them and has the SHA-256 of every byte before it. Without that line it is not whole.
 */
export interface Manifest {
  lakeport: 'backup'
  format: typeof FORMAT
  /** Of the Lakeport that made it. */
  version: string
  /** Number of the schema of the store. */
  schema: number
  /** Of the store that it was taken from; one that is restored has another. */
  epoch: string
  taken_at: string
}

export interface Trailer {
  end: true
  /** Lines by table; of records, those are their versions. */
  rows: Record<string, number>
  sha256: string
}

export const FORMAT = 1

/** Longest line that is read: some hundred times the largest row that the interface takes. */
export const LINE_BYTES_MAX = 64 * 1024 * 1024
