import { effLong } from './eff-long.ts'

/** What is wrong with a code of words that nothing was found for. */
export type Mistake =
  | { readonly what: 'length'; readonly found: number }
  | { readonly what: 'word'; readonly word: string }

/**
 * Looks for a slip in a typed code: a word that is not in the EFF long list, or too few or too many words.
 *
 * @param typed - the words in any case, with any separators between them.
 * @param expected - how many there should be.
 * @returns null if it could be a code.
 */
export function mistakeIn(typed: string, expected: number): Mistake | null {
  const known = new Set(effLong)
  const words = typed
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
  let found = 0
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] as string
    // A few words of the list have a hyphen in them, and hyphens may stand between words too.
    if (known.has(`${word}-${words[index + 1]}`)) index += 1
    else if (!known.has(word)) return { what: 'word', word }
    found += 1
  }
  return found === expected ? null : { what: 'length', found }
}
