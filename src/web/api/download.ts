import { type EndpointName, type Endpoints, endpoints, type QueryOf } from '../../contracts/index.ts'
import { addressOf } from './address.ts'
import { noteServerTime } from './clock.ts'
import { ApiFault, faultFrom, unreachable } from './fault.ts'
import { personaHeader } from './persona.ts'

type DownloadName = { [N in EndpointName]: Endpoints[N] extends { media: readonly string[] } ? N : never }[EndpointName]

interface DownloadOptions<N extends DownloadName> {
  query: { [K in keyof QueryOf<Endpoints[N]>]: QueryOf<Endpoints[N]>[K] | undefined }
  /** When the portal does not name the file. */
  fileName: string
  /** Bytes so far, as they come. */
  onProgress?(bytes: number): void
}

/** A file may be long, but not without end. */
const TIMEOUT_MS = 5 * 60_000

/**
 * Fetches a file as the person that the page acts for, and hands it to the browser to keep. A link could not say who
 * that is. Resolves to the file's name once it is complete; a file that was cut off is not kept.
 * @throws ApiFault
 */
export async function download<N extends DownloadName>(
  name: N,
  { query, fileName, onProgress }: DownloadOptions<N>,
): Promise<string> {
  const { path, media } = endpoints[name]
  const response = await fetch(addressOf(path, {}, query), {
    headers: { accept: [...media, 'application/json'].join(', '), ...personaHeader() },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw unreachable()
  })
  noteServerTime(response.headers.get('date'), Date.now())
  if (!response.ok) {
    throw faultFrom(response.status, await response.text().catch(() => ''), response.headers.get('retry-after'))
  }
  const parts = await readAll(response, onProgress).catch(() => {
    throw new ApiFault('unreachable', 'The file was cut off before its end. Try again.')
  })
  const named = nameIn(response.headers.get('content-disposition')) ?? fileName
  keep(new Blob(parts, { type: response.headers.get('content-type') ?? '' }), named)
  return named
}

async function readAll(response: Response, onProgress?: (bytes: number) => void): Promise<BlobPart[]> {
  const parts: BlobPart[] = []
  const reader = response.body?.getReader()
  let bytes = 0
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    parts.push(next.value)
    bytes += next.value.byteLength
    onProgress?.(bytes)
  }
  return parts
}

export const nameIn = (disposition: string | null) => /filename="([^"/\\]+)"/.exec(disposition ?? '')?.[1] ?? null

function keep(file: Blob, fileName: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = fileName
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
