import { isClosed, type State } from '../procedure/lifecycle.ts'
import { countRecipients } from '../sealing/envelope.ts'
import { leanOnCommunities } from '../store/communities.ts'
import { exclude, grantees, insertEpoch } from '../store/conflicts.ts'
import { appendLog } from '../store/log.ts'
import { queueNotices } from '../store/outbox.ts'
import type { IncidentTable } from '../store/schema.ts'
import { endPick, picksOf } from '../store/shepherds.ts'
import type { Tx } from '../store/store.ts'
import { announce } from './announce.ts'
import { appendRecord, type NewRecord } from './append-record.ts'
import { asSeen, caseAtHand, changeCase } from './case-at-hand.ts'
import type { Office } from './office.ts'
import { handOver, hasClaim, type PeopleOfCase, peopleOfCase } from './people-of-case.ts'
import { withoutShepherd } from './pick-shepherd.ts'
import { Refused } from './refused.ts'
import { tellMembers } from './tell.ts'

/** A new epoch as a member's browser made it, and the case as they saw it. */
export interface EpochDeed {
  readonly case: string
  readonly member: string
  readonly version: number
  /** Head of the key directory it was sealed by. */
  readonly directory: string
  readonly recipient: string
  readonly grants: readonly { readonly member: string; readonly sealed: Uint8Array }[]
  /** The record that vouches for it. */
  readonly record: NewRecord
}

/** Who leaves a case, if anybody does, and what the log says of it. */
export interface Leaving {
  readonly leaves: string | null
  readonly deed: 'stepped-aside' | 'set-aside' | 'epoch-renewed'
  readonly detail?: Readonly<Record<string, unknown>>
}

/**
 * Starts a new epoch of a case, in one act with taking out the member it is started for: their reading, grants, alert,
 * part as shepherd or first responder, and what they proposed (K3). Whatever else came at the same instant and was not
 * first is done without them, or refused.
 *
 * @param decide - who leaves, or why it is refused.
 * @throws {MalformedEnvelope | Refused} `case-changed`; `recipients-changed` where it is not sealed to exactly those who
 * are to read on; `nobody-to-read` where nobody is left; and what {@link appendRecord} refuses.
 */
export async function startEpoch(
  office: Office,
  given: EpochDeed,
  decide: (tx: Tx, incident: IncidentTable) => Promise<Leaving>,
): Promise<void> {
  for (const { sealed } of given.grants)
    if (countRecipients(sealed) !== 1)
      throw new Refused('malformed-envelope', { reason: 'A grant is for one reader.' })
  const changed = await office.store.write(async (tx) => {
    const incident = await caseAtHand(office, tx, given.case, given.member)
    await leanOnCommunities(tx, office.store.kind, [incident.community_id])
    asSeen(incident, given.version)
    const { leaves, deed, detail } = await decide(tx, incident)
    const now = office.clock.now()
    if (leaves !== null) await exclude(tx, incident.id, leaves, now)
    const people = await peopleOfCase(tx, incident)
    checkGrants(incident, people, given)
    const epoch = incident.epoch + 1
    await insertEpoch(tx, { case: incident.id, epoch, recipient: given.recipient }, given.grants)
    const added = await appendRecord(
      tx,
      { ...incident, epoch },
      { kind: 'epoch', author: given.member, shared: incident.reporter_recipient !== null },
      given.record,
      now,
    )
    const role = leaves === null ? null : await withoutMember(tx, incident, leaves, people, now)
    const after = await changeCase(
      tx,
      incident,
      {
        ...added.changes,
        ...role?.changes,
        epoch,
        renew_epoch: leaves === given.member ? 1 : 0,
        ...(people.eligible.length === 0 ? { blocked: 1 } : {}),
      },
      now,
    )
    await appendLog(tx, [
      {
        community: incident.community_id,
        at: now,
        case: incident.id,
        actor: given.member,
        deed,
        detail: { epoch, ...detail },
      },
    ])
    if (leaves !== null) await handOn(tx, after, role?.notice ?? null, now)
    return after
  })
  await announce(office, changed.id, changed.version)
}

/** Refuses an epoch that is not sealed to exactly those who are to read on: least of all to whoever leaves. */
function checkGrants(
  incident: IncidentTable,
  { community, eligible }: PeopleOfCase,
  { directory, grants }: EpochDeed,
): void {
  const members = eligible.filter((person) => hasClaim(person, incident)).map(({ id }) => id)
  const to = grantees(members, community.recoveryRecipient)
  if (to.length === 0) throw new Refused('nobody-to-read')
  const offered = grants.map(({ member }) => member)
  const same = new Set(offered).size === to.length && offered.length === to.length
  if (directory !== community.directoryHead || !same || !to.every((id) => offered.includes(id)))
    throw new Refused('recipients-changed')
}

/**
 * What a case is without a member: another shepherd is picked (I2), and the one in charge on call stands in for the
 * first responder (K2).
 */
async function withoutMember(
  tx: Tx,
  incident: IncidentTable,
  member: string,
  { receivers }: PeopleOfCase,
  now: number,
): Promise<{ readonly changes: Partial<IncidentTable>; readonly notice: 'shepherd-needed' | null }> {
  const standing = (await picksOf(tx, incident.id)).find(({ ended }) => ended === null)
  const isShepherd = standing?.member_id === member
  if (isShepherd) await endPick(tx, incident.id, 'left', now)
  const stands = incident.acknowledged_at === null ? null : (receivers[0]?.id ?? null)
  return {
    changes: {
      ...(isShepherd ? withoutShepherd : {}),
      ...(incident.responder_id === member ? { responder_id: stands } : {}),
    },
    notice: isShepherd && !isClosed(incident.state as State) ? 'shepherd-needed' : null,
  }
}

/** K2: the next on call has it at once, and whoever is left hears what is to be done. Nobody: the organizers do (J4). */
async function handOn(
  tx: Tx,
  incident: IncidentTable,
  notice: 'shepherd-needed' | null,
  now: number,
): Promise<void> {
  const { community, eligible, receivers, readers } = await peopleOfCase(tx, incident)
  const fresh = await handOver(tx, incident, receivers, now)
  await queueNotices(tx, tellMembers(fresh, incident, 'case-inherited', now))
  if (notice !== null) await queueNotices(tx, tellMembers(readers, incident, notice, now))
  if (eligible.length === 0)
    await queueNotices(tx, tellMembers(community.organizers, incident, 'report-for-organizers', now))
}
