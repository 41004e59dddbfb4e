import { utf8 } from '../sealing/bytes.ts'
import { digest } from '../sealing/derive.ts'
import { answerGiven, keepAnswer } from '../store/answered-requests.ts'
import type { Tx } from '../store/store.ts'
import { Refused } from './refused.ts'

/** A write that its client may repeat when no answer reached it. */
export interface Repeatable {
  /** Whose and what it is, so that keys of different clients never meet. */
  readonly scope: readonly string[]
  /** The client's idempotency key. */
  readonly key: string
  /** What was asked: the same key with anything else is a mistake. */
  readonly asked: readonly unknown[]
}

/**
 * Does something once for one key, in the transaction at hand; a repetition gets the first answer again. The row
 * of the case must be locked before, so that two that come together follow one another.
 *
 * @throws {Refused} `key-reused` if the key came with other content, and whatever the deed refuses.
 */
export async function once<A>(
  tx: Tx,
  { scope, key, asked }: Repeatable,
  now: number,
  deed: () => Promise<A>,
): Promise<{ answer: A; first: boolean }> {
  const id = digest(utf8(JSON.stringify([...scope, key])))
  const bodyHash = digest(utf8(JSON.stringify(asked)))
  const given = await answerGiven(tx, id)
  if (given) {
    if (given.body_hash !== bodyHash) throw new Refused('key-reused')
    return { answer: JSON.parse(given.answer) as A, first: false }
  }
  const answer = await deed()
  await keepAnswer(tx, { id, body_hash: bodyHash, answer: JSON.stringify(answer), at: now })
  return { answer, first: true }
}
