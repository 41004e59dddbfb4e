/**
 * Deciding, acting and closing (J, L): who counts as agreeing, and the bodies of the records with which it is done.
 * What is inside a record is hostile until checked, as procedure/records.ts says.
 */
import { BodyError, checkObject, checkText, limits } from './records.ts'
import type { MemberId } from './roster.ts'

/** What became of a proposal. `returned`: it is discussed again, and a newer one takes its place (J2). */
export const proposalEnds = ['agreed', 'returned'] as const
export type ProposalEnd = (typeof proposalEnds)[number]

/** What became of a draft: sent by mail, handed over by hand, or taken back (L2). */
export const draftEnds = ['sent', 'handed-over', 'withdrawn'] as const
export type DraftEnd = (typeof draftEnds)[number]

/** What the organizers decided (J3). */
export const voteOutcomes = ['passed', 'failed'] as const
export type VoteOutcome = (typeof voteOutcomes)[number]

/** What a member said of a proposal. */
export type Answer = { readonly member: MemberId; readonly agrees: boolean }

/** How a proposal stands. `out-of-reach`: too few are left who could still agree, so that it is discussed again. */
export type Tally = {
  readonly agreed: number
  readonly needed: number
  readonly verdict: 'open' | 'agreed' | 'out-of-reach'
}

/**
 * Counts who agrees to a proposal (J2, J4): of the members without a conflict who can read the case, and never the
 * shepherd. Whoever was set aside or left does not count, whatever they said before.
 *
 * @param entitled - members without a conflict who can read the case.
 * @param quorum - how many others must agree.
 */
export function tally(
  answers: readonly Answer[],
  entitled: readonly MemberId[],
  shepherd: MemberId | null,
  quorum: number,
): Tally {
  const others = new Set(entitled.filter((member) => member !== shepherd))
  const counted = answers.filter(({ member }) => others.has(member))
  const agreed = counted.filter(({ agrees }) => agrees).length
  const undecided = others.size - counted.length
  if (agreed >= quorum) return { agreed, needed: quorum, verdict: 'agreed' }
  return { agreed, needed: quorum, verdict: agreed + undecided < quorum ? 'out-of-reach' : 'open' }
}

/** What the shepherd proposes to do (J2). */
export type ProposalBody = { readonly text: string }

/** Whether a member agrees; if not, why (J2). */
export type AgreementBody = { readonly agrees: boolean; readonly reason: string }

/** What completes the file (L4), all of it filled, and what the committee is told (M8). */
export type ClosingBody = {
  readonly actions: string
  readonly outcome: string
  /** Wall date in the community's zone, `YYYY-MM-DD`. */
  readonly reviewOn: string
  readonly text: string
}

/** A message to somebody else (M6). `salt` keeps its digest from being guessed. */
export type DraftBody = {
  /** Who it is for, in words. */
  readonly to: string
  /** Mail address; null: it is handed over by hand. */
  readonly address: string | null
  readonly subject: string
  readonly text: string
  readonly salt: string
}

/** Why a case takes longer (I4, L5). */
export type DelayBody = { readonly reason: string }

/** The confidential report and the motion (M9), as the organizers get it. */
export type MotionBody = { readonly text: string }

/** Takes any value, gives back a proposal. @throws BodyError if it is not one or is empty. */
export function checkProposalBody(value: unknown): ProposalBody {
  const given = checkObject(value, '', ['text'])
  return { text: checkText(given.text, 'text', limits.long, 1) }
}

/** Takes any value, gives back an answer to a proposal. @throws BodyError if it is not one, or a no has no reason. */
export function checkAgreementBody(value: unknown): AgreementBody {
  const given = checkObject(value, '', ['agrees', 'reason'])
  if (typeof given.agrees !== 'boolean') throw new BodyError('agrees', 'is neither yes nor no')
  return {
    agrees: given.agrees,
    reason: checkText(given.reason, 'reason', limits.long, given.agrees ? 0 : 1),
  }
}

/** Takes any value, gives back what completes a file. @throws BodyError if one of the three is not filled (L4). */
export function checkClosingBody(value: unknown): ClosingBody {
  const given = checkObject(value, '', ['actions', 'outcome', 'reviewOn', 'text'])
  const reviewOn = checkText(given.reviewOn, 'reviewOn', 10, 10)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(reviewOn)) throw new BodyError('reviewOn', 'is not a date')
  return {
    actions: checkText(given.actions, 'actions', limits.long, 1),
    outcome: checkText(given.outcome, 'outcome', limits.long, 1),
    reviewOn,
    text: checkText(given.text, 'text', limits.message, 1),
  }
}

/** Takes any value, gives back a draft. @throws BodyError if it is not one or something of it is empty. */
export function checkDraftBody(value: unknown): DraftBody {
  const given = checkObject(value, '', ['to', 'address', 'subject', 'text', 'salt'])
  return {
    to: checkText(given.to, 'to', limits.line, 1),
    address: given.address === null ? null : checkText(given.address, 'address', 254, 3),
    subject: checkText(given.subject, 'subject', limits.line, 1),
    text: checkText(given.text, 'text', limits.message, 1),
    salt: checkText(given.salt, 'salt', 64, 16),
  }
}

/** Takes any value, gives back why a case takes longer. @throws BodyError if no reason is said. */
export function checkDelayBody(value: unknown): DelayBody {
  const given = checkObject(value, '', ['reason'])
  return { reason: checkText(given.reason, 'reason', limits.long, 1) }
}

/** Takes any value, gives back a motion. @throws BodyError if it is not one or is empty. */
export function checkMotionBody(value: unknown): MotionBody {
  const given = checkObject(value, '', ['text'])
  return { text: checkText(given.text, 'text', limits.message, 1) }
}
