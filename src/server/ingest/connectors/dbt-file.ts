import { readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { field } from '../../outbound/answer.ts'
import { asCode, OutboundError } from '../../outbound/outbound-error.ts'

/**
 * Reads a file inside the one folder that may be read. The real path decides, so neither `..` nor a link leads out.
 * @throws OutboundError
 */
export async function readArtifactFile(
  dir: string | null,
  location: string,
  bytesMax: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (dir === null) throw new OutboundError('not_found', 'Files cannot be read: set DBT_ARTIFACTS_DIR.')
  try {
    const folder = await realpath(dir)
    const named = path.resolve(folder, location)
    // Asked before the file system is: what exists outside is not told.
    if (!isInside(folder, named)) throw outside()
    const file = await realpath(named)
    if (!isInside(folder, file)) throw outside()
    return await readAtMost(file, bytesMax, signal)
  } catch (error) {
    throw error instanceof OutboundError ? error : unreadable(error)
  }
}

function isInside(folder: string, file: string): boolean {
  const way = path.relative(folder, file)
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way)
}

async function readAtMost(file: string, bytesMax: number, signal: AbortSignal): Promise<Uint8Array> {
  // Looked at before it is opened: opening a pipe would wait for its writer.
  const about = await stat(file)
  if (!about.isFile()) throw new OutboundError('bad_answer', 'The location is not a file.')
  if (about.size > bytesMax) throw new OutboundError('bad_answer', `The artifact is larger than ${bytesMax >> 20} MiB.`)
  return readFile(file, { signal })
}

const outside = () => new OutboundError('not_found', 'The location lies outside DBT_ARTIFACTS_DIR.')

function unreadable(error: unknown): OutboundError {
  const code = asCode(field(error, 'code')) ?? 'no code'
  return new OutboundError(code === 'ENOENT' ? 'not_found' : 'unreachable', `The artifact cannot be read (${code}).`)
}
