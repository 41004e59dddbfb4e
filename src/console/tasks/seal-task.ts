import { checkNoteBody } from '../../procedure/records.ts'
import { fromBase64, toBase64 } from '../../sealing/bytes.ts'
import { recipientOf } from '../../sealing/identity.ts'
import type { Keyring } from '../../sealing/keyring.ts'
import { openRecord, sealRecord } from '../../sealing/record.ts'
import { verifyKeyOf } from '../../sealing/signing.ts'

/** Whose task it is. */
interface Owner {
  /** Community id. */
  readonly community: string
  /** Id of the task. */
  readonly task: string
  /** Member id. */
  readonly member: string
  readonly keyring: Keyring
  /** Epoch milliseconds. */
  readonly at: number
}

/** Seals a member's words to themselves, signed, so that nobody can put in others. Returns base64. */
export async function sealTask(
  text: string,
  { community, task, member, keyring, at }: Owner,
): Promise<string> {
  const sealed = await sealRecord(
    {
      v: 1,
      community,
      case: task,
      epoch: 1,
      kind: 'task',
      author: { who: 'member', id: member },
      at,
      body: { text },
      after: null,
      afterShared: null,
    },
    keyring.signingSeed,
    [await recipientOf(keyring.identity)],
  )
  return toBase64(sealed)
}

/** Opens one's words to oneself; null where they are not one's own, or of another task. */
export async function openTask(sealed: string, task: string, keyring: Keyring): Promise<string | null> {
  try {
    const { record, signed } = await openRecord(fromBase64(sealed), keyring.identity)
    const own = typeof signed === 'object' && signed.by === verifyKeyOf(keyring.signingSeed)
    return own && record.kind === 'task' && record.case === task ? checkNoteBody(record.body).text : null
  } catch {
    return null
  }
}
