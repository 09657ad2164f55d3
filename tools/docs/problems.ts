/** What is wrong with a page, found by the build; all of it is told at once. */
export interface Problem {
  /** Relative to the docs folder's parent, with slashes. */
  file: string
  line: number
  says: string
}

export class DocsError extends Error {
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(problems.map(({ file, line, says }) => `${file}:${line}: ${says}`).join('\n'))
    this.name = 'DocsError'
    this.problems = problems
  }
}

/** Collects what one file does wrong. */
export type Report = (line: number, says: string) => void
