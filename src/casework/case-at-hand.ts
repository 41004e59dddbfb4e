import { isClosed, type State } from '../procedure/lifecycle.ts'
import { maySeeAndOpen } from '../store/case-people.ts'
import { incidentForDeed, updateIncident } from '../store/incidents.ts'
import { placeInInboxes } from '../store/readers.ts'
import type { IncidentTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { resolveDue } from './turns.ts'

/**
 * Takes a case in hand for a deed of a member: nobody else's deed on it comes in between.
 *
 * @throws {Refused} `not-found` if it was not handed to them (K1: as if there were none), `not-allowed` if they
 * hold no grant, since only who can read it can judge it.
 */
export async function caseAtHand(
  { store }: Office,
  tx: Tx,
  caseId: string,
  member: string,
): Promise<IncidentTable> {
  const incident = await incidentForDeed(tx, store.kind, caseId)
  if (!incident) throw new Refused('not-found')
  const { handed, granted } = await maySeeAndOpen(tx, caseId, incident.epoch, member)
  if (!handed) throw new Refused('not-found')
  if (!granted) throw new Refused('not-allowed')
  return incident
}

/**
 * Refuses to act on a case that is not as its actor saw it.
 *
 * @param version - of the case as they read it.
 * @throws {Refused} `case-changed`.
 */
export function asSeen(incident: IncidentTable, version: number): void {
  if (incident.version !== version) throw new Refused('case-changed', { version: incident.version })
}

/**
 * Writes what a deed changed of a case: its version grows, and it moves to its place in every inbox.
 *
 * @param waiting - somebody must look at it although it is closed: the reporter has written.
 * @returns the case as it is now.
 */
export async function changeCase(
  tx: Tx,
  incident: IncidentTable,
  changes: Partial<Omit<IncidentTable, 'id' | 'community_id' | 'version'>>,
  now: number,
  waiting = false,
): Promise<IncidentTable> {
  const changed = { ...incident, ...changes, version: incident.version + 1 }
  await updateIncident(tx, incident.id, { ...changes, version: changed.version })
  await placeInInboxes(tx, incident.id, inboxPlace(changed, now, waiting))
  return changed
}

/** Where a case stands in an inbox: by the next thing due while it is open, newest change first once it is closed. */
export function inboxPlace(
  incident: IncidentTable,
  now: number,
  waiting = false,
): { open: number; sort: number } {
  if (isClosed(incident.state as State)) return waiting ? { open: 1, sort: now } : { open: 0, sort: -now }
  return { open: 1, sort: incident.acknowledged_at === null ? incident.acknowledge_by : resolveDue(incident) }
}
