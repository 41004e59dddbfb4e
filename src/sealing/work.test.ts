import { sha256 } from '@noble/hashes/sha2.js'
import { expect, test } from 'vitest'
import { utf8 } from './bytes.ts'
import { proveWork, workIsDone } from './work.ts'

test('work is done when a hash begins with as many zero bits as are asked for', () => {
  const hash = new Uint8Array([0, 0b0001_0000, 255])
  for (let bits = 0; bits <= 11; bits += 1) expect(workIsDone(hash, bits)).toBe(true)
  expect(workIsDone(hash, 12)).toBe(false)
  expect(workIsDone(new Uint8Array([128]), 1)).toBe(false)
  expect(workIsDone(new Uint8Array([0]), 8)).toBe(true)
})

test('a proof is for its challenge alone, and is found', () => {
  const proof = proveWork('some.challenge', 10)
  expect(proof).toMatch(/^some\.challenge:\d+$/)
  expect(workIsDone(sha256(utf8(proof)), 10)).toBe(true)
  const [, nonce] = proof.split(':')
  const others = Array.from({ length: 20 }, (_, index) => `other.${index}:${nonce}`)
  expect(others.every((other) => workIsDone(sha256(utf8(other)), 10))).toBe(false)
})
