import { receivers } from '../procedure/roster.ts'
import type { SignedText } from '../sealing/directory.ts'
import { readCommittee } from '../store/committee.ts'
import { holdCommunity } from '../store/communities.ts'
import { appendLog, type LogEntry } from '../store/log.ts'
import { activeMember, hasOtherChair, type Membership } from '../store/members.ts'
import { type Notice, queueNotices } from '../store/outbox.ts'
import { handTo } from '../store/readers.ts'
import { endSessions } from '../store/sessions.ts'
import type { Tx } from '../store/store.ts'
import { append, vouched } from './directory-entry.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/** A case handed on, and to whom. */
interface HandedOn {
  readonly case: string
  readonly members: readonly string[]
}

/**
 * Removes a member: at once they are signed out everywhere, and what they could open and see of cases here is
 * gone (K4). An open case that nobody else had in hand goes to the next on call, so that none is forgotten.
 *
 * @param directoryEntry - the removal, signed by the chair.
 * @throws {Refused} `not-found`, `last-chair`, `directory-refused`, `directory-changed`.
 */
export async function removeMember(
  { store, clock }: Office,
  chair: Membership,
  member: string,
  directoryEntry: SignedText,
): Promise<void> {
  const { community } = chair
  if (!(await activeMember(store.db, community, member))) throw new Refused('not-found')
  const removal = await vouched(store.db, community, directoryEntry, 'remove')
  if (removal.entry.member !== member || removal.entry.by !== chair.id)
    throw new Refused('directory-refused', { reason: 'It is an entry for somebody else.' })
  const now = clock.now()
  const handed = await store.write(async (tx) => {
    await holdCommunity(tx, store.kind, community)
    const found = await activeMember(tx, community, member)
    if (!found) throw new Refused('not-found')
    if (found.chair === 1 && !(await hasOtherChair(tx, community, member))) throw new Refused('last-chair')
    await append(tx, removal)
    await tx.updateTable('member').set({ left_at: now, chair: 0 }).where('id', '=', member).execute()
    await endSessions(tx, found.account_id)
    await tx.deleteFrom('grant_').where('member_id', '=', member).execute()
    const orphans = await leaveCases(tx, member)
    await appendLog(tx, [
      { community, at: now, case: null, actor: chair.id, deed: 'member-removed', detail: { member } },
    ])
    return handOn(tx, community, orphans, now)
  })
  for (const one of handed) await store.publish('case', JSON.stringify(one))
  if (handed.length > 0) await store.publish('outbox', '')
}

interface Orphan {
  readonly case_id: string
  readonly sort: number
}

/** Takes a member out of every case, and returns the open ones that nobody has in hand any more. */
async function leaveCases(tx: Tx, member: string): Promise<Orphan[]> {
  const left = await tx
    .deleteFrom('reader')
    .where('member_id', '=', member)
    .returning(['case_id', 'open', 'sort'])
    .execute()
  const orphans: Orphan[] = []
  for (const { case_id, open, sort } of left) {
    if (open === 0) continue
    const other = await tx
      .selectFrom('reader')
      .select('member_id')
      .where('case_id', '=', case_id)
      .limit(1)
      .executeTakeFirst()
    if (!other) orphans.push({ case_id, sort })
  }
  return orphans
}

/** Hands cases to the next on call who is not involved and holds a grant (G3, K1, K2); else tells the organizers (J4). */
async function handOn(
  tx: Tx,
  community: string,
  orphans: readonly Orphan[],
  now: number,
): Promise<HandedOn[]> {
  const committee = orphans.length === 0 ? null : await readCommittee(tx, community, now)
  if (!committee) return []
  const accounts = new Map(
    [...committee.members, ...committee.organizers].map(({ id, account }) => [id, account]),
  )
  const handed: HandedOn[] = []
  const log: LogEntry[] = []
  const notices: Notice[] = []
  for (const { case_id, sort } of orphans) {
    const readable = await tx
      .selectFrom('grant_')
      .innerJoin('incident', 'incident.id', 'grant_.case_id')
      .select('grant_.member_id')
      .where('grant_.case_id', '=', case_id)
      .whereRef('grant_.epoch', '=', 'incident.epoch')
      .execute()
    const involved = await tx
      .selectFrom('exclusion')
      .select('member_id')
      .where('case_id', '=', case_id)
      .execute()
    const members = receivers({
      pair: committee.pair,
      rotation: committee.members.map(({ id }) => id),
      excluded: new Set(involved.map(({ member_id }) => member_id)),
      active: new Set(readable.map(({ member_id }) => member_id).filter((id) => accounts.has(id))),
    })
    const told = members.length > 0 ? members : committee.organizers.map(({ id }) => id)
    await handTo(
      tx,
      members.map((member) => ({
        case_id,
        member_id: member,
        community_id: community,
        since: now,
        open: 1,
        sort,
      })),
    )
    const { code_name } = await tx
      .updateTable('incident')
      .set((eb) => ({ version: eb('version', '+', 1), ...(members.length === 0 && { blocked: 1 }) }))
      .where('id', '=', case_id)
      .returning('code_name')
      .executeTakeFirstOrThrow()
    log.push({
      community,
      at: now,
      case: case_id,
      actor: 'server',
      deed: 'case-handed-on',
      detail: { handedTo: members },
    })
    for (const member of told)
      notices.push({
        community,
        case: case_id,
        account: accounts.get(member) as string,
        notice: members.length > 0 ? 'case-inherited' : 'report-for-organizers',
        detail: members.length > 0 ? { codeName: code_name } : {},
        at: now,
      })
    handed.push({ case: case_id, members })
  }
  await appendLog(tx, log)
  await queueNotices(tx, notices)
  return handed
}
