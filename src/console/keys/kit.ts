import { recoveryWords } from '../../sealing/unlocker.ts'
import { drawWords } from '../../sealing/words.ts'

/** The words of a new recovery kit, a member's or the community's. */
export const newKit = (): string[] => drawWords(recoveryWords)

/**
 * Two different places in a kit, from 0, the earlier first: whoever has written it down is asked for these words.
 *
 * @param random - numbers from 0 to below 1.
 */
export function placesToConfirm(random: () => number): [number, number] {
  const first = Math.floor(random() * recoveryWords)
  const second = (first + 1 + Math.floor(random() * (recoveryWords - 1))) % recoveryWords
  return first < second ? [first, second] : [second, first]
}

/** Whether a typed word is the one in the kit, whatever its case and the white space around it. */
export const isWord = (typed: string, word: string | undefined): boolean =>
  typed.trim().toLowerCase() === word
