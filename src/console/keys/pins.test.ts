import { describe, expect, it } from 'vitest'
import { community, entering } from '../../../test/support/console-case.ts'
import { DirectoryBroken } from '../../sealing/directory.ts'
import { checkDirectory, pinDirectory } from './pins.ts'

const pins = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  }
}

describe('a key directory', () => {
  it('is pinned when it is first seen, and again as it grows', async () => {
    const { pat, sam, directory } = await community()
    const store = pins()
    const two = directory.entries.slice(0, 2)
    expect(checkDirectory(directory.id, two, store).since).toBe('first')
    expect(checkDirectory(directory.id, two, store).since).toBe('same')
    expect(checkDirectory(directory.id, directory.entries, store).since).toBe('extended')
    expect(checkDirectory(directory.id, directory.entries, store).since).toBe('same')
    expect(pat.id).not.toBe(sam.id)
  })

  it('is not trusted once what was seen before is gone, until somebody says so', async () => {
    const { pat, gus, directory } = await community()
    const store = pins()
    checkDirectory(directory.id, directory.entries, store)
    // As valid as the true one, but without what this browser has seen.
    const forked = [
      directory.entries[0] as never,
      entering(directory.id, directory.entries.slice(0, 1), pat, gus),
    ]
    const checked = checkDirectory(directory.id, forked, store)
    expect(checked.since).toBe('replaced')
    expect(checkDirectory(directory.id, forked, store).since).toBe('replaced')
    const shorter = checkDirectory(directory.id, directory.entries.slice(0, 2), store)
    expect(shorter.since).toBe('replaced')
    pinDirectory(directory.id, checked, store)
    expect(checkDirectory(directory.id, forked, store).since).toBe('same')
  })

  it('is refused with an entry that nobody in it vouched for', async () => {
    const { directory } = await community()
    const outsider = await community()
    const forged = entering(directory.id, directory.entries, outsider.pat, outsider.sam)
    expect(() => checkDirectory(directory.id, [...directory.entries, forged], pins())).toThrow(
      DirectoryBroken,
    )
  })
})
