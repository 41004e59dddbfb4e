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
  let start = sealed.indexOf(newline) + 1
  if (start !== versionLine.length + 1 || !hasAt(sealed, 0, versionLine))
    throw new MalformedEnvelope('This is not an age v1 file.')
  for (let recipients = 0; start < headerLimit; ) {
    const end = sealed.indexOf(newline, start)
    if (end < 0) break
    if (hasAt(sealed, start, '--- ')) {
      if (recipients === 0) throw new MalformedEnvelope('The envelope has no recipient.')
      return recipients
    }
    if (hasAt(sealed, start, '-> ')) {
      if (!hasAt(sealed, start, hybridStanza) || !isBase64(sealed, start + hybridStanza.length, end))
        throw new MalformedEnvelope('Only hybrid (age1pq…) recipients are accepted.')
      recipients += 1
    }
    start = end + 1
  }
  throw new MalformedEnvelope('The header of the envelope does not end.')
}

const newline = 10
const hybridStanza = '-> mlkem768x25519 '
/** An encapsulated key of 1120 bytes in base64 without padding. */
const hybridArgument = 1494

/** Whether ASCII text stands at a place. */
function hasAt(bytes: Uint8Array, place: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1)
    if (bytes[place + index] !== text.charCodeAt(index)) return false
  return true
}

function isBase64(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== hybridArgument) return false
  for (let index = start; index < end; index += 1) if (!base64[bytes[index] as number]) return false
  return true
}

const base64 = Uint8Array.from({ length: 256 }, (_, code) =>
  Number(/[A-Za-z0-9+/]/.test(String.fromCharCode(code))),
)
