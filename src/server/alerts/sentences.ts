import type { AlertFields } from './rules.ts'

type Told = Pick<AlertFields, 'rule' | 'name'>

export const firingSentence = ({ rule, name }: Told) =>
  rule === 'ingestion.stale' ? `The source ${name} was not polled for too long` : `The check ${name} fails`
export const recoveredSentence = ({ rule, name }: Told) =>
  rule === 'ingestion.stale' ? `The source ${name} is polled again` : `The check ${name} does not fail any more`
