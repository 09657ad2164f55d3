import type { SourceOf } from '../../../contracts/sources.ts'
import { field, instant } from '../../outbound/answer.ts'
import { parseJson } from '../../outbound/json.ts'
import type { CheckToPoll, Connector, Reading } from '../connector.ts'
import { type GuardedAnswer, GuardedError, type GuardedOptions, guardedGet } from '../guarded-get.ts'
import { pollEach } from '../polling.ts'
import { bad, good, type Kind, unmeasured } from '../reading.ts'

const TIMEOUT_MS = 10_000
const TIMEOUT_MS_MAX = 60_000
/** More of a body is not read; a JSON path needs the whole of it. */
const BODY_BYTES_MAX = 1024 * 1024
const DAY_MS = 86_400_000

export interface ProbeSettings extends Pick<GuardedOptions, 'allowPrivate' | 'clock' | 'lookup' | 'ca'> {
  timeoutMs?: number
}

/** One GET per check, each its own: two checks of one URL may want different things from it. */
export const httpProbe = (settings: ProbeSettings): Connector<'http'> => ({
  name: 'http',
  poll: (checks, context) =>
    pollEach(checks, context, {
      key: (check) => check.id,
      ask: (check, signal) => probe(check.source, settings, signal),
      read: (answer, check) => readProbe(answer, check, context.now),
    }),
})

async function probe(
  source: SourceOf<'http'>,
  settings: ProbeSettings,
  signal: AbortSignal,
): Promise<GuardedAnswer | GuardedError> {
  // A slow answer that is still within its limits must not be cut short.
  const patience = Math.max(source.latency_warn_ms ?? 0, source.latency_crit_ms ?? 0)
  const timeoutMs = Math.max(settings.timeoutMs ?? TIMEOUT_MS, Math.min(patience, TIMEOUT_MS_MAX))
  try {
    return await guardedGet(source.url, { ...settings, signal, timeoutMs, bytesMax: BODY_BYTES_MAX })
  } catch (error) {
    if (error instanceof GuardedError) return error
    throw error
  }
}

type Probed = Pick<CheckToPoll<'http'>, 'kind' | 'source'>
/** One thing looked at; the worst decides. */
interface Finding {
  level: 'red' | 'yellow'
  message: string
}

export function readProbe(answer: GuardedAnswer | GuardedError, check: Probed, now: number): Reading {
  if (answer instanceof GuardedError) return readNoAnswer(answer, check.kind)
  const { source, kind } = check
  if (source.certificate_warn_days !== undefined && answer.certificateEndsAt === null) {
    return unmeasured('There is no certificate to look at: the URL is not https.')
  }
  if (source.json_path !== undefined && !answer.isWhole) {
    return unmeasured(`The answer is longer than ${BODY_BYTES_MAX >> 20} MiB, so nothing was read out of it.`)
  }
  const json = source.json_path === undefined ? undefined : valueAt(answer.body, source.json_path)
  const findings = [
    judgeStatus(answer.status, source),
    judgeLatency(answer.latencyMs, source),
    judgeJson(json, source),
    judgeCertificate(answer.certificateEndsAt, source, now),
  ].filter((finding) => finding !== null)
  const value = observed(answer, json, kind)
  const red = findings.filter((finding) => finding.level === 'red')
  if (red.length > 0) return bad(kind, said(red), { value })
  const dataTime = json === undefined ? null : instant(json)
  return good(kind, findings.length > 0 ? 'yellow' : 'green', { value, message: said(findings), dataTime })
}

const said = (findings: readonly Finding[]) => findings.map((finding) => finding.message).join(' ')

function readNoAnswer({ reason, message }: GuardedError, kind: Kind): Reading {
  const isTheirs = reason === 'timeout' || reason === 'unreachable' || reason === 'certificate'
  return isTheirs ? bad(kind, message, { value: reason }) : unmeasured(message)
}

function judgeStatus(status: number, { statuses }: SourceOf<'http'>): Finding | null {
  const isExpected = statuses === undefined ? status >= 200 && status <= 299 : statuses.includes(status)
  return isExpected ? null : { level: 'red', message: `The status is ${status}.` }
}

function judgeLatency(ms: number, { latency_warn_ms: warn, latency_crit_ms: crit }: SourceOf<'http'>): Finding | null {
  if (crit !== undefined && ms > crit) return { level: 'red', message: `It took ${ms} ms, over ${crit} ms.` }
  if (warn !== undefined && ms > warn) return { level: 'yellow', message: `It took ${ms} ms, over ${warn} ms.` }
  return null
}

function judgeJson(value: unknown, { json_path: path, json_equals: wanted }: SourceOf<'http'>): Finding | null {
  if (path === undefined) return null
  if (value === undefined || value === null) {
    return { level: 'red', message: `The answer holds nothing at ${path}, or is not JSON.` }
  }
  if (wanted === undefined || asText(value) === wanted) return null
  return { level: 'red', message: `${path} is "${asText(value).slice(0, 100)}", not "${wanted}".` }
}

function judgeCertificate(
  endsAt: number | null,
  { certificate_warn_days: warnDays }: SourceOf<'http'>,
  now: number,
): Finding | null {
  if (endsAt === null || warnDays === undefined || endsAt - now > warnDays * DAY_MS) return null
  if (endsAt <= now) return { level: 'red', message: 'The certificate has ended.' }
  return { level: 'yellow', message: `The certificate ends in ${Math.floor((endsAt - now) / DAY_MS)} days.` }
}

/** Undefined when there is nothing there or the body is not JSON. A number in the path is a place in a list. */
function valueAt(body: Uint8Array, path: string): unknown {
  try {
    return field(parseJson(new TextDecoder('utf-8').decode(body)), ...path.split('.'))
  } catch {
    return undefined
  }
}

/** Lists and objects have no text worth comparing. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return '(a list)'
  return typeof value === 'object' ? '(an object)' : String(value)
}

function observed(answer: GuardedAnswer, json: unknown, kind: Kind): string {
  if (json !== undefined && json !== null) return asText(json)
  return kind === 'latency' ? `${answer.latencyMs} ms` : String(answer.status)
}
