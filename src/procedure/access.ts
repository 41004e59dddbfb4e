/**
 * Who may know of a case, read it, act in it (F1, G4, I1, K1 to K4). One place, pure, for the server's guard
 * and the console alike. Exclusion wins over everything else, and being the chair adds nothing.
 */
import type { MemberId } from './roster.ts'

export type Person = {
  readonly id: MemberId
  /** Organizers see only what is addressed to organizers, which is no case. */
  readonly kind: 'member' | 'organizer'
  /** Settings and members. No wider reading rights. */
  readonly chair: boolean
  /** False from the moment somebody leaves (K4). */
  readonly active: boolean
}

export type CaseAccess = {
  /** Members named as involved, stepped aside or set aside (K1, K3). */
  readonly excluded: ReadonlySet<MemberId>
  /** On-call receivers of this case, the one in charge first (F1, K2). */
  readonly receivers: readonly MemberId[]
  /** Members to whom it was handed by name: who stepped in, who was given the case, with whom it was shared. */
  readonly handedTo: ReadonlySet<MemberId>
  /** When it was brought to the committee (I1), epoch milliseconds; null: not yet. */
  readonly broughtAt: number | null
  /** From when it is open to all while unanswered (G4), epoch milliseconds. */
  readonly openAt: number
  /** Whether a first response has been given (H2, H3). */
  readonly answered: boolean
  /** Members for whom a grant exists, handed out or not. */
  readonly grantedTo: ReadonlySet<MemberId>
}

/**
 * Whether `person` may learn, at instant `now` (epoch milliseconds), that the case exists: its row, its name,
 * its count, its notifications. True for its receivers and those it was handed to; for the members who hold a
 * grant once it was brought to the committee (F1, I1; a member who joined later holds none: K4); and for every
 * member while it is unanswered after a day (G4). Never for an excluded one (K1), an organizer, or one who left.
 */
export function mayKnow(person: Person, facts: CaseAccess, now: number): boolean {
  if (person.kind !== 'member' || !person.active || facts.excluded.has(person.id)) return false
  return (
    facts.receivers.includes(person.id) ||
    facts.handedTo.has(person.id) ||
    (isBrought(facts, now) && facts.grantedTo.has(person.id)) ||
    isOpenToAll(facts, now)
  )
}

/**
 * Whether the server may hand `person` their grant and the sealed records, at instant `now` (epoch
 * milliseconds): they may know of the case and there is a grant for them (F1, K4).
 */
export function mayRead(person: Person, facts: CaseAccess, now: number): boolean {
  return mayKnow(person, facts, now) && facts.grantedTo.has(person.id)
}

/**
 * Whether `person` may take a step in the case at instant `now` (epoch milliseconds): only who can read it
 * can judge it. Which steps there are, and whose, says lifecycle.ts.
 */
export function mayAct(person: Person, facts: CaseAccess, now: number): boolean {
  return mayRead(person, facts, now)
}

/**
 * Whether `person` may step in and take the case as first responder at instant `now` (epoch milliseconds):
 * no response within a day and no conflict (G4). Receivers need not wait (G3). A grant is not needed to step
 * in: what came by mail is sealed to the on-call pair alone, and one of them then grants it.
 */
export function mayStepIn(person: Person, facts: CaseAccess, now: number): boolean {
  return !facts.answered && mayKnow(person, facts, now)
}

function isBrought(facts: CaseAccess, now: number): boolean {
  return facts.broughtAt !== null && facts.broughtAt <= now
}

function isOpenToAll(facts: CaseAccess, now: number): boolean {
  return !facts.answered && now >= facts.openAt
}
