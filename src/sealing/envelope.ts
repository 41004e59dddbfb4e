import { Decrypter, Encrypter } from 'age-encryption'
import { isHybridRecipient } from './identity.ts'

/** The bytes are not an age file sealed to hybrid recipients alone; `message` says what is wrong. */
export class MalformedEnvelope extends Error {
  override name = 'MalformedEnvelope'
}

const versionLine = 'age-encryption.org/v1'
const headerLimit = 64 * 1024

function encrypterFor(recipients: readonly string[]): Encrypter {
  if (recipients.length === 0) throw new MalformedEnvelope('There is nobody to seal this to.')
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    if (!isHybridRecipient(recipient))
      throw new MalformedEnvelope('Only hybrid (age1pq…) recipients are accepted.')
    encrypter.addRecipient(recipient)
  }
  return encrypter
}

/**
 * Seals bytes to every one of the recipients.
 *
 * @param plaintext - what is sealed; pad it first, since its length shows.
 * @param recipients - hybrid recipients (`age1pq1…`), at least one.
 * @returns a binary age v1 file.
 * @throws {MalformedEnvelope} if there is no recipient or one is of another kind.
 */
export async function seal(plaintext: Uint8Array, recipients: readonly string[]): Promise<Uint8Array> {
  return encrypterFor(recipients).encrypt(plaintext)
}

/** Like {@link seal}, for a stream: what comes out is readable while what goes in is still being read. */
export async function sealStream(
  plaintext: ReadableStream<Uint8Array>,
  recipients: readonly string[],
): Promise<ReadableStream<Uint8Array>> {
  return encrypterFor(recipients).encrypt(plaintext)
}

/**
 * Opens a sealed file.
 *
 * @param sealed - a binary age v1 file.
 * @param identity - a hybrid identity (`AGE-SECRET-KEY-PQ-1…`).
 * @throws if it is malformed, was changed in any bit, or is not sealed to this identity.
 */
export async function open(sealed: Uint8Array, identity: string): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return decrypter.decrypt(sealed)
}

/** Like {@link open}, for a stream: the result errors where the input was changed or cut. */
export async function openStream(
  sealed: ReadableStream<Uint8Array>,
  identity: string,
): Promise<ReadableStream<Uint8Array>> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return decrypter.decrypt(sealed)
}

/**
 * Checks the outside of an envelope without any key: that it is an age v1 file whose every stanza is a hybrid
 * one, and how many there are. The server refuses with this what it cannot read.
 *
 * @param sealed - a whole envelope, or at least its header.
 * @returns the number of recipients.
 * @throws {MalformedEnvelope} naming what is wrong.
 */
export function countRecipients(sealed: Uint8Array): number {
  const lines = headerLines(sealed)
  if (lines.next().value !== versionLine) throw new MalformedEnvelope('This is not an age v1 file.')
  let recipients = 0
  for (const line of lines) {
    if (line.startsWith('--- ')) {
      if (recipients === 0) throw new MalformedEnvelope('The envelope has no recipient.')
      return recipients
    }
    if (!line.startsWith('-> ')) continue
    if (!/^-> mlkem768x25519 [A-Za-z0-9+/]{1494}$/.test(line))
      throw new MalformedEnvelope('Only hybrid (age1pq…) recipients are accepted.')
    recipients += 1
  }
  throw new MalformedEnvelope('The header of the envelope does not end.')
}

function* headerLines(sealed: Uint8Array): Generator<string, undefined> {
  const decoder = new TextDecoder('latin1')
  let start = 0
  while (start < sealed.length && start < headerLimit) {
    const end = sealed.indexOf(10, start)
    if (end < 0) return
    yield decoder.decode(sealed.subarray(start, end))
    start = end + 1
  }
}
