import type { FileRef } from '../procedure/records.ts'
import { limits } from '../procedure/records.ts'
import { type SealingFile, sealFile } from '../sealing/evidence.ts'
import type { Begun } from './api.ts'
import { type Line, RefusedByServer, request, requestJson } from './request.ts'

/** Evidence on its way: sealed and sent part by part, so that a broken connection costs no more than one. */
export interface Upload {
  /**
   * Sends what is not yet sent. After an error it can be called again and goes on where it was.
   *
   * @param progress - told the bytes of the file that are safe with the server.
   * @returns what the record says of the file, and what proves that it is ours.
   */
  run(line: Line, progress: (sent: number) => void): Promise<Uploaded>
}

export interface Uploaded {
  readonly ref: FileRef
  readonly upload: string
  readonly token: string
}

/**
 * Prepares the upload of a file.
 *
 * @param file - as it was chosen; read once, as a stream.
 * @param recipients - to whom it is sealed.
 * @throws what reading it throws, from `run`.
 */
export function uploadOf(community: string, file: File, recipients: readonly string[]): Upload {
  let begun: Begun | null = null
  let sealing: SealingFile | null = null
  let waiting: Uint8Array | null = null
  let part = 0
  let sealedBytes = 0
  let finished: Uploaded | null = null

  async function run(line: Line, progress: (sent: number) => void): Promise<Uploaded> {
    if (finished) return finished
    begun ??= await requestJson<Begun>(line, `/communities/${community}/uploads`, { method: 'POST' })
    const { upload, token } = begun
    const headers = { authorization: `Upload ${token}` }
    sealing ??= await sealFile(file.stream(), recipients, limits.fileBytes)
    for (;;) {
      waiting ??= (await sealing.parts.next()).value ?? null
      if (waiting === null) break
      await sendPart(line, upload, part, waiting, headers)
      sealedBytes += waiting.length
      part += 1
      waiting = null
      progress(Math.min(sealedBytes, file.size))
    }
    await requestJson(line, `/uploads/${upload}/complete`, {
      method: 'POST',
      headers,
      body: { parts: part, size: sealedBytes },
    })
    const ref = { upload, name: nameOf(file), type: typeOf(file), ...sealing.facts() }
    finished = { ref, upload, token }
    return finished
  }
  return { run }
}

/** A part that arrived although its answer did not is not sent again. */
async function sendPart(
  line: Line,
  upload: string,
  part: number,
  bytes: Uint8Array,
  headers: Record<string, string>,
): Promise<void> {
  let broken = false
  const watched: Line = {
    ...line,
    fetch: async (address, init) => {
      if (broken) {
        const state = await line.fetch(`/api/v1/uploads/${upload}`, { headers })
        if (state.ok && ((await state.json()) as { parts: number[] }).parts.includes(part))
          return new Response(null, { status: 204 })
      }
      broken = true
      return line.fetch(address, init)
    },
  }
  await request(watched, `/uploads/${upload}/parts/${part}`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: bytes as Uint8Array<ArrayBuffer>,
  })
}

/** Whether the server knows nothing of an upload any more: it has to begin anew. */
export const isGone = (error: unknown): boolean =>
  error instanceof RefusedByServer && ['not-found', 'file-incomplete', 'part-mismatch'].includes(error.code)

const nameOf = ({ name }: File): string => name.toWellFormed().trim().slice(0, limits.fileName) || 'file'
const typeOf = ({ type }: File): string => type.trim().slice(0, limits.fileName) || 'application/octet-stream'
