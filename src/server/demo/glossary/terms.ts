import { customerTerms } from './customer.ts'
import { financeTerms } from './finance.ts'
import { platformTerms } from './platform.ts'
import { salesTerms } from './sales.ts'
import { supplyChainTerms } from './supply-chain.ts'
import type { Term, TermStory } from './term.ts'

const terms: readonly Term[] = [...salesTerms, ...financeTerms, ...supplyChainTerms, ...customerTerms, ...platformTerms]

/** What words mean at the sample company, each with how it came into use before `now` (milliseconds). */
export const sampleTerms = (now: number): TermStory[] => terms.map((term, index) => term(now, index))
