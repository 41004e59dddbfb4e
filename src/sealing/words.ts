import { randomBytes } from './bytes.ts'
import { effLong } from './eff-long.ts'

/** `count` words drawn evenly and independently from the EFF long list: 12.9 bits each. */
export function drawWords(count: number): string[] {
  const words: string[] = []
  const limit = 65536 - (65536 % effLong.length)
  while (words.length < count) {
    const [high = 0, low = 0] = randomBytes(2)
    const number = high * 256 + low
    if (number < limit) words.push(effLong[number % effLong.length] as string)
  }
  return words
}
