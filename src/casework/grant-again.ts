import { countRecipients } from '../sealing/envelope.ts'
import { leanOnCommunities } from '../store/communities.ts'
import { appendLog } from '../store/log.ts'
import { announce } from './announce.ts'
import { caseAtHand, changeCase } from './case-at-hand.ts'
import type { Office } from './office.ts'
import { handOver, missingEpochs, peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'

/** An epoch's identity, sealed once more to a member whose keys were replaced. */
export interface NewGrant {
  readonly member: string
  readonly epoch: number
  readonly sealed: Uint8Array
}

/**
 * Grants a case again to members who are to know of it by the rules and lost their grant with their keys (K4).
 * Whoever may read it now has it in their inbox.
 *
 * @throws {MalformedEnvelope | Refused} `not-found`, `malformed-envelope`; `recipients-changed` if one of them is not
 * to be granted it, or was meanwhile.
 */
export async function grantAgain(
  office: Office,
  given: {
    readonly case: string
    readonly member: string
    /** Head of the key directory the grants were sealed by. */
    readonly directory: string
    readonly grants: readonly NewGrant[]
  },
): Promise<void> {
  const { case: caseId, member, directory, grants } = given
  for (const { sealed } of grants)
    if (countRecipients(sealed) !== 1)
      throw new Refused('malformed-envelope', { reason: 'A grant is for one reader.' })
  const changed = await office.store.write(async (tx) => {
    const incident = await caseAtHand(office, tx, caseId, member)
    await leanOnCommunities(tx, office.store.kind, [incident.community_id])
    const now = office.clock.now()
    const { community, waiting } = await peopleOfCase(tx, incident)
    if (directory !== community.directoryHead) throw new Refused('recipients-changed')
    const owed = waiting.flatMap((person) =>
      missingEpochs(person, incident).map((epoch) => `${person.id} ${epoch}`),
    )
    const offered = grants.map(({ member: to, epoch }) => `${to} ${epoch}`)
    if (new Set(offered).size !== offered.length || !offered.every((one) => owed.includes(one)))
      throw new Refused('recipients-changed')
    if (grants.length === 0) return null
    await tx
      .insertInto('grant_')
      .values(
        grants.map(({ member: to, epoch, sealed }) => ({ case_id: caseId, epoch, member_id: to, sealed })),
      )
      .execute()
    const after = await changeCase(tx, incident, {}, now)
    const to = [...new Set(grants.map((grant) => grant.member))]
    const { eligible } = await peopleOfCase(tx, incident)
    const openToAll = incident.acknowledged_at === null && now >= incident.open_at
    if (incident.brought_at !== null || openToAll)
      await handOver(
        tx,
        after,
        eligible.filter(({ id }) => to.includes(id)),
        now,
      )
    await appendLog(tx, [
      {
        community: incident.community_id,
        at: now,
        case: caseId,
        actor: member,
        deed: 'granted-again',
        detail: { to },
      },
    ])
    return after
  })
  if (changed) await announce(office, caseId, changed.version)
}
