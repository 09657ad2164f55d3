import type { WorkItemDetail } from '../../../../contracts/tickets.ts'
import { fieldWords } from './field-words.ts'

/** What of a ticket differs, as far as people have words for it. */
export const changesBetween = (before: WorkItemDetail, now: WorkItemDetail) =>
  (Object.keys(now) as (keyof WorkItemDetail)[]) // Its own keys.
    .filter((field) => field in fieldWords && JSON.stringify(before[field]) !== JSON.stringify(now[field]))
    .map((field) => ({ field, from: before[field], to: now[field] }))
