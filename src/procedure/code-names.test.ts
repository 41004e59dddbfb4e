import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calmAdjectives, calmNouns, codeName, longCodeName } from './code-names.ts'

const below = (seeds: readonly number[]) => {
  let next = 0
  return (n: number) => (seeds[next++ % seeds.length] ?? 0) % n
}
const anySeeds = fc.array(fc.nat(), { minLength: 1 })

test('enough plain words, none in both lists, so that no name repeats a word', () => {
  expect(calmAdjectives.length).toBeGreaterThanOrEqual(150)
  expect(calmNouns.length).toBeGreaterThanOrEqual(250)
  for (const word of [...calmAdjectives, ...calmNouns]) expect(word).toMatch(/^[a-z]{3,11}$/)
  expect(calmNouns.filter((word) => calmAdjectives.includes(word))).toEqual([])
})

test('two words, three where two collide, all different', () => {
  fc.assert(
    fc.property(anySeeds, (seeds) => {
      expect(new Set(codeName(below(seeds)).split('-')).size).toBe(2)
      expect(new Set(longCodeName(below(seeds)).split('-')).size).toBe(3)
    }),
  )
  expect(new Set(longCodeName(() => 0).split('-')).size).toBe(3)
  expect(new Set(longCodeName((n) => n - 1).split('-')).size).toBe(3)
})

test('K1: every name can come up, whatever came before', () => {
  const drawn: number[] = []
  codeName((n) => {
    drawn.push(n)
    return n - 1
  })
  expect(drawn).toEqual([calmAdjectives.length, calmNouns.length])
  expect(codeName(() => 0)).toBe(`${calmAdjectives[0]}-${calmNouns[0]}`)
})

test('a random source that leaves its range is an error', () => {
  expect(() => codeName((n) => n)).toThrow(RangeError)
})
