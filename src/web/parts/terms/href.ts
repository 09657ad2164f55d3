import { toTerm } from '../../paths.ts'

/** The term's page as a plain address, for links in trees that know no router. */
export function termHref(termId: string): string {
  const { to, params } = toTerm(termId)
  return to.replace('$termId', params.termId)
}
