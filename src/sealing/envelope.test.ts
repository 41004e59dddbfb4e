import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countRecipients, MalformedEnvelope, open, openStream, seal, sealStream } from './envelope.ts'
import { newIdentity, recipientOf } from './identity.ts'

const identity = newIdentity()
const recipient = await recipientOf(identity)
const few = { numRuns: 25 }

test('whatever is sealed opens again, for every recipient', async () => {
  const other = newIdentity()
  const both = [recipient, await recipientOf(other)]
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
      const sealed = await seal(bytes, both)
      expect(await open(sealed, identity)).toEqual(bytes)
      expect(await open(sealed, other)).toEqual(bytes)
    }),
    few,
  )
})

test('any bit flipped anywhere is refused', async () => {
  const sealed = await seal(new TextEncoder().encode('what happened'), [recipient])
  await fc.assert(
    fc.asyncProperty(fc.nat(sealed.length - 1), fc.nat(7), async (byte, bit) => {
      const changed = sealed.slice()
      changed[byte] = (changed[byte] as number) ^ (1 << bit)
      await expect(open(changed, identity)).rejects.toThrow()
    }),
    { numRuns: 200 },
  )
})

test('what is cut short is refused, also in a stream', async () => {
  const sealed = await seal(new Uint8Array(200_000), [recipient])
  await expect(open(sealed.subarray(0, sealed.length - 1), identity)).rejects.toThrow()
  const cut = new Blob([sealed.slice(0, 130_000)]).stream() as ReadableStream<Uint8Array>
  const opened = await openStream(cut, identity)
  await expect(
    new Response(opened as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer(),
  ).rejects.toThrow()
})

test('a stream is sealed as it flows and opens to the same bytes', async () => {
  const bytes = crypto.getRandomValues(new Uint8Array(60_000))
  const source = new Blob([bytes, bytes, bytes]).stream() as ReadableStream<Uint8Array>
  const opened = await openStream(await sealStream(source, [recipient]), identity)
  const back = new Uint8Array(
    await new Response(opened as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer(),
  )
  expect(back).toEqual(new Uint8Array([...bytes, ...bytes, ...bytes]))
})

test('nobody else can open it', async () => {
  const sealed = await seal(new Uint8Array(10), [recipient])
  await expect(open(sealed, newIdentity())).rejects.toThrow()
})

test('a recipient of another kind is refused before anything is sealed', async () => {
  const weaker = await identityToRecipient(await generateX25519Identity())
  await expect(seal(new Uint8Array(1), [recipient, weaker])).rejects.toThrow(MalformedEnvelope)
  await expect(seal(new Uint8Array(1), [])).rejects.toThrow(MalformedEnvelope)
})

test('the outside of an envelope tells how many can open it, and refuses every other kind', async () => {
  const { Encrypter } = await import('age-encryption')
  expect(countRecipients(await seal(new Uint8Array(1), [recipient]))).toBe(1)
  expect(countRecipients(await seal(new Uint8Array(1), [recipient, recipient]))).toBe(2)
  const weaker = new Encrypter()
  weaker.addRecipient(await identityToRecipient(await generateX25519Identity()))
  const sealedWeaker = await weaker.encrypt('x')
  const passphrase = new Encrypter()
  passphrase.setScryptWorkFactor(10)
  passphrase.setPassphrase('a passphrase')
  const sealedPassphrase = await passphrase.encrypt('x')
  const sealed = await seal(new Uint8Array(1), [recipient])
  const changed = (at: number, byte: string): Uint8Array => Buffer.from(sealed).fill(byte, at, at + 1)
  const [stanza, body] = [sealed.indexOf(10) + 1, sealed.indexOf(10, sealed.indexOf(10) + 1) + 1]
  for (const bad of [
    new Uint8Array(0),
    new Uint8Array(100),
    sealedWeaker,
    sealedPassphrase,
    changed(0, 'b'),
    changed(stanza + 3, 'M'),
    changed(stanza + 100, '-'),
    Buffer.concat([sealed.subarray(0, body - 2), sealed.subarray(body - 1)]),
    sealed.subarray(0, body),
  ])
    expect(() => countRecipients(bad)).toThrow(MalformedEnvelope)
})

test('the check of the outside never throws anything but MalformedEnvelope, whatever it is given', async () => {
  const sealed = await seal(new Uint8Array(1), [recipient])
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(sealed.length), (junk, at) => {
      for (const input of [junk, Buffer.concat([sealed.subarray(0, at), junk])])
        try {
          countRecipients(input)
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedEnvelope)
        }
    }),
  )
})
