import { expect, it } from 'vitest'
import { recoveryWords } from '../../sealing/unlocker.ts'
import { isWord, newKit, placesToConfirm } from './kit.ts'
import { passphraseStrength, suggestPassphrase } from './passphrase-rule.ts'

it('asks for two different words of a kit, whatever is drawn', () => {
  for (let first = 0; first < recoveryWords; first++)
    for (let step = 0; step < recoveryWords - 1; step++) {
      const drawn = [first / recoveryWords + 0.001, step / (recoveryWords - 1) + 0.001]
      const [a, b] = placesToConfirm(() => drawn.shift() ?? 0)
      expect(a).toBeLessThan(b)
      expect(b).toBeLessThan(recoveryWords)
    }
})

it('takes a word however it is typed, and no other', () => {
  expect(newKit()).toHaveLength(recoveryWords)
  expect(isWord(' Utopia ', 'utopia')).toBe(true)
  expect(isWord('utopian', 'utopia')).toBe(false)
  expect(isWord('', undefined)).toBe(false)
})

it('judges a passphrase by its length alone, and suggests strong ones', () => {
  expect(passphraseStrength('                                  ')).toBe('short')
  expect(passphraseStrength('fifteen letters')).toBe('short')
  expect(passphraseStrength('sixteen letters!')).toBe('enough')
  expect(suggestPassphrase().split(' ')).toHaveLength(6)
  for (let i = 0; i < 50; i++) expect(passphraseStrength(suggestPassphrase())).not.toBe('short')
})
