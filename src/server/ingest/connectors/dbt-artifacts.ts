import type { SourceOf } from '../../../contracts/sources.ts'
import { parseJson } from '../../outbound/json.ts'
import { OutboundError } from '../../outbound/outbound-error.ts'
import type { CheckToPoll, Connector, Reading } from '../connector.ts'
import { GuardedError, type GuardedOptions, guardedGet } from '../guarded-get.ts'
import { pollEach } from '../polling.ts'
import { readArtifactFile } from './dbt-file.ts'
import { readRunResults, readSources } from './dbt-results.ts'

const TIMEOUT_MS = 20_000
/** Run results of a large project are some megabytes. */
export const ARTIFACT_BYTES_MAX = 32 * 1024 * 1024

export interface DbtSettings extends Pick<GuardedOptions, 'allowPrivate' | 'clock' | 'lookup' | 'ca'> {
  /** The only folder that files are read from; null reads none. */
  dir: string | null
  timeoutMs?: number
}

/** One read per artifact, however many of its nodes are checked. */
export const dbtArtifacts = (settings: DbtSettings): Connector<'dbt_artifacts'> => ({
  name: 'dbt_artifacts',
  poll: (checks, context) =>
    pollEach(checks, context, {
      key: (check) => check.source.location,
      ask: (check, signal) => readArtifact(check.source, settings, signal),
      read: (artifact, check) => readChecked(artifact, check, context.now),
    }),
})

function readChecked(artifact: unknown, { source, kind }: CheckToPoll<'dbt_artifacts'>, now: number): Reading {
  const read = source.artifact === 'sources' ? readSources : readRunResults
  return read(artifact, { kind, uniqueId: source.unique_id ?? null, now })
}

async function readArtifact(
  { location }: SourceOf<'dbt_artifacts'>,
  settings: DbtSettings,
  signal: AbortSignal,
): Promise<unknown> {
  const body = /^https?:\/\//i.test(location)
    ? await download(location, settings, signal)
    : await readArtifactFile(settings.dir, location, ARTIFACT_BYTES_MAX, signal)
  try {
    return parseJson(new TextDecoder('utf-8').decode(body))
  } catch {
    throw new OutboundError('bad_answer', 'The artifact is not JSON.')
  }
}

async function download(url: string, settings: DbtSettings, signal: AbortSignal): Promise<Uint8Array> {
  if (!URL.canParse(url)) throw new OutboundError('bad_answer', 'The location is not a URL.')
  const answer = await guardedGet(url, {
    ...settings,
    signal,
    timeoutMs: settings.timeoutMs ?? TIMEOUT_MS,
    bytesMax: ARTIFACT_BYTES_MAX,
  }).catch((error: unknown) => {
    if (!(error instanceof GuardedError)) throw error
    throw new OutboundError(error.reason === 'timeout' ? 'timeout' : 'unreachable', error.message, { cause: error })
  })
  if (answer.status !== 200) {
    throw new OutboundError(
      answer.status === 404 ? 'not_found' : 'bad_answer',
      `The artifact's server said ${answer.status}.`,
    )
  }
  if (!answer.isWhole)
    throw new OutboundError('bad_answer', `The artifact is larger than ${ARTIFACT_BYTES_MAX >> 20} MiB.`)
  return answer.body
}
