import { acknowledgeIdeallyBy, secondaryInheritsAt } from '../procedure/deadlines.ts'
import { type NextStep, possibleSteps, type State, type StepKey } from '../procedure/lifecycle.ts'
import type { Playbook } from '../procedure/playbook.ts'
import type { PickEnd } from '../procedure/shepherd.ts'
import type { CasePerson } from '../store/case-people.ts'
import { setAsidesOf } from '../store/conflicts.ts'
import { incidentById } from '../store/incidents.ts'
import { epochsFor, recordsOf } from '../store/records.ts'
import type { RecordTable, ShepherdPickTable } from '../store/schema.ts'
import { picksOf } from '../store/shepherds.ts'
import { type CaseFile, filesOf } from '../store/uploads.ts'
import { type Decisions, decisionsOf } from './decisions.ts'
import type { CaseLine } from './inbox.ts'
import type { Office } from './office.ts'
import { hasClaim, missingEpochs, peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { dueOf, isMine, isStuck, needs, nextStepOf, overdueAt } from './turns.ts'

type Name = { readonly id: string; readonly name: string }

/** A sealed record as a reader gets it. */
export interface RecordView {
  readonly id: string
  readonly epoch: number
  readonly kind: string
  /** Member id, `reporter`, or `server` where the server sealed it for somebody. */
  readonly author: string
  readonly at: number
  /** The reporter may read it, and when they first opened it. */
  readonly shared: boolean
  readonly openedAt: number | null
  readonly sealed: Uint8Array
}

/** Somebody who was proposed as shepherd. Member ids. */
export interface PickView {
  readonly member: string
  readonly proposedBy: string
  readonly proposedAt: number
  /** When they said whether there is a bias. */
  readonly declaredAt: number | null
  readonly assignedBy: string | null
  readonly assignedAt: number | null
  /** Null while they stand. */
  readonly ended: PickEnd | null
  readonly endedAt: number | null
}

/** Everything of a case that a reader may have; what is said in it stays sealed. */
export interface CaseView extends Omit<CaseLine, 'community'> {
  readonly community: {
    readonly id: string
    readonly shortName: string
    readonly name: string
    readonly timeZone: string
    readonly demo: boolean
  }
  readonly times: {
    readonly acknowledgeIdeallyBy: number
    readonly acknowledgeBy: number
    readonly secondaryInheritsAt: number
    readonly openAt: number
    readonly resolveBy: number
  }
  readonly acknowledgedAt: number | null
  /** Member ids. */
  readonly responder: string | null
  readonly shepherd: string | null
  /** When the reporter was told who it is, until when they may object (I5, I6), and when the shepherd wrote (I7). */
  readonly shepherdNamedAt: number | null
  readonly objectionEndsAt: number | null
  readonly shepherdIntroducedAt: number | null
  /** Everybody who was proposed as shepherd, oldest first (I2, I3). */
  readonly picks: readonly PickView[]
  readonly broughtAt: number | null
  readonly closedAt: number | null
  /** When the reporter was told what was decided (L1), the new date (I4), and when it is looked at again (L6). */
  readonly informedAt: number | null
  readonly delayedTo: number | null
  readonly reviewAt: number | null
  /** Everything that was proposed, drafted for others and moved, oldest first (J2, J3, L2). */
  readonly decisions: Decisions
  readonly epochs: readonly {
    readonly epoch: number
    readonly recipient: string
    readonly grant: Uint8Array | null
  }[]
  readonly head: string
  readonly sharedHead: string | null
  readonly reporterRecipient: string | null
  /** Whether the reporter is told by mail that there is something for them. */
  readonly hasNotice: boolean
  /** The language the reporter used. */
  readonly language: string
  readonly records: readonly RecordView[]
  readonly files: readonly CaseFile[]
  /** Who can read it now: it was handed to them and they hold a grant. */
  readonly readers: readonly Name[]
  /** Members without a conflict. */
  readonly eligible: readonly Name[]
  /** Members who are to be granted it again, and for which epochs. */
  readonly waiting: readonly (Name & { readonly epochs: readonly number[] })[]
  /** Members to whom the next epoch is to be sealed, if one is started now (K3, K4). */
  readonly keyholders: readonly string[]
  /** Whoever stepped aside made the newest epoch: it is to be made anew (K3). */
  readonly renewEpoch: boolean
  /** Who is said to have a conflict, and by whom; never about whoever asks (K3). */
  readonly conflicts: readonly { readonly member: string; readonly saidBy: string; readonly at: number }[]
  /** Names of everybody who has done something in it. */
  readonly people: readonly Name[]
  /** On-call receivers, the one in charge first. */
  readonly receivers: readonly string[]
  readonly nextStep: NextStep | null
  readonly possibleSteps: readonly StepKey[]
}

/**
 * A case as one of its readers sees it.
 *
 * @param member - the reader's member id.
 * @throws {Refused} `not-found`.
 */
export async function caseView(
  { store: { db }, clock }: Office,
  caseId: string,
  member: string,
): Promise<CaseView> {
  const incident = await incidentById(db, caseId)
  if (!incident) throw new Refused('not-found')
  const community = await db
    .selectFrom('community')
    .select(['id', 'short_name', 'name', 'time_zone', 'demo'])
    .where('id', '=', incident.community_id)
    .executeTakeFirstOrThrow()
  const people = await peopleOfCase(db, incident)
  const epochs = await epochsFor(db, caseId, member)
  const files = await filesOf(db, caseId, 'all')
  const records = await recordsOf(db, caseId, 'all')
  const picks = await picksOf(db, caseId)
  const conflicts = (await setAsidesOf(db, caseId)).filter(({ member_id }) => member_id !== member)
  const now = clock.now()
  const playbook = JSON.parse(people.community.playbook) as Playbook
  const receivers = people.receivers.map(({ id }) => id)
  const step = nextStepOf(incident, { playbook, receivers, unconflicted: people.eligible.length }, now)
  const last = records.at(-1)
  const seen = new Set([
    incident.responder_id,
    incident.shepherd_id,
    ...records.map((row) => row.author_member),
    ...picks.flatMap(({ member_id, proposed_by }) => [member_id, proposed_by]),
  ])
  return {
    id: incident.id,
    community: {
      id: community.id,
      shortName: community.short_name,
      name: community.name,
      timeZone: community.time_zone,
      demo: community.demo === 1,
    },
    codeName: incident.code_name,
    state: incident.state as State,
    channel: incident.channel,
    arrivedAt: incident.arrived_at,
    due: dueOf(incident),
    overdue: overdueAt(incident, now),
    blocked: isStuck(incident, step),
    epoch: incident.epoch,
    mine: isMine(member, incident),
    needsMe: needs(member, incident, step, receivers, last?.kind ?? ''),
    version: incident.version,
    changedAt: Math.max(
      last?.at ?? incident.arrived_at,
      incident.acknowledged_at ?? 0,
      incident.brought_at ?? 0,
      incident.closed_at ?? 0,
    ),
    times: {
      acknowledgeIdeallyBy: acknowledgeIdeallyBy(incident.arrived_at, playbook),
      acknowledgeBy: incident.acknowledge_by,
      secondaryInheritsAt: secondaryInheritsAt(incident.arrived_at, playbook),
      openAt: incident.open_at,
      resolveBy: incident.resolve_by,
    },
    acknowledgedAt: incident.acknowledged_at,
    responder: incident.responder_id,
    shepherd: incident.shepherd_id,
    shepherdNamedAt: incident.shepherd_named_at,
    objectionEndsAt: incident.objection_ends_at,
    shepherdIntroducedAt: incident.shepherd_introduced_at,
    picks: picks.map(pickView),
    broughtAt: incident.brought_at,
    closedAt: incident.closed_at,
    informedAt: incident.informed_at,
    delayedTo: incident.delayed_to,
    reviewAt: incident.review_at,
    decisions: await decisionsOf(db, incident, people),
    epochs,
    // Of the records read here: one that arrived between two queries is not claimed to be there.
    head: last?.hash ?? incident.head,
    sharedHead: records.findLast(({ shared }) => shared === 1)?.hash ?? null,
    reporterRecipient: incident.reporter_recipient,
    hasNotice: incident.sealed_notice !== null,
    language: incident.language,
    records: records.map(recordView),
    files,
    readers: people.readers.filter(({ epochs: held }) => held.includes(incident.epoch)).map(named),
    eligible: people.eligible.map(named),
    waiting: people.waiting.map((person) => ({ ...named(person), epochs: missingEpochs(person, incident) })),
    keyholders: people.eligible.filter((person) => hasClaim(person, incident)).map(({ id }) => id),
    renewEpoch: incident.renew_epoch === 1,
    conflicts: conflicts.map(({ member_id, proposed_by, proposed_at }) => ({
      member: member_id,
      saidBy: proposed_by,
      at: proposed_at,
    })),
    people: people.everybody.filter(({ id, reader }) => reader || seen.has(id)).map(named),
    receivers,
    nextStep: step,
    possibleSteps: possibleSteps(incident.state as State).map(({ step: key }) => key),
  }
}

const named = ({ id, name }: CasePerson): Name => ({ id, name })

const pickView = (row: ShepherdPickTable): PickView => ({
  member: row.member_id,
  proposedBy: row.proposed_by,
  proposedAt: row.proposed_at,
  declaredAt: row.declared_at,
  assignedBy: row.assigned_by,
  assignedAt: row.assigned_at,
  ended: row.ended as PickEnd | null,
  endedAt: row.ended_at,
})

const recordView = (row: RecordTable): RecordView => ({
  id: row.id,
  epoch: row.epoch,
  kind: row.kind,
  author: row.author_member ?? (row.by_server === 1 ? 'server' : 'reporter'),
  at: row.at,
  shared: row.shared === 1,
  openedAt: row.opened_at,
  sealed: row.sealed,
})
