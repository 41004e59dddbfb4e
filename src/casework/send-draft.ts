import type { Outgoing } from '../sealing/outgoing.ts'
import { outgoingDigest } from '../sealing/outgoing.ts'
import { leanOnCommunities } from '../store/communities.ts'
import { appendLog } from '../store/log.ts'
import { queueNotices } from '../store/outbox.ts'
import { endDraft, waitingDraft } from '../store/outgoing.ts'
import { announce } from './announce.ts'
import { caseAtHand, changeCase } from './case-at-hand.ts'
import { type DraftAct, isConfirmed } from './confirm-draft.ts'
import type { Office } from './office.ts'
import { peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { once } from './repeatable.ts'
import { shepherdOnly } from './shepherd-only.ts'

/** A confirmed message to somebody else, and how it gets there. */
export interface SendingDeed extends DraftAct {
  /** Its words in the clear, for the server to mail; null: it was handed over by hand. */
  readonly mail: (Outgoing & { readonly language: string }) | null
  readonly key: string
}

/**
 * Sends a message to somebody else by mail, or records that it was handed over by hand (L2): once it is confirmed, and
 * after the reporter was told (L1). What is mailed is what was confirmed.
 *
 * @throws {Refused} `impossible-step`: `not-yours` for anybody but the shepherd, `inform-first` while M5 is not sent,
 * `not-in-force` while the organizers have not voted for it (J3), `not-confirmed`, `too-late`; `invalid-input` if it is
 * not the message that was confirmed.
 */
export async function sendDraft(office: Office, given: SendingDeed): Promise<void> {
  const { case: caseId, member, draft: id, mail, key } = given
  const changed = await office.store.write(async (tx) => {
    const incident = await caseAtHand(office, tx, caseId, member)
    await leanOnCommunities(tx, office.store.kind, [incident.community_id])
    const now = office.clock.now()
    const asked = [id, mail && outgoingDigest(mail)]
    const { answer, first } = await once(
      tx,
      { scope: ['send-draft', caseId, member], key, asked },
      now,
      async () => {
        shepherdOnly(incident, member)
        const draft = await waitingDraft(tx, caseId, id)
        if (!draft) throw new Refused('impossible-step', { reason: 'too-late' })
        if (incident.informed_at === null) throw new Refused('impossible-step', { reason: 'inform-first' })
        if (incident.state !== 'acting') throw new Refused('impossible-step', { reason: 'not-in-force' })
        if (!(await isConfirmed(tx, draft, await peopleOfCase(tx, incident))))
          throw new Refused('impossible-step', { reason: 'not-confirmed' })
        if (mail && (mail.address === null || outgoingDigest(mail) !== draft.digest))
          throw new Refused('invalid-input', { field: 'text', reason: 'is not what was confirmed' })
        const ended = mail ? 'sent' : 'handed-over'
        await endDraft(tx, id, ended, member, now)
        const after = await changeCase(tx, incident, {}, now)
        await appendLog(tx, [
          {
            community: incident.community_id,
            at: now,
            case: caseId,
            actor: member,
            deed: `draft-${ended}`,
            detail: { draft: id },
          },
        ])
        if (mail?.address)
          await queueNotices(tx, [
            {
              community: incident.community_id,
              case: caseId,
              sealedAddress: office.serverKey.seal(mail.address),
              sealedLine: office.serverKey.seal(JSON.stringify({ subject: mail.subject, text: mail.text })),
              notice: 'outgoing',
              detail: { language: mail.language },
              at: now,
            },
          ])
        return { version: after.version }
      },
    )
    return first ? answer : null
  })
  if (changed) await announce(office, caseId, changed.version)
}
