import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { randomBytes } from './bytes.ts'
import { FileDiffers, FileTooLarge, openFile, sealFile } from './evidence.ts'
import { newIdentity, recipientOf } from './identity.ts'
import { partSize } from './parts.ts'

const identity = newIdentity()
const recipient = await recipientOf(identity)

const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array> =>
  new Blob([new Uint8Array(bytes)]).stream() as ReadableStream<Uint8Array>

async function sealed(bytes: Uint8Array, most = bytes.length) {
  const file = await sealFile(streamOf(bytes), [recipient], most)
  const parts: Uint8Array[] = []
  for await (const part of file.parts) parts.push(part)
  return { parts, facts: file.facts() }
}

test.each([0, 1, 65_536, 3 * partSize + 17])('a file of %i bytes comes back as it went in', async (size) => {
  const bytes =
    size < 65_536
      ? randomBytes(size)
      : Buffer.concat(Array.from({ length: Math.ceil(size / 65_536) }, () => randomBytes(65_536))).subarray(
          0,
          size,
        )
  const { parts, facts } = await sealed(bytes)
  expect(facts).toEqual({ size, sha256: createHash('sha256').update(bytes).digest('hex') })
  expect(parts.slice(0, -1).every(({ length }) => length === partSize)).toBe(true)
  const opened = await openFile(streamOf(Buffer.concat(parts)), identity, facts)
  expect(Buffer.compare(opened, bytes)).toBe(0)
})

test('a file larger than it may be is refused while it is read', async () => {
  await expect(sealed(randomBytes(1001), 1000)).rejects.toThrow(FileTooLarge)
})

test('another file, a changed one and a cut one are refused', async () => {
  const bytes = randomBytes(50_000)
  const { parts, facts } = await sealed(bytes)
  const whole = Buffer.concat(parts)
  const other = await sealed(randomBytes(50_000))
  await expect(openFile(streamOf(Buffer.concat(other.parts)), identity, facts)).rejects.toThrow(FileDiffers)
  const changed = Buffer.from(whole)
  changed[whole.length - 100] = (changed[whole.length - 100] ?? 0) ^ 1
  await expect(openFile(streamOf(changed), identity, facts)).rejects.toThrow()
  await expect(openFile(streamOf(whole.subarray(0, -20)), identity, facts)).rejects.toThrow()
})
