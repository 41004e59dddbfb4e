import { describe, expect, test } from 'vitest'
import { alertReaders, openAlertWords, sealAlertWords } from './alert-words.ts'
import type { Directory } from './directory.ts'
import { countRecipients } from './envelope.ts'
import { newKeyring, publicKeysOf } from './keyring.ts'

describe('words of an alert', async () => {
  const people = await Promise.all(
    ['pat', 'sam', 'gus', 'olu', 'rex'].map(async (id) => {
      const keyring = newKeyring()
      return { id, keyring, keys: await publicKeysOf(keyring) }
    }),
  )
  const directory = {
    members: new Map(
      people.map(({ id, keys }) => [
        id,
        { id, ...keys, active: id !== 'rex', standing: id === 'olu' ? 'organizer' : 'member' },
      ]),
    ),
    head: '',
    recovery: null,
  } as unknown as Directory
  const identity = (id: string): string => people.find((one) => one.id === id)?.keyring.identity as string

  test('K1: are for the committee without whoever is involved, and for nobody else', async () => {
    const readers = alertReaders(directory, { involved: ['gus'], offered: ['pat', 'sam', 'gus'] })
    expect(readers).toEqual(['pat', 'sam'])
    expect(alertReaders(directory, { involved: ['gus'], offered: ['pat', 'gus'] })).toEqual(['pat'])
    expect(alertReaders(directory, { involved: [], offered: [] })).toEqual(['pat', 'sam', 'gus'])
    const sealed = await sealAlertWords('chipy', 'He follows me.', directory, readers)
    expect(countRecipients(sealed)).toBe(2)
    expect(await openAlertWords(sealed, identity('pat'), 'chipy')).toBe('He follows me.')
    for (const id of ['gus', 'olu', 'rex'])
      await expect(openAlertWords(sealed, identity(id), 'chipy')).rejects.toThrow()
    await expect(openAlertWords(sealed, identity('pat'), 'elsewhere')).rejects.toThrow('do not belong')
  })

  test('their length does not show', async () => {
    const [short, long] = await Promise.all(
      ['a', 'a'.repeat(900)].map((text) => sealAlertWords('chipy', text, directory, ['pat'])),
    )
    expect(short?.length).toBe(long?.length)
  })

  test('K4: are never sealed to somebody who has left', async () => {
    await expect(sealAlertWords('chipy', 'a', directory, ['rex'])).rejects.toThrow('vouches')
  })
})
