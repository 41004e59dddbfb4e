import type { DraftEnd, ProposalEnd, VoteOutcome } from '../procedure/decision.ts'
import type { Playbook } from '../procedure/playbook.ts'
import { namesOf } from '../store/members.ts'
import { motionsOf } from '../store/motions.ts'
import { confirmationsOf, draftsOf } from '../store/outgoing.ts'
import { agreementsTo, proposalsOf } from '../store/proposals.ts'
import type { IncidentTable } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import { countOf } from './answer-proposal.ts'
import type { Contact } from './contact.ts'
import type { PeopleOfCase } from './people-of-case.ts'

/** What was proposed, drafted for others and moved in a case: facts alone, what each says is in its record. Member ids. */
export interface Decisions {
  readonly proposals: readonly {
    readonly id: string
    readonly record: string
    readonly by: string
    readonly at: number
    readonly groupLevel: boolean
    /** Null while members are asked. */
    readonly ended: ProposalEnd | null
    readonly answers: readonly {
      readonly member: string
      readonly agrees: boolean
      readonly record: string
      readonly at: number
    }[]
    /** How many agree and count (J2, J4), and how many must. */
    readonly agreed: number
    readonly needed: number
  }[]
  readonly drafts: readonly {
    readonly id: string
    readonly record: string
    readonly by: string
    readonly at: number
    readonly confirmedBy: readonly string[]
    readonly needed: number
    /** Null while it waits. */
    readonly ended: DraftEnd | null
    readonly endedBy: string | null
    readonly endedAt: number | null
  }[]
  readonly motions: readonly {
    readonly id: string
    readonly record: string
    readonly by: string
    readonly at: number
    /** Null while the organizers vote. */
    readonly outcome: VoteOutcome | null
    readonly votedBy: string | null
    readonly votedAt: number | null
  }[]
  /** The way out where nothing can be decided (J4). */
  readonly organizers: { readonly names: readonly string[]; readonly email: string | null }
}

/** Reads what was decided in a case. */
export async function decisionsOf(db: Db, incident: IncidentTable, people: PeopleOfCase): Promise<Decisions> {
  const { community } = people
  const proposals = await proposalsOf(db, incident.id)
  const agreements = await agreementsTo(
    db,
    proposals.map(({ id }) => id),
  )
  const drafts = await draftsOf(db, incident.id)
  const confirmations = await confirmationsOf(
    db,
    drafts.map(({ id }) => id),
  )
  const motions = await motionsOf(db, incident.id)
  const playbook = JSON.parse(community.playbook) as Playbook
  return {
    proposals: proposals.map((row) => {
      const answers = agreements
        .filter(({ proposal_id }) => proposal_id === row.id)
        .map(({ member_id, agrees, record_id, at }) => ({
          member: member_id,
          agrees: agrees === 1,
          record: record_id,
          at,
        }))
      const { agreed, needed } = countOf(answers, incident, people)
      return {
        id: row.id,
        record: row.record_id,
        by: row.proposed_by,
        at: row.proposed_at,
        groupLevel: row.group_level === 1,
        ended: row.ended as ProposalEnd | null,
        answers,
        agreed,
        needed,
      }
    }),
    drafts: drafts.map((row) => ({
      id: row.id,
      record: row.record_id,
      by: row.drafted_by,
      at: row.drafted_at,
      confirmedBy: confirmations
        .filter(({ draft_id }) => draft_id === row.id)
        .map(({ member_id }) => member_id),
      needed: playbook.confirmations,
      ended: row.ended as DraftEnd | null,
      endedBy: row.ended_by,
      endedAt: row.ended_at,
    })),
    motions: motions.map((row) => ({
      id: row.id,
      record: row.record_id,
      by: row.moved_by,
      at: row.moved_at,
      outcome: row.outcome,
      votedBy: row.voted_by,
      votedAt: row.voted_at,
    })),
    organizers: {
      names: await namesOf(
        db,
        community.organizers.map(({ account }) => account),
      ),
      email: (JSON.parse(community.contact) as Contact).organizersEmail,
    },
  }
}
