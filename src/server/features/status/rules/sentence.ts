import { reasonText } from '../../../../contracts/status.ts'
import type { GlobalState, PlatformEvaluation } from './platform.ts'

/** "All 12 platforms healthy", "2 degraded, 1 down". */
export function globalSentence({ counts: { red, yellow, unknown, green } }: GlobalState): string {
  const all = red + yellow + unknown + green
  if (all === 0) return 'No platforms yet'
  if (all === green) return all === 1 ? 'The platform is healthy' : `All ${all} platforms healthy`
  const parts = [yellow > 0 && `${yellow} degraded`, red > 0 && `${red} down`, unknown > 0 && `${unknown} unknown`]
  return parts.filter((part) => part !== false).join(', ')
}

/**
 * What is wrong with a platform and which check says so: "Nightly sales load: failed when last measured". Plain text, names as
 * they were typed: whoever shows it escapes it. `messageTitle` is the critical message's, when there is one.
 */
export function platformSentence(platform: PlatformEvaluation, messageTitle: string | null = null): string {
  const { reason, worst, counts } = platform
  if (reason === 'message' && messageTitle !== null) return `${reasonText.message}: ${isolated(messageTitle)}`
  if (reason === 'message' || worst === null) return reasonText[reason]
  if (platform.state === 'green') return healthySentence(counts.green, platform.unmeasured)
  const others = counts.red + counts.yellow + counts.unknown - 1
  const more = others === 0 ? '' : others === 1 ? ' (and 1 more check)' : ` (and ${others} more checks)`
  const wrong = `${isolated(worst.rule.name)}: ${lowerFirst(reasonText[reason])}`
  return wrong + (worst.evaluation.couldNotMeasure ? ', could not measure just now' : '') + more
}

function healthySentence(checks: number, unmeasured: number): string {
  if (checks === 1)
    return unmeasured === 1 ? 'The check was healthy, could not measure just now' : 'The check is healthy'
  return `All ${checks} checks healthy${unmeasured > 0 ? `, ${unmeasured} could not be measured just now` : ''}`
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

/** Hebrew to Arabic Extended-A, their presentation forms, the supplementary right-to-left blocks, and marks that turn text. */
const TURNS_TEXT =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** Right-to-left text between isolates, so that it does not turn the words around it. */
const isolated = (name: string) => (TURNS_TEXT.test(name) ? `\u2068${name}\u2069` : name)
