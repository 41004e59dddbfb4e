import { tally } from '../procedure/decision.ts'
import { nextState, type State, type StepKey } from '../procedure/lifecycle.ts'
import type { Playbook } from '../procedure/playbook.ts'
import type { NoticeKind } from '../store/outbox.ts'
import { agreementsTo, endProposal, keepAgreement, openProposal } from '../store/proposals.ts'
import type { IncidentTable, ProposalTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import type { Office } from './office.ts'
import { type PeopleOfCase, peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { tellMembers } from './tell.ts'
import { type WrittenDeed, writtenDeed } from './written-deed.ts'

/** What a member says of a proposal. */
export interface AgreementDeed extends WrittenDeed {
  readonly proposal: string
  readonly agrees: boolean
}

/**
 * Agrees to a proposal, or not, with the reason sealed (J2). The count is taken here, among the members without a
 * conflict (J4): with enough of them it is agreed; where too few are left who could still agree, it is discussed again.
 *
 * @throws {Refused} `impossible-step`: `not-yours` for the shepherd, or the reason why nothing is asked now;
 * `case-changed` if it is another proposal by now.
 */
export async function answerProposal(office: Office, given: AgreementDeed): Promise<void> {
  const { member, agrees } = given
  await writtenDeed(
    office,
    given,
    ['agree', given.proposal, agrees],
    () => ({ kind: 'agreement', shared: false }),
    async (tx, incident, now) => {
      const asked = await proposalAsked(tx, incident, 'agree')
      if (asked.id !== given.proposal) throw new Refused('case-changed', { version: incident.version })
      if (incident.shepherd_id === member) throw new Refused('impossible-step', { reason: 'not-yours' })
      const people = await peopleOfCase(tx, incident)
      const others = (await agreementsTo(tx, [asked.id])).filter(({ member_id }) => member_id !== member)
      const said = others.map((row) => ({ member: row.member_id, agrees: row.agrees === 1 }))
      const { verdict } = countOf([...said, { member, agrees }], incident, people)
      const effect = ends[verdict]
      if (effect.ended !== null) await endProposal(tx, asked.id, effect.ended, now)
      return {
        changes: effect.state === null ? {} : { state: effect.state },
        deed: agrees ? 'agreed' : 'disagreed',
        detail: { proposal: asked.id, ...(effect.state === null ? {} : { state: effect.state }) },
        notices:
          effect.notice === null
            ? []
            : tellMembers(
                people.readers.filter(({ id }) => id !== member),
                incident,
                effect.notice,
                now,
              ),
        keep: (record) =>
          keepAgreement(tx, {
            proposal_id: asked.id,
            member_id: member,
            agrees: agrees ? 1 : 0,
            record_id: record,
            at: now,
          }),
      }
    },
  )
}

/**
 * Takes a proposal back to the committee, with the reason as a note: the shepherd at any time, any other member once
 * somebody has said no (J2).
 *
 * @throws {Refused} `impossible-step`: `not-yours`, or the reason why nothing is asked now.
 */
export async function returnToDiscussion(office: Office, given: WrittenDeed): Promise<void> {
  const { member } = given
  await writtenDeed(
    office,
    given,
    ['return-to-discussion'],
    () => ({ kind: 'note', shared: false }),
    async (tx, incident, now) => {
      const asked = await proposalAsked(tx, incident, 'return-to-discussion')
      const isRefused = (await agreementsTo(tx, [asked.id])).some(({ agrees }) => agrees === 0)
      if (incident.shepherd_id !== member && !isRefused)
        throw new Refused('impossible-step', { reason: 'not-yours' })
      await endProposal(tx, asked.id, 'returned', now)
      const { readers } = await peopleOfCase(tx, incident)
      return {
        changes: { state: 'discussion' },
        deed: 'returned-to-discussion',
        detail: { proposal: asked.id, state: 'discussion' },
        notices: tellMembers(
          readers.filter(({ id }) => id !== member),
          incident,
          'proposal-returned',
          now,
        ),
      }
    },
  )
}

/** The proposal that members are asked about. @throws {Refused} `impossible-step` where there is none. */
async function proposalAsked(tx: Tx, incident: IncidentTable, step: StepKey): Promise<ProposalTable> {
  const next = nextState(incident.state as State, step)
  if (!next.ok) throw new Refused('impossible-step', { reason: next.reason })
  const asked = await openProposal(tx, incident.id)
  if (!asked) throw new Refused('impossible-step', { reason: 'too-early' })
  return asked
}

/** How a proposal stands, counted among the members without a conflict who can read the case (J2, J4). */
export function countOf(
  said: Parameters<typeof tally>[0],
  incident: Pick<IncidentTable, 'shepherd_id' | 'epoch'>,
  { community, readers }: Pick<PeopleOfCase, 'community' | 'readers'>,
): ReturnType<typeof tally> {
  const entitled = readers.filter(({ epochs }) => epochs.includes(incident.epoch)).map(({ id }) => id)
  return tally(said, entitled, incident.shepherd_id, (JSON.parse(community.playbook) as Playbook).quorum)
}

const ends = {
  open: { ended: null, state: null, notice: null },
  agreed: { ended: 'agreed', state: 'agreed', notice: 'proposal-agreed' },
  'out-of-reach': { ended: 'returned', state: 'discussion', notice: 'proposal-returned' },
} as const satisfies Record<string, { ended: string | null; state: State | null; notice: NoticeKind | null }>
