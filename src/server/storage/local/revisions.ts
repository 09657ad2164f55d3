import type { Topic } from '../../../contracts/endpoint.ts'
import type { Announcement } from '../journal.ts'
import type { Database } from './database.ts'

/** How far back `changedSince` knows; a browser that was away for longer reads everything again. */
const JOURNAL_MAX = 10_000

/** The count of commits and who is told of it. Kept in the file, so it goes on after a restart. */
export interface Revisions {
  readonly revision: number
  revisionOf(topics: readonly Topic[]): number
  changedSince(revision: number): Announcement | null
  subscribe(listener: (announcement: Announcement) => void): () => void
  /** Counts one commit; called inside its transaction. */
  count(at: string, topics: readonly Topic[]): Announcement
  /** Tells everybody; called once that transaction is on disk. */
  announce(announcement: Announcement): void
  /** Tells everybody what another process has committed meanwhile; to be called now and then. */
  notice(): void
}

export const openRevisions = (database: Database): Revisions => {
  const byTopic = new Map<Topic, number>()
  const listeners = new Set<(announcement: Announcement) => void>()
  const waiting: Announcement[] = []
  let isAnnouncing = false
  let revision = 0

  const newestRevision = () =>
    database.get<{ revision: number | null }>('SELECT max(revision) AS revision FROM journal')?.revision ?? 0
  const load = () => {
    revision = newestRevision()
    for (const row of database.all<{ topic: Topic; revision: number }>('SELECT topic, revision FROM topic_revisions')) {
      byTopic.set(row.topic, row.revision)
    }
  }
  load()

  /** Makes the announcement ours, with what another process, an import by the command line say, committed in between. */
  const remember = (announcement: Announcement): Announcement => {
    if (announcement.isForeign === true || announcement.revision !== revision + 1) {
      const before = revision
      load()
      return { revision, topics: changedAfter(before), isForeign: true }
    }
    revision = announcement.revision
    for (const topic of announcement.topics) byTopic.set(topic, revision)
    return announcement
  }
  const changedAfter = (since: number) => [...byTopic].flatMap(([topic, at]) => (at > since ? [topic] : []))

  return {
    get revision() {
      return revision
    },
    revisionOf: (topics) => Math.max(0, ...topics.map((topic) => byTopic.get(topic) ?? 0)),
    changedSince(since) {
      if (since > revision || since < Math.max(0, revision - JOURNAL_MAX)) return null
      return { revision, topics: changedAfter(since) }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    count(at, topics) {
      const next =
        database.get<{ next: number }>('SELECT coalesce(max(revision), 0) + 1 AS next FROM journal')?.next ?? 1
      database.run('INSERT INTO journal (revision, at, topics) VALUES (?, ?, ?)', [next, at, JSON.stringify(topics)])
      database.run('DELETE FROM journal WHERE revision <= ?', [next - JOURNAL_MAX])
      for (const topic of topics) {
        database.run(
          'INSERT INTO topic_revisions (topic, revision) VALUES (?, ?) ON CONFLICT (topic) DO UPDATE SET revision = excluded.revision',
          [topic, next],
        )
      }
      return { revision: next, topics }
    },
    announce(announcement) {
      waiting.push(remember(announcement))
      // A listener that commits must not make the others hear the later change first.
      if (isAnnouncing) return
      isAnnouncing = true
      try {
        for (let next = waiting.shift(); next; next = waiting.shift()) for (const listener of listeners) listener(next)
      } finally {
        isAnnouncing = false
      }
    },
    notice() {
      const newest = newestRevision()
      if (newest > revision) this.announce({ revision: newest, topics: [], isForeign: true })
    },
  }
}
