import type { State } from '../procedure/lifecycle.ts'
import { actsOf, mayPick, type PickAct } from '../procedure/shepherd.ts'
import { rowId } from '../store/ids.ts'
import type { NoticeKind } from '../store/outbox.ts'
import type { IncidentTable, ShepherdPickTable } from '../store/schema.ts'
import { endPick, insertPick, picksOf, updatePick } from '../store/shepherds.ts'
import type { Tx } from '../store/store.ts'
import type { Office } from './office.ts'
import { type PeopleOfCase, peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { tellMembers } from './tell.ts'
import { type Effect, type WrittenDeed, writtenDeed } from './written-deed.ts'

/** What a member says of who is to be shepherd. */
export interface PickDeed extends WrittenDeed {
  readonly act: PickAct
  /** Whom it is about. */
  readonly about: string
  /** Whoever proposes themselves says at once whether there is a bias: true, they did (I3). */
  readonly declared: boolean
}

/** Of a case that has no shepherd: nobody was named to the reporter. */
export const withoutShepherd = {
  shepherd_id: null,
  shepherd_named_at: null,
  objection_ends_at: null,
  shepherd_introduced_at: null,
} as const

/**
 * Proposes a shepherd, declares a bias, agrees or not, steps down (I2 to I4). One other member who agrees after the
 * declaration decides; one who says that a bias matters has another picked. What each says is a sealed record.
 *
 * @throws {Refused} `impossible-step`: `too-early`, `closed`, `not-yours` for what is not theirs to say now, `objected`
 * for somebody whom the reporter did not want (I6), `not-eligible` for somebody who cannot read the case.
 */
export async function pickShepherd(office: Office, given: PickDeed): Promise<void> {
  const { act, about, declared, member } = given
  await writtenDeed(
    office,
    given,
    ['shepherd', act, about, declared],
    () => ({ kind: 'shepherd', shared: false }),
    async (tx, incident, now) => {
      const barred = mayPick(incident.state as State)
      if (barred !== null) throw new Refused('impossible-step', { reason: barred })
      const picks = await picksOf(tx, incident.id)
      const standing = picks.find(({ ended }) => ended === null) ?? null
      if (!actsOf(member, standing && asPick(standing)).includes(act))
        throw new Refused('impossible-step', { reason: 'not-yours' })
      if (act !== 'propose' && about !== standing?.member_id)
        throw new Refused('impossible-step', { reason: 'not-yours' })
      const people = await peopleOfCase(tx, incident)
      return effects[act](tx, incident, {
        given,
        picks,
        standing: standing as ShepherdPickTable,
        people,
        now,
      })
    },
  )
}

/** A proposal as the rules see it. */
const asPick = ({ member_id, declared_at, assigned_at }: ShepherdPickTable) => ({
  member: member_id,
  declared: declared_at !== null,
  assigned: assigned_at !== null,
})

interface Facts {
  readonly given: PickDeed
  readonly picks: readonly ShepherdPickTable[]
  /** Of every act but `propose`: whoever stands. */
  readonly standing: ShepherdPickTable
  readonly people: PeopleOfCase
  readonly now: number
}

const effects: Record<PickAct, (tx: Tx, incident: IncidentTable, facts: Facts) => Promise<Effect>> = {
  async propose(tx, incident, facts) {
    const { given, picks, people, now } = facts
    const { about, member } = given
    if (!people.readers.some(({ id, epochs }) => id === about && epochs.includes(incident.epoch)))
      throw new Refused('impossible-step', { reason: 'not-eligible' })
    if (picks.some(({ member_id, ended }) => member_id === about && ended === 'objected'))
      throw new Refused('impossible-step', { reason: 'objected' })
    const self = about === member
    if (self !== given.declared)
      throw new Refused('invalid-input', { field: 'declared', reason: 'is for whoever is proposed to say' })
    await endPick(tx, incident.id, 'replaced', now)
    await insertPick(tx, {
      id: rowId(now),
      case_id: incident.id,
      member_id: about,
      proposed_by: member,
      proposed_at: now,
      declared_at: self ? now : null,
      assigned_by: null,
      assigned_at: null,
      ended_at: null,
      ended: null,
    })
    return {
      changes: {},
      deed: 'shepherd-proposed',
      detail: { about },
      notices: self
        ? told(incident, facts, 'shepherd-declared', ({ id }) => id !== member)
        : told(incident, facts, 'shepherd-proposed', ({ id }) => id === about),
    }
  },

  async declare(tx, incident, facts) {
    await updatePick(tx, facts.standing.id, { declared_at: facts.now })
    return {
      changes: {},
      deed: 'bias-declared',
      notices: told(incident, facts, 'shepherd-declared', ({ id }) => id !== facts.given.member),
    }
  },

  async decline(tx, incident, facts) {
    await endPick(tx, incident.id, 'declined', facts.now)
    return { changes: {}, deed: 'shepherd-declined', notices: needed(incident, facts) }
  },

  async assign(tx, incident, facts) {
    const { given, now, standing } = facts
    await updatePick(tx, standing.id, { assigned_by: given.member, assigned_at: now })
    return {
      changes: { ...withoutShepherd, shepherd_id: standing.member_id },
      deed: 'shepherd-assigned',
      detail: { about: standing.member_id },
      notices: told(incident, facts, 'shepherd-assigned', ({ id }) => id !== given.member),
    }
  },

  async matters(tx, incident, facts) {
    await endPick(tx, incident.id, 'matters', facts.now)
    return {
      changes: withoutShepherd,
      deed: 'bias-matters',
      detail: { about: facts.standing.member_id },
      notices: needed(incident, facts),
    }
  },

  async 'step-down'(tx, incident, facts) {
    await endPick(tx, incident.id, 'stepped-down', facts.now)
    return { changes: withoutShepherd, deed: 'shepherd-stepped-down', notices: needed(incident, facts) }
  },
}

const told = (
  incident: IncidentTable,
  { people, now }: Facts,
  notice: NoticeKind,
  to: (person: { readonly id: string }) => boolean,
) => tellMembers(people.readers.filter(to), incident, notice, now)

const needed = (incident: IncidentTable, facts: Facts) =>
  told(incident, facts, 'shepherd-needed', ({ id }) => id !== facts.given.member)
