import type { State } from '../procedure/lifecycle.ts'
import { leanOnCommunities } from '../store/communities.ts'
import { appendLog } from '../store/log.ts'
import { queueNotices } from '../store/outbox.ts'
import type { IncidentTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { announce } from './announce.ts'
import { asSeen, caseAtHand, changeCase } from './case-at-hand.ts'
import type { Office } from './office.ts'
import { handOver, type PeopleOfCase, peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { tellMembers } from './tell.ts'

/** Which case, who acts, and as they read it. */
interface ResponderDeed {
  readonly case: string
  readonly member: string
  readonly version: number
}

/**
 * A member takes a report to answer it: one of those on call (G2, G3), or any other once nobody has answered for a day
 * (G4). The others who can read it see who has it.
 *
 * @throws {Refused} `not-found`, `not-allowed`, `case-changed`; `impossible-step`: `too-late` once it was answered,
 * `not-yours` where others are on call for it and the day is not over.
 */
export async function takeCase(office: Office, given: ResponderDeed): Promise<void> {
  await change(office, given, async (_, incident, { receivers }, now) => {
    if (incident.acknowledged_at !== null) throw new Refused('impossible-step', { reason: 'too-late' })
    const isOnCall = receivers.some(({ id }) => id === given.member)
    if (!isOnCall && now < incident.open_at) throw new Refused('impossible-step', { reason: 'not-yours' })
    return { responder: given.member, deed: 'case-taken', detail: {}, after: async () => {} }
  })
}

/**
 * Whoever is to answer a report, or has answered it and is still first responder, hands that over to another member, who
 * is told (G2, G3).
 *
 * @throws {Refused} `not-found`, `not-allowed`, `case-changed`; `impossible-step`: `too-late` once the committee has it,
 * `not-yours` for anybody else, `not-eligible` for somebody who cannot open it.
 */
export async function handCaseOver(
  office: Office,
  given: ResponderDeed & { readonly to: string },
): Promise<void> {
  const { member, to } = given
  await change(office, given, async (tx, incident, { receivers, eligible }, now) => {
    if (!beforeCommittee.has(incident.state as State))
      throw new Refused('impossible-step', { reason: 'too-late' })
    const isTheirs = incident.responder_id ?? receivers[0]?.id
    if (isTheirs !== member && !receivers.some(({ id }) => id === member))
      throw new Refused('impossible-step', { reason: 'not-yours' })
    const other = eligible.find(({ id }) => id === to)
    if (to === member || !other?.epochs.includes(incident.epoch))
      throw new Refused('impossible-step', { reason: 'not-eligible' })
    return {
      responder: to,
      deed: 'case-handed-over',
      detail: { to },
      after: async (changed) => {
        await handOver(tx, changed, [other], now)
        await queueNotices(tx, tellMembers([other], incident, 'case-inherited', now))
      },
    }
  })
}

const beforeCommittee: ReadonlySet<State> = new Set(['new', 'acknowledged'])

interface Effect {
  readonly responder: string
  readonly deed: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly after: (changed: IncidentTable) => Promise<void>
}

async function change(
  office: Office,
  { case: caseId, member, version }: ResponderDeed,
  decide: (tx: Tx, incident: IncidentTable, people: PeopleOfCase, now: number) => Promise<Effect>,
): Promise<void> {
  const changed = await office.store.write(async (tx) => {
    const incident = await caseAtHand(office, tx, caseId, member)
    await leanOnCommunities(tx, office.store.kind, [incident.community_id])
    asSeen(incident, version)
    const now = office.clock.now()
    const { responder, deed, detail, after } = await decide(
      tx,
      incident,
      await peopleOfCase(tx, incident),
      now,
    )
    const changed = await changeCase(tx, incident, { responder_id: responder }, now)
    await after(changed)
    await appendLog(tx, [
      { community: incident.community_id, at: now, case: caseId, actor: member, deed, detail },
    ])
    return changed
  })
  await announce(office, caseId, changed.version)
}
