/** Equal for spellings that people take for the same. */
export const keyOf = (term: string) => term.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()

/** A term's own, since the same word may mean something else in another domain. */
export const keyIn = (domain: string, term: string) => JSON.stringify([keyOf(domain), keyOf(term)])
