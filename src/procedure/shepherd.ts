/**
 * How a shepherd is found (I2 to I6), as data and pure functions: who may say what about whom, and when. What they
 * say is sealed; that they said it, the server has to know.
 */
import { isClosed, type RefusalCode, type State, states } from './lifecycle.ts'
import { BodyError, checkChoice, checkObject, checkText, limits } from './records.ts'
import type { MemberId } from './roster.ts'

/**
 * What a member can say. `propose`: somebody as shepherd. `declare`: I, who was proposed, know the people involved, or
 * do not (I3). `decline`: I cannot. `assign`: I agree, so it is decided. `matters`: the bias matters, pick another.
 * `step-down`: I, the shepherd, cannot go on.
 */
export const pickActs = ['propose', 'declare', 'decline', 'assign', 'matters', 'step-down'] as const
export type PickAct = (typeof pickActs)[number]

/** Why somebody is not proposed, or not shepherd, any more. `left`: the committee, or the case (K3, K4). */
export const pickEnds = ['replaced', 'declined', 'matters', 'stepped-down', 'objected', 'left'] as const
export type PickEnd = (typeof pickEnds)[number]

/** The sealed record of what a member said. `bias`: of `declare`, and of proposing oneself; null otherwise. */
export type ShepherdBody = {
  readonly act: PickAct
  /** Whom it is about. */
  readonly member: MemberId
  readonly bias: boolean | null
  readonly text: string
}

/** Somebody who stands as shepherd: proposed, or assigned. */
export type Pick = { readonly member: MemberId; readonly declared: boolean; readonly assigned: boolean }

/**
 * Why nobody can be picked in a case in `state`: `too-early` before it is brought to the committee, `closed` after.
 * null: it can be done.
 */
export function mayPick(state: State): RefusalCode | null {
  if (isClosed(state)) return 'closed'
  return states.indexOf(state) < states.indexOf('committee') ? 'too-early' : null
}

/**
 * What `me` may say now of `standing`, who was proposed or is shepherd; null: nobody is. One other member decides,
 * after the declaration; whoever was proposed does not decide about themselves (I2, I3).
 */
export function actsOf(me: MemberId, standing: Pick | null): PickAct[] {
  if (standing === null) return ['propose']
  const { member, declared, assigned } = standing
  if (assigned) return member === me ? ['step-down'] : ['matters']
  if (member === me) return declared ? ['decline'] : ['declare', 'decline']
  return declared ? ['assign', 'matters', 'propose'] : ['propose']
}

/**
 * Takes any value, gives back what a member said of a shepherd. A bias is described (I3); the rest may go without words.
 * @throws BodyError if it is not that.
 */
export function checkShepherdBody(value: unknown): ShepherdBody {
  const given = checkObject(value, '', ['act', 'member', 'bias', 'text'])
  const { bias } = given
  if (bias !== null && typeof bias !== 'boolean') throw new BodyError('bias', 'is neither yes, no nor unsaid')
  return {
    act: checkChoice(given.act, 'act', pickActs),
    member: checkText(given.member, 'member', limits.line, 1),
    bias,
    text: checkText(given.text, 'text', limits.long, bias === true ? 1 : 0),
  }
}
