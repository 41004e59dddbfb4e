import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { openStream, sealStream } from './envelope.ts'
import { partsOf } from './parts.ts'

/** What a record says of a file, so that whoever opens it knows that it is the one that was sent. */
export interface FileFacts {
  /** Bytes of the file itself. */
  readonly size: number
  /** SHA-256 of the file itself, hex. */
  readonly sha256: string
}

/** The file holds more bytes than it may. */
export class FileTooLarge extends Error {
  override name = 'FileTooLarge'
}

/** The file that was opened is not the one its record names. */
export class FileDiffers extends Error {
  override name = 'FileDiffers'
}

/** A file being sealed. */
export interface SealingFile {
  /** Its sealed parts, in order, made while the file is read. Throws {@link FileTooLarge} once too much was read. */
  readonly parts: AsyncGenerator<Uint8Array>
  /** What to write in the record; known once all parts were taken. */
  facts(): FileFacts
}

/**
 * Seals a file while it is read, holding no more of it than a part or two.
 *
 * @param plain - the file's bytes.
 * @param recipients - the epoch's recipient, and the reporter's where the reporter may read it.
 * @param most - the most bytes the file may have.
 */
export async function sealFile(
  plain: ReadableStream<Uint8Array>,
  recipients: readonly string[],
  most: number,
): Promise<SealingFile> {
  const hash = sha256.create()
  let size = 0
  const measured = plain.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, out) {
        size += chunk.length
        if (size > most) throw new FileTooLarge(`The file is larger than ${most} bytes.`)
        hash.update(chunk)
        out.enqueue(chunk)
      },
    }),
  )
  const sealed = await sealStream(measured, recipients)
  return {
    parts: partsOf(sealed),
    facts: () => ({ size, sha256: bytesToHex(hash.clone().digest()) }),
  }
}

/**
 * Opens a sealed file whole and checks that it is the one its record names.
 *
 * @throws {FileDiffers} if it is another, or whatever {@link openStream} throws if it was changed or cut.
 */
export async function openFile(
  sealed: ReadableStream<Uint8Array>,
  identity: string,
  expected: FileFacts,
): Promise<Uint8Array> {
  const plain = new Uint8Array(await new Response(await openStream(sealed, identity)).arrayBuffer())
  if (plain.length !== expected.size || bytesToHex(sha256(plain)) !== expected.sha256)
    throw new FileDiffers('This is another file than the one the record names.')
  return plain
}
