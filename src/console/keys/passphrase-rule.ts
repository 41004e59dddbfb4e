import { drawWords } from '../../sealing/words.ts'

/** Words of a passphrase we suggest: 6 × 12.9 = 77 bits, behind Argon2id. */
const suggestedWords = 6

/** Fewest characters of a passphrase. Length is the only rule: it is what counts, and what people can follow. */
export const shortestPassphrase = 16

export type PassphraseStrength = 'short' | 'enough' | 'strong'

/** How strong a passphrase is, by its length in characters (white space around it does not count). */
export function passphraseStrength(passphrase: string): PassphraseStrength {
  const length = [...passphrase.trim()].length
  if (length < shortestPassphrase) return 'short'
  return length < 24 ? 'enough' : 'strong'
}

/** A new passphrase of six random words. */
export const suggestPassphrase = (): string => drawWords(suggestedWords).join(' ')
