import { checkMotionBody } from '../../procedure/decision.ts'
import { fromBase64 } from '../../sealing/bytes.ts'
import type { Directory } from '../../sealing/directory.ts'
import type { Keyring } from '../../sealing/keyring.ts'
import { readTimeline } from '../../sealing/timeline.ts'
import type { MotionsAnswer } from '../api/shapes.ts'

type Motion = MotionsAnswer[number]

/** A motion as an organizer reads it. */
export interface OpenedMotion {
  readonly motion: Motion
  /** The report and the motion; null: these keys do not open it, or it holds something else. */
  readonly text: string | null
  /** Signed by the member it names, for this community and case. */
  readonly isSound: boolean
}

/** Opens motions with an organizer's keyring, and checks who signed each. Never throws for what is wrong with one. */
export async function openMotions(
  motions: readonly Motion[],
  { community, keyring, directory }: { community: string; keyring: Keyring; directory: Directory },
): Promise<OpenedMotion[]> {
  return Promise.all(
    motions.map(async (motion) => {
      const [entry] = await readTimeline([{ id: motion.id, epoch: 1, sealed: fromBase64(motion.sealed) }], {
        community,
        case: motion.case,
        identityOf: () => keyring.identity,
        memberKeys: (member) => directory.members.get(member)?.verifyKeys ?? [],
        reporterKey: null,
        chain: 'after',
      })
      const author = entry?.record?.author
      const isSound = entry?.doubts.length === 0 && author?.who === 'member' && author.id === motion.movedBy
      return { motion, text: textOf(entry?.record?.body), isSound }
    }),
  )
}

function textOf(body: unknown): string | null {
  try {
    return checkMotionBody(body).text
  } catch {
    return null
  }
}
