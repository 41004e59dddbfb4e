import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomBytes } from '../sealing/bytes.ts'
import { loadServerKey, serverKey } from './server-key.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-key-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('what is sealed is opened by the same key alone', () => {
  const [key, other] = [serverKey(randomBytes(32)), serverKey(randomBytes(32))]
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
      const sealed = key.seal(text)
      expect(key.open(sealed)).toBe(text)
      expect(() => other.open(sealed)).toThrow()
    }),
  )
})

test('the same text is sealed to other bytes each time, and shows in none', () => {
  const key = serverKey(randomBytes(32))
  const [one, two] = [key.seal('pat@example.org'), key.seal('pat@example.org')]
  expect(Buffer.from(one).equals(two)).toBe(false)
  expect(Buffer.from(one).toString('latin1')).not.toContain('example')
})

test('any bit changed, or cut, is refused', () => {
  const key = serverKey(randomBytes(32))
  const sealed = key.seal('pat@example.org')
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Uint8Array.from(sealed)
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
    expect(() => key.open(changed)).toThrow()
  }
  for (let length = 0; length < sealed.length; length += 1)
    expect(() => key.open(sealed.subarray(0, length))).toThrow()
})

test('a disguise is the same for the same text and key, and tells nothing to another key', () => {
  const secret = randomBytes(32)
  expect(serverKey(secret).disguise('pat')).toBe(serverKey(secret).disguise('pat'))
  expect(serverKey(secret).disguise('pat')).not.toBe(serverKey(secret).disguise('sam'))
  expect(serverKey(secret).disguise('pat')).not.toBe(serverKey(randomBytes(32)).disguise('pat'))
  expect(serverKey(secret).disguise('pat')).toMatch(/^[0-9a-f]{64}$/)
})

test('the first start makes the key, for its owner’s eyes only, and later ones find it', async () => {
  const dataDir = join(folder, 'fresh')
  const sealed = (await loadServerKey(undefined, dataDir)).seal('x')
  expect((await loadServerKey(undefined, dataDir)).open(sealed)).toBe('x')
  const path = join(dataDir, 'server.key')
  expect(await readdir(dataDir)).toEqual(['server.key'])
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(Buffer.from(await readFile(path, 'utf8'), 'base64')).toHaveLength(32)
})

test('several that start at once have the same one', async () => {
  const keys = await Promise.all(
    Array.from({ length: 8 }, () => loadServerKey(undefined, join(folder, 'at-once'))),
  )
  const sealed = keys[0]?.seal('x') as Uint8Array
  for (const key of keys) expect(key.open(sealed)).toBe('x')
})

test('a key that is given is used, and no file is made', async () => {
  const dataDir = join(folder, 'given')
  const given = Buffer.from(randomBytes(32)).toString('base64')
  const sealed = (await loadServerKey(given, dataDir)).seal('x')
  expect(serverKey(Buffer.from(given, 'base64')).open(sealed)).toBe('x')
  await expect(stat(dataDir)).rejects.toThrow()
})

test('a key that is none is refused, and told by its place, not by what it is', async () => {
  await expect(loadServerKey('hunter2', folder)).rejects.toThrow(/^SERVER_KEY must hold 32 bytes/)
  await writeFile(join(folder, 'server.key'), 'hunter2\n')
  const failure = await loadServerKey(undefined, folder).catch((error: Error) => error.message)
  expect(failure).toMatch(/server\.key must hold 32 bytes/)
  expect(failure).not.toContain('hunter2')
})
