import type { SignedText } from '../sealing/directory.ts'
import { revokeFeed } from '../store/calendar-feeds.ts'
import { forgetChannels } from '../store/channels.ts'
import { holdCommunity } from '../store/communities.ts'
import { lookForGaps } from '../store/due.ts'
import { deleteGrants } from '../store/grants.ts'
import { rowId } from '../store/ids.ts'
import { incidentForDeed } from '../store/incidents.ts'
import { appendLog } from '../store/log.ts'
import { activeMember, hasOtherChair, type Membership } from '../store/members.ts'
import { queueNotices } from '../store/outbox.ts'
import type { IncidentTable } from '../store/schema.ts'
import { endSessions } from '../store/sessions.ts'
import { endPick } from '../store/shepherds.ts'
import type { Tx } from '../store/store.ts'
import { announce, announceSignedOut } from './announce.ts'
import { changeCase } from './case-at-hand.ts'
import { append, vouched } from './directory-entry.ts'
import type { Office } from './office.ts'
import { handOver, peopleOfCase } from './people-of-case.ts'
import { withoutShepherd } from './pick-shepherd.ts'
import { Refused } from './refused.ts'
import { tellMembers } from './tell.ts'

/**
 * Removes a member: at once they are signed out everywhere, and what they could open and see of cases here is
 * gone (K4). An open case that nobody else had in hand goes to the next on call, so that none is forgotten.
 *
 * @param directoryEntry - the removal, signed by the chair.
 * @throws {Refused} `not-found`, `last-chair`, `directory-refused`, `directory-changed`.
 */
export async function removeMember(
  office: Office,
  chair: Membership,
  member: string,
  directoryEntry: SignedText,
): Promise<void> {
  const { store, clock } = office
  const { community } = chair
  if (!(await activeMember(store.db, community, member))) throw new Refused('not-found')
  const removal = await vouched(store.db, community, directoryEntry, 'remove')
  if (removal.entry.member !== member || removal.entry.by !== chair.id)
    throw new Refused('directory-refused', { reason: 'It is an entry for somebody else.' })
  const now = clock.now()
  const handedOn = await store.write(async (tx) => {
    await holdCommunity(tx, store.kind, community)
    const found = await activeMember(tx, community, member)
    if (!found) throw new Refused('not-found')
    if (found.chair === 1 && !(await hasOtherChair(tx, community, member))) throw new Refused('last-chair')
    await append(tx, removal)
    await tx.updateTable('member').set({ left_at: now, chair: 0 }).where('id', '=', member).execute()
    await endSessions(tx, found.account_id)
    await revokeFeed(tx, member, now)
    await forgetChannels(tx, found.account_id)
    await lookForGaps(tx, community, rowId(now), now)
    await deleteGrants(tx, community, member)
    // Every deed takes its case first and the log last: so two never wait for each other.
    const orphans: IncidentTable[] = []
    for (const id of await leaveCases(tx, member)) {
      const incident = await incidentForDeed(tx, store.kind, id)
      if (incident) orphans.push(incident)
    }
    const changed: IncidentTable[] = []
    for (const id of await shepherdedBy(tx, member)) {
      const incident = await incidentForDeed(tx, store.kind, id)
      if (incident) changed.push(await needsShepherd(tx, incident, now))
    }
    for (const orphan of orphans) changed.push(await handOn(tx, orphan, now))
    await appendLog(tx, [
      { community, at: now, case: null, actor: chair.id, deed: 'member-removed', detail: { member } },
    ])
    return changed
  })
  await announceSignedOut(office)
  for (const { id, version } of handedOn) await announce(office, id, version)
}

/** Takes a member out of every case, and returns the open ones that nobody has in hand any more. */
async function leaveCases(tx: Tx, member: string): Promise<string[]> {
  const left = await tx
    .deleteFrom('reader')
    .where('member_id', '=', member)
    .returning(['case_id', 'open'])
    .execute()
  const orphans: string[] = []
  for (const { case_id, open } of left) {
    if (open === 0) continue
    const other = await tx
      .selectFrom('reader')
      .select('member_id')
      .where('case_id', '=', case_id)
      .limit(1)
      .executeTakeFirst()
    if (!other) orphans.push(case_id)
  }
  return orphans.sort()
}

/** The open cases that a member shepherds, whoever else has them. */
async function shepherdedBy(tx: Tx, member: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('shepherd_pick')
    .innerJoin('incident', 'incident.id', 'shepherd_pick.case_id')
    .select('incident.id')
    .where('shepherd_pick.member_id', '=', member)
    .where('shepherd_pick.ended', 'is', null)
    .where('incident.closed_at', 'is', null)
    .orderBy('incident.id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Has another shepherd picked for a case whose shepherd left, or who was proposed and left (I2). */
async function needsShepherd(tx: Tx, incident: IncidentTable, now: number): Promise<IncidentTable> {
  await endPick(tx, incident.id, 'left', now)
  const { readers } = await peopleOfCase(tx, incident)
  await queueNotices(tx, tellMembers(readers, incident, 'shepherd-needed', now))
  await appendLog(tx, [
    {
      community: incident.community_id,
      at: now,
      case: incident.id,
      actor: 'server',
      deed: 'shepherd-left',
      detail: {},
    },
  ])
  return changeCase(tx, incident, withoutShepherd, now)
}

/**
 * Hands a case to the next on call who is not involved and can open it (G3, K1, K2), or else to whoever can. Nobody:
 * it is blocked, and the organizers are told that it exists (J4).
 */
async function handOn(tx: Tx, incident: IncidentTable, now: number): Promise<IncidentTable> {
  const { community, eligible, receivers } = await peopleOfCase(tx, incident)
  const able = eligible.filter(({ epochs }) => epochs.includes(incident.epoch))
  const next = receivers.filter((person) => able.includes(person))
  const to = next.length > 0 ? next : able.slice(0, 2)
  const changed = await changeCase(tx, incident, to.length > 0 ? {} : { blocked: 1 }, now)
  await handOver(tx, changed, to, now)
  await queueNotices(
    tx,
    to.length > 0
      ? tellMembers(to, incident, 'case-inherited', now)
      : tellMembers(community.organizers, incident, 'report-for-organizers', now),
  )
  await appendLog(tx, [
    {
      community: incident.community_id,
      at: now,
      case: incident.id,
      actor: 'server',
      deed: 'case-handed-on',
      detail: { handedTo: to.map(({ id }) => id) },
    },
  ])
  return changed
}
