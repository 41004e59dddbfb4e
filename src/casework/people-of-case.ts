import { receivers } from '../procedure/roster.ts'
import { type CasePerson, casePeople } from '../store/case-people.ts'
import { type Committee, readCommittee } from '../store/committee.ts'
import { handTo } from '../store/readers.ts'
import type { IncidentTable } from '../store/schema.ts'
import type { Db, Tx } from '../store/store.ts'
import { inboxPlace } from './case-at-hand.ts'
import { Refused } from './refused.ts'

/** Who is who in a case. */
export interface PeopleOfCase {
  readonly community: Committee
  readonly everybody: readonly CasePerson[]
  /** Active members without a conflict (K1). */
  readonly eligible: readonly CasePerson[]
  /** Those it was handed to and who are still here. */
  readonly readers: readonly CasePerson[]
  /** On-call receivers, the one in charge first (F1, K2). */
  readonly receivers: readonly CasePerson[]
  /** Eligible members who may know of it by the rules, yet miss a grant: their keys were replaced (K4). */
  readonly waiting: readonly CasePerson[]
}

/** Reads who is who in a case. */
export async function peopleOfCase(db: Db | Tx, incident: IncidentTable): Promise<PeopleOfCase> {
  const community = await readCommittee(db, incident.community_id, incident.arrived_at)
  if (!community) throw new Refused('not-found')
  const everybody = await casePeople(db, incident)
  const eligible = everybody.filter(({ active, excluded }) => active && !excluded)
  const inCharge = receivers({
    pair: community.pair,
    rotation: community.members.map(({ id }) => id),
    excluded: new Set(everybody.filter(({ excluded }) => excluded).map(({ id }) => id)),
    active: new Set(eligible.map(({ id }) => id)),
  })
  return {
    community,
    everybody,
    eligible,
    readers: eligible.filter(({ reader }) => reader),
    receivers: inCharge.flatMap((id) => eligible.filter((person) => person.id === id)),
    waiting: eligible.filter((person) => missingEpochs(person, incident).length > 0),
  }
}

/**
 * The epochs of a case for which an eligible member is to be granted again: who was here when it arrived was granted
 * then and lost it with their keys; who came later has no claim unless it was handed to them (K4).
 */
export function missingEpochs(person: CasePerson, incident: IncidentTable): number[] {
  if (!hasClaim(person, incident)) return []
  const all = Array.from({ length: incident.epoch }, (_, index) => index + 1)
  return all.filter((one) => !person.epochs.includes(one))
}

/** Whether an eligible member is to hold every epoch of a case: they were here when it arrived, or it was handed to them (K4). */
export const hasClaim = ({ reader, joinedAt }: CasePerson, { arrived_at }: IncidentTable): boolean =>
  reader || joinedAt <= arrived_at

/**
 * Hands a case to members who hold a grant for it and do not have it yet.
 *
 * @returns those it was handed to now.
 */
export async function handOver(
  tx: Tx,
  incident: IncidentTable,
  to: readonly CasePerson[],
  now: number,
): Promise<CasePerson[]> {
  const fresh = to.filter(({ reader, epochs }) => !reader && epochs.includes(incident.epoch))
  await handTo(
    tx,
    fresh.map(({ id }) => ({
      case_id: incident.id,
      member_id: id,
      community_id: incident.community_id,
      since: now,
      ...inboxPlace(incident, now),
    })),
  )
  return fresh
}
