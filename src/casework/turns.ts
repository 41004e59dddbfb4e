import { secondaryInheritsAt } from '../procedure/deadlines.ts'
import { isClosed, isOverdue, type NextStep, nextStep, type State } from '../procedure/lifecycle.ts'
import type { Playbook } from '../procedure/playbook.ts'
import type { IncidentTable } from '../store/schema.ts'

/** What has to be known to say whose turn it is in a case. */
export interface TurnFacts {
  readonly playbook: Playbook
  /** Member ids of the on-call receivers, the one in charge first. */
  readonly receivers: readonly string[]
  /** How many members without a conflict there are. */
  readonly unconflicted: number
}

type Case = Pick<
  IncidentTable,
  | 'state'
  | 'arrived_at'
  | 'acknowledge_by'
  | 'acknowledged_at'
  | 'resolve_by'
  | 'open_at'
  | 'responder_id'
  | 'shepherd_id'
  | 'shepherd_named_at'
  | 'objection_ends_at'
  | 'shepherd_introduced_at'
  | 'informed_at'
  | 'group_level'
  | 'delayed_to'
>

/** The next step of the procedure in a case, at instant `now`; null where nothing is left to do. */
export function nextStepOf(incident: Case, facts: TurnFacts, now: number): NextStep | null {
  return nextStep({
    state: incident.state as State,
    now,
    receivers: facts.receivers,
    secondaryInheritsAt: secondaryInheritsAt(incident.arrived_at, facts.playbook),
    openAt: incident.open_at,
    firstResponder: incident.responder_id,
    shepherd: incident.shepherd_id,
    shepherdNamed: incident.shepherd_named_at !== null,
    shepherdIntroduced: incident.shepherd_introduced_at !== null,
    objectionEndsAt: incident.objection_ends_at,
    unconflicted: facts.unconflicted,
    quorum: facts.playbook.quorum,
    groupLevel: incident.group_level === 1,
    reporterInformed: incident.informed_at !== null,
  })
}

/**
 * Whether a case needs `member`: it is their turn, or the reporter wrote last and it is theirs, or nobody's. A primary
 * whose case the secondary inherited is not let off by that (G3).
 *
 * @param lastKind - kind of the newest record.
 */
export function needs(
  member: string,
  incident: Case,
  step: NextStep | null,
  receivers: readonly string[],
  lastKind: string,
): boolean {
  const turn =
    step !== null &&
    (step.turn === 'anyone' ||
      step.turn === 'committee' ||
      step.member === member ||
      (step.turn === 'secondary' && receivers[0] === member))
  const nobodys = incident.responder_id === null && incident.shepherd_id === null
  return turn || (lastKind === 'answer' && (nobodys || isMine(member, incident)))
}

/** The mark *blocked* (J4): nobody on the committee can read it, or too few are left to decide. */
export const isStuck = ({ blocked }: Pick<IncidentTable, 'blocked'>, step: NextStep | null): boolean =>
  blocked === 1 || step?.task === 'ask-organizers'

/** Whether `member` answered a case or shepherds it. */
export const isMine = (member: string, { responder_id, shepherd_id }: Case): boolean =>
  responder_id === member || shepherd_id === member

/** What is due next (H1, L5): nothing in a closed case. */
export function dueOf(incident: Case): { what: 'acknowledge' | 'resolve' | null; at: number | null } {
  if (isClosed(incident.state as State)) return { what: null, at: null }
  return incident.acknowledged_at === null
    ? { what: 'acknowledge', at: incident.acknowledge_by }
    : { what: 'resolve', at: resolveDue(incident) }
}

/** When a case is due to be resolved: by the new date, if its shepherd gave one (I4, L5). */
export const resolveDue = ({ delayed_to, resolve_by }: Pick<Case, 'delayed_to' | 'resolve_by'>): number =>
  delayed_to ?? resolve_by

/** Whether what is due next is past its time. */
export function overdueAt(incident: Case, now: number): boolean {
  const { at } = dueOf(incident)
  return at !== null && isOverdue(incident.state as State, at, now)
}
