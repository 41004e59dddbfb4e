import type { VoteOutcome } from '../procedure/decision.ts'
import { nextState, type State } from '../procedure/lifecycle.ts'
import { leanOnCommunities } from '../store/communities.ts'
import { incidentForDeed } from '../store/incidents.ts'
import { appendLog } from '../store/log.ts'
import { motionOf, motionsFor, recordVote } from '../store/motions.ts'
import { queueNotices } from '../store/outbox.ts'
import { withdrawDrafts } from '../store/outgoing.ts'
import { announce } from './announce.ts'
import { changeCase } from './case-at-hand.ts'
import type { Office } from './office.ts'
import { peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { tellMembers } from './tell.ts'

const mostMotions = 100

/** A motion as an organizer gets it: nothing else of the case. */
export interface MotionForOrganizers {
  readonly id: string
  /** The case's id, for which it was signed. */
  readonly case: string
  readonly movedBy: string
  readonly movedAt: number
  readonly sealed: Uint8Array
  readonly outcome: VoteOutcome | null
  readonly votedAt: number | null
}

/** The newest motions to the organizers of a community (J3). */
export async function motionsToVoteOn(
  { store: { db } }: Office,
  community: string,
): Promise<MotionForOrganizers[]> {
  const rows = await motionsFor(db, community, mostMotions)
  return rows.map((row) => ({
    id: row.id,
    case: row.case_id,
    movedBy: row.moved_by,
    movedAt: row.moved_at,
    sealed: row.sealed,
    outcome: row.outcome,
    votedAt: row.voted_at,
  }))
}

/**
 * Records how the organizers voted (J3): passed, and it is in force; failed, and the committee discusses again.
 *
 * @param organizer - member id of whoever records it, in their community.
 * @throws {Refused} `not-found`; `case-changed` if the vote is recorded already.
 */
export async function vote(
  office: Office,
  given: {
    readonly community: string
    readonly organizer: string
    readonly motion: string
    readonly outcome: VoteOutcome
  },
): Promise<void> {
  const { community, organizer, motion: id, outcome } = given
  const changed = await office.store.write(async (tx) => {
    const about = await motionOf(tx, community, id)
    const incident = about && (await incidentForDeed(tx, office.store.kind, about.case_id))
    if (!incident) throw new Refused('not-found')
    await leanOnCommunities(tx, office.store.kind, [community])
    // Read again now that nobody else's deed comes in between.
    const motion = await motionOf(tx, community, id)
    const next = nextState(incident.state as State, outcome === 'passed' ? 'pass-motion' : 'fail-motion')
    if (motion?.outcome !== null || !next.ok) throw new Refused('case-changed', { version: incident.version })
    const now = office.clock.now()
    await recordVote(tx, id, outcome, organizer, now)
    const undone = outcome === 'failed' ? { group_level: 0, informed_at: null } : {}
    if (outcome === 'failed') await withdrawDrafts(tx, incident.id, organizer, now)
    const after = await changeCase(tx, incident, { state: next.state, ...undone }, now)
    await appendLog(tx, [
      {
        community,
        at: now,
        case: incident.id,
        actor: organizer,
        deed: `motion-${outcome}`,
        detail: { motion: id, state: next.state },
      },
    ])
    const { readers } = await peopleOfCase(tx, incident)
    await queueNotices(tx, tellMembers(readers, incident, 'motion-voted', now))
    return after
  })
  await announce(office, changed.id, changed.version)
}
