/**
 * The states of a case and the steps between them (section States), as data, and what may be done next and by
 * whom. `overdue` and `blocked` are marks on a case, not states. Instants are epoch milliseconds.
 */
import { dotEdge, dotGraph, dotNode } from './dot.ts'
import type { MessageKey } from './records.ts'
import type { MemberId } from './roster.ts'

/** In the order of the procedure, `on-file` last. */
export const states = [
  'new',
  'acknowledged',
  'committee',
  'discussion',
  'proposed',
  'agreed',
  'motion',
  'acting',
  'resolved',
  'on-file',
] as const
export type State = (typeof states)[number]

export const stepKeys = [
  'acknowledge',
  'keep-on-file',
  'bring-to-committee',
  'introduce-shepherd',
  'propose',
  'agree',
  'return-to-discussion',
  'move-motion',
  'pass-motion',
  'fail-motion',
  'inform-reporter',
  'go-on',
  'resolve',
  'reopen',
] as const
export type StepKey = (typeof stepKeys)[number]

/** Whose a step is. `member`: any one member who may act in the case. */
export type Role = 'first-responder' | 'shepherd' | 'committee' | 'organizers' | 'member'

export type Step = {
  readonly step: StepKey
  readonly from: readonly State[]
  readonly to: State
  readonly rule: string
  readonly who: Role
  /** The message with which the step is taken. */
  readonly message?: MessageKey
}

/** Every step there is. What is not here is refused. */
export const steps: readonly Step[] = [
  {
    step: 'acknowledge',
    from: ['new'],
    to: 'acknowledged',
    rule: 'H2',
    who: 'first-responder',
    message: 'M1',
  },
  {
    step: 'keep-on-file',
    from: ['new', 'acknowledged'],
    to: 'on-file',
    rule: 'H3',
    who: 'first-responder',
    message: 'M2',
  },
  { step: 'bring-to-committee', from: ['acknowledged'], to: 'committee', rule: 'I1', who: 'first-responder' },
  {
    step: 'introduce-shepherd',
    from: ['committee'],
    to: 'discussion',
    rule: 'I7',
    who: 'shepherd',
    message: 'M4',
  },
  { step: 'propose', from: ['discussion'], to: 'proposed', rule: 'J2', who: 'shepherd' },
  { step: 'agree', from: ['proposed'], to: 'agreed', rule: 'J2', who: 'committee' },
  { step: 'return-to-discussion', from: ['proposed'], to: 'discussion', rule: 'J2', who: 'committee' },
  { step: 'move-motion', from: ['agreed'], to: 'motion', rule: 'J3', who: 'shepherd', message: 'M9' },
  { step: 'pass-motion', from: ['motion'], to: 'acting', rule: 'J3', who: 'organizers' },
  { step: 'fail-motion', from: ['motion'], to: 'discussion', rule: 'J3', who: 'organizers' },
  { step: 'inform-reporter', from: ['agreed'], to: 'acting', rule: 'L1', who: 'shepherd', message: 'M5' },
  { step: 'go-on', from: ['acting'], to: 'discussion', rule: 'L3', who: 'shepherd' },
  { step: 'resolve', from: ['acting'], to: 'resolved', rule: 'L4', who: 'shepherd', message: 'M7' },
  { step: 'reopen', from: ['resolved', 'on-file'], to: 'discussion', rule: 'L6', who: 'member' },
]

/**
 * Why a step is refused. `closed`: the case is closed, only new information reopens it (L6). `still-open`: only a
 * closed case can be reopened. `too-late`: the case is past it. `too-early`: something comes first.
 * Words: `refusal.<code>`.
 */
export const refusalCodes = ['closed', 'still-open', 'too-late', 'too-early'] as const
export type RefusalCode = (typeof refusalCodes)[number]

export type StepResult =
  | { readonly ok: true; readonly state: State }
  | { readonly ok: false; readonly reason: RefusalCode }

/** The state after `step` is taken in `state`, or the reason why it cannot be (section States). */
export function nextState(state: State, step: StepKey): StepResult {
  const found = stepOf(step)
  if (found.from.includes(state)) return { ok: true, state: found.to }
  if (isClosed(state)) return { ok: false, reason: 'closed' }
  if (found.from.every(isClosed)) return { ok: false, reason: 'still-open' }
  const reached = states.indexOf(state)
  const comesFrom = found.from.map((from) => states.indexOf(from))
  return { ok: false, reason: comesFrom.every((from) => from < reached) ? 'too-late' : 'too-early' }
}

/** The steps that can be taken from `state`, in the order of the procedure. */
export function possibleSteps(state: State): Step[] {
  return steps.filter((step) => step.from.includes(state))
}

/** The row of the table for `step`. */
export function stepOf(step: StepKey): Step {
  const found = steps.find((candidate) => candidate.step === step)
  if (found === undefined) throw new RangeError(`No such step: ${step}`)
  return found
}

/** Whether the case is closed: resolved or kept on file. */
export function isClosed(state: State): boolean {
  return state === 'resolved' || state === 'on-file'
}

/** The mark *overdue* (L5): past `dueAt` at instant `now` and not closed. */
export function isOverdue(state: State, dueAt: number, now: number): boolean {
  return !isClosed(state) && now > dueAt
}

/**
 * The mark *blocked* (J4): of `unconflicted` members the shepherd does not count, and fewer than `quorum` others
 * are left to agree, so that nothing can be decided. The way out is the organizers. Never for a closed case.
 */
export function isBlocked(state: State, unconflicted: number, quorum: number): boolean {
  return !isClosed(state) && unconflicted - 1 < quorum
}

/** A fact H3 turns on: yes, no, null where the report does not say, 'unknown' where it cannot be seen (server). */
export type Fact = boolean | null | 'unknown'

export type OnFileRefusal = 'decision-wanted' | 'nothing-done' | 'not-said'

/**
 * Whether M2 may be sent and the case kept on file (H3). Only where action has been taken, and not where a
 * decision is asked for. The facts stand in the sealed report, or in the first responder's completion of it (H4),
 * so the browser answers for them; the server passes 'unknown' and does not refuse what it cannot see.
 * Words of the reason: `on-file.<reason>`.
 */
export function mayKeepOnFile(facts: {
  readonly actionTaken: Fact
  readonly decisionWanted: Fact
}): { readonly ok: true } | { readonly ok: false; readonly reason: OnFileRefusal } {
  if (facts.decisionWanted === true) return { ok: false, reason: 'decision-wanted' }
  if (facts.actionTaken === false) return { ok: false, reason: 'nothing-done' }
  if (facts.actionTaken === null) return { ok: false, reason: 'not-said' }
  return { ok: true }
}

/** What is needed to say whose turn it is. Optional facts are those of later states. */
export type Standing = {
  readonly state: State
  readonly now: number
  /** On-call receivers of this case, the one in charge first. */
  readonly receivers: readonly MemberId[]
  readonly secondaryInheritsAt: number
  readonly openAt: number
  /** Who answered the reporter or took the case to answer; null: nobody yet. */
  readonly firstResponder: MemberId | null
  readonly shepherd?: MemberId | null
  /** Whether the reporter was told who the shepherd is (M3, I5). */
  readonly shepherdNamed?: boolean
  /** Whether this shepherd wrote to the reporter (M4, I7): once they did, the case goes on. */
  readonly shepherdIntroduced?: boolean
  /** While the reporter may object (I6); null once they agreed or none runs. */
  readonly objectionEndsAt?: number | null
  /** Members without a conflict, the shepherd among them; and how many others must agree (J2, J4). */
  readonly unconflicted?: number
  readonly quorum?: number
  /** What was agreed needs the organizers (J3). */
  readonly groupLevel?: boolean
  /** Whether M5 was sent (L1). */
  readonly reporterInformed?: boolean
}

/** What is to be done next. Words: `task.<task>`. */
export const taskKeys = [
  'answer-reporter',
  'bring-to-committee',
  'pick-shepherd',
  'name-shepherd',
  'wait-for-objection',
  'introduce-shepherd',
  'ask-organizers',
  'discuss-and-propose',
  'decide',
  'move-motion',
  'inform-reporter',
  'wait-for-vote',
  'act-and-close',
] as const
export type TaskKey = (typeof taskKeys)[number]

/** Whose a task is. `primary`, `secondary`, `anyone` only while nobody has answered (G2 to G4). */
export type Turn =
  | 'primary'
  | 'secondary'
  | 'anyone'
  | 'first-responder'
  | 'shepherd'
  | 'committee'
  | 'organizers'
  | 'reporter'

export type NextStep = {
  readonly task: TaskKey
  readonly turn: Turn
  /** The member whose turn it is, where it is one member's. */
  readonly member: MemberId | null
  readonly rule: string
  /** The steps of the table with which the task can be done; empty where it moves no state. */
  readonly steps: readonly StepKey[]
}

/** The next step of the procedure and whose it is; null where nothing is left to do (resolved, on file). */
export function nextStep(facts: Standing): NextStep | null {
  switch (facts.state) {
    case 'new':
      return answerReporter(facts)
    case 'acknowledged':
      return byFirstResponder(facts, 'bring-to-committee', 'I1', ['bring-to-committee', 'keep-on-file'])
    case 'committee':
      return blocked(facts) ?? settleShepherd(facts)
    case 'discussion':
      return (
        blocked(facts) ?? settleAnew(facts) ?? byShepherd(facts, 'discuss-and-propose', 'J1', ['propose'])
      )
    case 'proposed':
      return blocked(facts) ?? byGroup('committee', 'decide', 'J2', ['agree', 'return-to-discussion'])
    case 'agreed':
    case 'motion':
    case 'acting':
      return settleAnew(facts) ?? afterAgreement(facts)
    case 'resolved':
    case 'on-file':
      return null
  }
}

function afterAgreement(facts: Standing): NextStep {
  if (facts.state === 'agreed') {
    if (facts.groupLevel === true) return byShepherd(facts, 'move-motion', 'J3', ['move-motion'])
    return byShepherd(facts, 'inform-reporter', 'L1', ['inform-reporter'])
  }
  // M5 says that a motion was made; it moves no state here (S10).
  if (facts.reporterInformed === false) return byShepherd(facts, 'inform-reporter', 'L1', [])
  if (facts.state === 'motion')
    return byGroup('organizers', 'wait-for-vote', 'J3', ['pass-motion', 'fail-motion'])
  return byShepherd(facts, 'act-and-close', 'L4', ['resolve', 'go-on'])
}

function answerReporter(facts: Standing): NextStep {
  const [primary = null, secondary = null] = facts.receivers
  const steps: StepKey[] = ['acknowledge', 'keep-on-file']
  if (facts.firstResponder !== null) return byFirstResponder(facts, 'answer-reporter', 'H1', steps)
  const base = { task: 'answer-reporter', steps } as const
  if (facts.now >= facts.openAt || primary === null)
    return { ...base, turn: 'anyone', member: null, rule: 'G4' }
  if (facts.now >= facts.secondaryInheritsAt && secondary !== null) {
    return { ...base, turn: 'secondary', member: secondary, rule: 'G3' }
  }
  return { ...base, turn: 'primary', member: primary, rule: 'G2' }
}

function settleShepherd(facts: Standing): NextStep {
  const shepherd = facts.shepherd ?? null
  if (shepherd === null) return byGroup('committee', 'pick-shepherd', 'I2', [])
  if (shepherd !== facts.firstResponder) {
    if (facts.shepherdNamed !== true) return byFirstResponder(facts, 'name-shepherd', 'I5', [])
    const ends = facts.objectionEndsAt ?? null
    // Said, not enforced: the shepherd can write earlier (M4 stays possible).
    if (ends !== null && facts.now < ends) {
      return {
        task: 'wait-for-objection',
        turn: 'reporter',
        member: null,
        rule: 'I6',
        steps: ['introduce-shepherd'],
      }
    }
  }
  return byShepherd(facts, 'introduce-shepherd', 'I7', ['introduce-shepherd'])
}

/**
 * Of a case that is past its first introduction: its shepherd has left it, or the reporter objected, so that another is
 * picked and introduced, which moves no state (I2, I6). Null: it has one.
 */
function settleAnew(facts: Standing): NextStep | null {
  if (facts.shepherd === undefined || (facts.shepherd !== null && facts.shepherdIntroduced !== false))
    return null
  return { ...settleShepherd(facts), steps: [] }
}

function blocked(facts: Standing): NextStep | null {
  if (facts.unconflicted === undefined || facts.quorum === undefined) return null
  if (!isBlocked(facts.state, facts.unconflicted, facts.quorum)) return null
  return byGroup('committee', 'ask-organizers', 'J4', [])
}

function byFirstResponder(facts: Standing, task: TaskKey, rule: string, steps: StepKey[]): NextStep {
  return { task, turn: 'first-responder', member: facts.firstResponder, rule, steps }
}

function byShepherd(facts: Standing, task: TaskKey, rule: string, steps: StepKey[]): NextStep {
  return { task, turn: 'shepherd', member: facts.shepherd ?? null, rule, steps }
}

function byGroup(turn: 'committee' | 'organizers', task: TaskKey, rule: string, steps: StepKey[]): NextStep {
  return { task, turn, member: null, rule, steps }
}

/** The name of a state, or of a step. */
export type LifecycleLabel = (what: State | StepKey) => string

/**
 * The states and steps as Graphviz DOT text, with `label` giving the words and, if given, the state the case is
 * in. States are nodes with the id `state-<state>` and class `state`, the present one `state here`; steps are
 * edges of class `step`.
 */
export function lifecycleDot(label: LifecycleLabel, here?: State): string {
  const nodes = states.map((state) =>
    dotNode(state, label(state), { id: `state-${state}`, class: state === here ? 'state here' : 'state' }),
  )
  const edges = steps.flatMap(({ step, from, to }) =>
    from.map((origin) => dotEdge(origin, to, label(step), { class: 'step' })),
  )
  return dotGraph('lifecycle', [...nodes, ...edges])
}
