import { utf8 } from './bytes.ts'

/**
 * What is derived from a code of words, however a person typed it: case, spaces, hyphens, line breaks and
 * punctuation do not matter, only the letters and their order.
 */
export const codeSecret = (typed: string): Uint8Array => utf8(typed.toLowerCase().replace(/[^a-z]/g, ''))
