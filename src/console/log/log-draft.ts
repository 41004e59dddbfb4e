import type { SupportKey, SupportState } from '../../procedure/records.ts'
import { checkReportBody, type LoggedKind, type ReportBody } from '../../procedure/report.ts'

/** What a member has typed into the log form. */
export interface LogDraft {
  readonly narrative: string
  readonly whoName: string
  readonly whoBadge: string
  readonly whoLooks: string
  /** When they did it, in words. */
  readonly when: string
  readonly where: string
  readonly circumstances: string
  readonly others: string
  readonly warnedBy: string
  /** Wall-clock time in the community's zone, as the browser's own field has it: `YYYY-MM-DDTHH:mm`. */
  readonly warnedAt: string
  readonly dealtHow: string
  readonly dealtWith: 'yes' | 'no' | ''
  readonly decisionWanted: 'yes' | 'no' | ''
  readonly nothingDone: boolean
  readonly needs: string
  readonly reporterName: string
  readonly reach: string
  readonly supports: Readonly<Partial<Record<SupportKey, SupportState>>>
  /** Member ids. */
  readonly involved: readonly string[]
}

/** An instant as wall-clock time in a zone, for the browser's own field: `YYYY-MM-DDTHH:mm`. */
export function wallClock(instant: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(instant)
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`
}

/**
 * What is filled in from the start (E1): who warned and when; that it was dealt with; and whether the committee is to
 * decide: not after a warning, which is kept on file (E2), but after a talk was stopped, whose speaker's future is open.
 *
 * @param said - what stands in "what was done".
 */
export function emptyLog(
  kind: LoggedKind,
  {
    name,
    now,
    timeZone,
    said,
  }: { readonly name: string; readonly now: number; readonly timeZone: string; readonly said: string },
): LogDraft {
  const own = kind !== 'told'
  return {
    narrative: '',
    whoName: '',
    whoBadge: '',
    whoLooks: '',
    when: '',
    where: '',
    circumstances: '',
    others: '',
    warnedBy: kind === 'warning' ? name : '',
    warnedAt: kind === 'warning' ? wallClock(now, timeZone) : '',
    dealtHow: own ? said : '',
    dealtWith: own ? 'yes' : '',
    decisionWanted: kind === 'warning' ? 'no' : kind === 'talk' ? 'yes' : '',
    nothingDone: false,
    needs: '',
    reporterName: '',
    reach: '',
    supports: {},
    involved: [],
  }
}

/**
 * The report that a draft is, with only what was said (B2, E1).
 *
 * @throws {BodyError} where something is too long, or there are no words at all.
 */
export function reportOf(kind: LoggedKind, draft: LogDraft): ReportBody {
  const { when, warnedAt, nothingDone, supports, involved, ...texts } = draft
  const said = Object.entries(texts).flatMap(([key, text]) => {
    const plain = text.trim().toWellFormed()
    return plain === '' ? [] : [[key, plain]]
  })
  return checkReportBody({
    ...Object.fromEntries(said),
    ...supports,
    logged: kind,
    ...(when.trim() === '' ? {} : { when: { phrase: when.trim() } }),
    ...(warnedAt === '' ? {} : { warnedAt: { exact: warnedAt } }),
    ...(nothingDone ? { nothingDone: 'yes' } : {}),
    ...(involved.length > 0 ? { involved } : {}),
  })
}
