import { setAsidesOf } from '../store/conflicts.ts'
import { appendLog } from '../store/log.ts'
import { queueNotices } from '../store/outbox.ts'
import type { IncidentTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { announceNotices } from './announce.ts'
import { caseAtHand } from './case-at-hand.ts'
import { type EpochDeed, startEpoch } from './leave-case.ts'
import type { Office } from './office.ts'
import { peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { tellMembers } from './tell.ts'

/** Whom a deed about a conflict is about, and who does it. Member ids. */
export interface AboutConflict {
  readonly case: string
  readonly member: string
  readonly about: string
}

/** Deeds that whom they are about does not see in the log. */
export const hiddenFromAbout: ReadonlySet<string> = new Set(['set-aside-proposed', 'set-aside-withdrawn'])

/**
 * Says that another member has a conflict of interest; why is not asked (K3). A second member decides. Whom it is about
 * sees nothing of it: the case does not change, and neither their list nor their log does. Saying it twice is no mistake.
 *
 * @throws {Refused} `not-found`, `not-allowed`; `invalid-input` for anybody but another member without a conflict.
 */
export async function proposeSetAside(
  office: Office,
  { case: caseId, member, about }: AboutConflict,
): Promise<void> {
  await office.store.write(async (tx) => {
    const incident = await caseAtHand(office, tx, caseId, member)
    const { eligible, readers } = await peopleOfCase(tx, incident)
    if (about === member || !eligible.some(({ id }) => id === about))
      throw new Refused('invalid-input', { field: 'about', reason: 'is not another member of this case' })
    if ((await setAsidesOf(tx, caseId)).some(({ member_id }) => member_id === about)) return
    const now = office.clock.now()
    await tx
      .insertInto('set_aside')
      .values({ case_id: caseId, member_id: about, proposed_by: member, proposed_at: now })
      .execute()
    await log(tx, incident, { member, about, deed: 'set-aside-proposed', now })
    const others = readers.filter(({ id }) => id !== about && id !== member)
    await queueNotices(tx, tellMembers(others, incident, 'set-aside-proposed', now))
  })
  await announceNotices(office)
}

/**
 * Takes back what was said, or disagrees: the member stays (K3). Where nothing was said, nothing happens; nor where
 * whom it is about tries.
 *
 * @throws {Refused} `not-found`, `not-allowed`.
 */
export async function withdrawSetAside(
  office: Office,
  { case: caseId, member, about }: AboutConflict,
): Promise<void> {
  await office.store.write(async (tx) => {
    const incident = await caseAtHand(office, tx, caseId, member)
    const found = (await setAsidesOf(tx, caseId)).find(({ member_id }) => member_id === about)
    if (!found || about === member) return
    await tx.deleteFrom('set_aside').where('case_id', '=', caseId).where('member_id', '=', about).execute()
    await log(tx, incident, { member, about, deed: 'set-aside-withdrawn', now: office.clock.now() })
  })
}

/**
 * Decides, as the second member, that another has a conflict: from now on the case does not exist for them (K1, K3).
 *
 * @throws {Refused} `impossible-step` (`not-yours`) where no other member has said so, and as {@link startEpoch}.
 */
export async function setAside(office: Office, given: EpochDeed & { readonly about: string }): Promise<void> {
  const { about, member } = given
  await startEpoch(office, given, async (tx, incident) => {
    const { readers } = await peopleOfCase(tx, incident)
    const said = (await setAsidesOf(tx, incident.id)).find(({ member_id }) => member_id === about)
    const isDecided =
      said !== undefined &&
      about !== member &&
      said.proposed_by !== member &&
      readers.some(({ id }) => id === said.proposed_by)
    if (!isDecided) throw new Refused('impossible-step', { reason: 'not-yours' })
    return { leaves: about, deed: 'set-aside', detail: { about, saidBy: said.proposed_by } }
  })
}

const log = (
  tx: Tx,
  { community_id, id }: IncidentTable,
  { member, about, deed, now }: { member: string; about: string; deed: string; now: number },
): Promise<void> =>
  appendLog(tx, [{ community: community_id, at: now, case: id, actor: member, deed, detail: { about } }])
