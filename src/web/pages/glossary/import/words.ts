import type { ImportAnswer } from '../../../../contracts/glossary-import.ts'

type Counts = ImportAnswer['counts']

/** How many terms would be other than they are. */
export const changeCount = ({ created, changed }: Counts) => created + changed

/** `3 terms added, 1 changed.` */
export function appliedWords({ created, changed }: Counts): string {
  if (created === 0) return `${terms(changed)} changed.`
  return changed === 0 ? `${terms(created)} added.` : `${terms(created)} added, ${changed} changed.`
}

/** `2 new, 1 changed, 40 unchanged, none refused` */
export const previewWords = ({ created, changed, unchanged, refused }: Counts) =>
  `${created} new, ${changed} changed, ${unchanged} unchanged, ${refused === 0 ? 'none' : refused} refused`

const terms = (count: number) => `${count} ${count === 1 ? 'term' : 'terms'}`
