import type { Playbook } from '../procedure/playbook.ts'
import { leanOnCommunities } from '../store/communities.ts'
import { appendLog } from '../store/log.ts'
import { queueNotices } from '../store/outbox.ts'
import { confirmationsOf, endDraft, insertConfirmation, waitingDraft } from '../store/outgoing.ts'
import type { DraftTable, IncidentTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { announce } from './announce.ts'
import { caseAtHand, changeCase } from './case-at-hand.ts'
import type { Office } from './office.ts'
import { type PeopleOfCase, peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { shepherdOnly } from './shepherd-only.ts'
import { tellMembers } from './tell.ts'

/** What is said of a draft. */
export interface DraftAct {
  readonly case: string
  readonly member: string
  readonly draft: string
}

/**
 * Confirms a message to somebody else (L2). Doing it twice is no mistake.
 *
 * @throws {Refused} `impossible-step`: `not-yours` for whoever drafted it, `too-late` if it does not wait any more.
 */
export async function confirmDraft(office: Office, given: DraftAct): Promise<void> {
  await actOn(office, given, 'draft-confirmed', async (tx, incident, draft, now) => {
    if (draft.drafted_by === given.member) throw new Refused('impossible-step', { reason: 'not-yours' })
    await insertConfirmation(tx, { draft_id: draft.id, member_id: given.member, at: now })
    const people = await peopleOfCase(tx, incident)
    if (!(await isConfirmed(tx, draft, people))) return
    const drafter = people.readers.filter(({ id }) => id === draft.drafted_by)
    await queueNotices(tx, tellMembers(drafter, incident, 'draft-confirmed', now))
  })
}

/**
 * Takes a message to somebody else back before it was sent. What it said stays on record.
 *
 * @throws {Refused} `impossible-step`: `not-yours` for anybody but the shepherd, `too-late`.
 */
export async function withdrawDraft(office: Office, given: DraftAct): Promise<void> {
  await actOn(office, given, 'draft-withdrawn', async (tx, incident, draft, now) => {
    shepherdOnly(incident, given.member)
    await endDraft(tx, draft.id, 'withdrawn', given.member, now)
  })
}

/** Whether enough members without a conflict, other than whoever drafted it, have confirmed a draft (L2, J4). */
export async function isConfirmed(
  tx: Tx,
  draft: DraftTable,
  { readers, community }: Pick<PeopleOfCase, 'readers' | 'community'>,
): Promise<boolean> {
  const { confirmations } = JSON.parse(community.playbook) as Playbook
  const entitled = new Set(readers.map(({ id }) => id).filter((id) => id !== draft.drafted_by))
  const said = await confirmationsOf(tx, [draft.id])
  return said.filter(({ member_id }) => entitled.has(member_id)).length >= confirmations
}

/** Does something with a draft that waits. */
async function actOn(
  office: Office,
  { case: caseId, member, draft: id }: DraftAct,
  deed: string,
  act: (tx: Tx, incident: IncidentTable, draft: DraftTable, now: number) => Promise<void>,
): Promise<void> {
  const changed = await office.store.write(async (tx) => {
    const incident = await caseAtHand(office, tx, caseId, member)
    await leanOnCommunities(tx, office.store.kind, [incident.community_id])
    const draft = await waitingDraft(tx, caseId, id)
    if (!draft) throw new Refused('impossible-step', { reason: 'too-late' })
    const now = office.clock.now()
    await act(tx, incident, draft, now)
    const after = await changeCase(tx, incident, {}, now)
    await appendLog(tx, [
      { community: incident.community_id, at: now, case: caseId, actor: member, deed, detail: { draft: id } },
    ])
    return after
  })
  await announce(office, caseId, changed.version)
}
