/**
 * The incident report (C): its fields as data, the shape that is sealed, and the check of that shape
 * after opening. Only the narrative is needed to send (B2, B3).
 */
import {
  BodyError,
  checkChoice,
  checkFiles,
  checkObject,
  checkText,
  type FileRef,
  limits,
  type SupportState,
  supportStates,
} from './records.ts'

/** Who writes: the person themselves, somebody to whom they speak (B), or a member who logs what they did or were told (E1, F2). */
export const reportKinds = ['own', 'taken', 'logged'] as const
export type ReportKind = (typeof reportKinds)[number]

/** What a member logs: a warning (E1), a presentation that was stopped (E4), something they were told privately (F2). */
export const loggedKinds = ['warning', 'talk', 'told'] as const
export type LoggedKind = (typeof loggedKinds)[number]

/** One line, several lines, an approximate time, one of `choices`, files, members of the committee, or an event. */
export type FieldKind = 'text' | 'long' | 'time' | 'choice' | 'files' | 'members' | 'event'

/** Fields that belong together on the form, in the order in which they are shown. */
export const fieldGroups = [
  'what',
  'who',
  'when',
  'where',
  'others',
  'evidence',
  'handled',
  'help',
  'you',
  'taker',
  'committee',
] as const
export type FieldGroup = (typeof fieldGroups)[number]

export const yesNoUnsure = ['yes', 'no', 'unsure'] as const
export type YesNoUnsure = (typeof yesNoUnsure)[number]

/**
 * When something happened, as near as the person knows (C): a phrase, a range, or an exact time.
 * Times are wall-clock times in the community's zone as typed, `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`.
 */
export type ApproximateTime =
  | { readonly phrase: string }
  | { readonly from: string; readonly to: string }
  | { readonly exact: string }

/** An event of the community as the form offered it. Its name is said too, so that a report can be read by itself. */
export type EventRef = { readonly id: string; readonly name: string }

/** The report as it is sealed. A missing key means: not said. No `reporterName` means: anonymous. */
export type ReportBody = {
  readonly narrative: string
  readonly whoName?: string
  readonly whoBadge?: string
  readonly whoLooks?: string
  readonly when?: ApproximateTime
  /** When it was reported: instant of sealing by the writer's clock, epoch milliseconds. Set by the program. */
  readonly reportedAt?: number
  readonly event?: EventRef
  readonly where?: string
  readonly circumstances?: string
  readonly others?: string
  readonly evidence?: readonly FileRef[]
  readonly goingOn?: YesNoUnsure
  readonly dealtWith?: YesNoUnsure
  readonly dealtHow?: string
  readonly needs?: string
  /** The reporter wants nothing done (B5). Only ever `yes` or absent. */
  readonly nothingDone?: 'yes'
  /** What was offered to the person, and what they said to it (B4). */
  readonly escort?: SupportState
  readonly friend?: SupportState
  readonly police?: SupportState
  readonly decisionWanted?: YesNoUnsure
  readonly reporterName?: string
  readonly reach?: string
  /** Who wrote it down for somebody else (B), if they said so. */
  readonly takerName?: string
  /** What a member logs here (E1, E4, F2). Set by the program. */
  readonly logged?: LoggedKind
  /** When and by whom a warning was given (E1). */
  readonly warnedAt?: ApproximateTime
  readonly warnedBy?: string
  /** Ids of the members named as involved (K1). Never an empty list. */
  readonly involved?: readonly string[]
}

export type FieldKey = keyof ReportBody

export type ReportField = {
  readonly key: FieldKey
  readonly kind: FieldKind
  readonly group: FieldGroup
  readonly optional: boolean
  /** Longest text, in characters; for `files` and `members`, the most entries. */
  readonly max: number
  /** Only for kind `choice`. */
  readonly choices?: readonly string[]
  /** Filled in by the program, not shown on the form. */
  readonly system?: true
  /** Only in reports of these kinds; missing: in all. */
  readonly only?: readonly ReportKind[]
}

const line = limits.line
const long = limits.long

/** Every field of C, in the order of the form. Labels and hints: words `report.<key>.label` and `.hint`. */
export const reportFields: readonly ReportField[] = [
  { key: 'narrative', kind: 'long', group: 'what', optional: false, max: limits.narrative },
  { key: 'circumstances', kind: 'long', group: 'what', optional: true, max: long },
  { key: 'whoName', kind: 'text', group: 'who', optional: true, max: line },
  { key: 'whoBadge', kind: 'text', group: 'who', optional: true, max: line },
  { key: 'whoLooks', kind: 'long', group: 'who', optional: true, max: long },
  { key: 'when', kind: 'time', group: 'when', optional: true, max: line },
  { key: 'reportedAt', kind: 'time', group: 'when', optional: true, max: line, system: true },
  { key: 'event', kind: 'event', group: 'where', optional: true, max: line },
  { key: 'where', kind: 'text', group: 'where', optional: true, max: line },
  { key: 'others', kind: 'long', group: 'others', optional: true, max: long },
  { key: 'evidence', kind: 'files', group: 'evidence', optional: true, max: limits.files },
  { key: 'goingOn', kind: 'choice', group: 'handled', optional: true, max: line, choices: yesNoUnsure },
  { key: 'dealtWith', kind: 'choice', group: 'handled', optional: true, max: line, choices: yesNoUnsure },
  { key: 'dealtHow', kind: 'long', group: 'handled', optional: true, max: long },
  {
    key: 'decisionWanted',
    kind: 'choice',
    group: 'handled',
    optional: true,
    max: line,
    choices: yesNoUnsure,
  },
  { key: 'warnedBy', kind: 'text', group: 'handled', optional: true, max: line, only: ['logged'] },
  { key: 'warnedAt', kind: 'time', group: 'handled', optional: true, max: line, only: ['logged'] },
  {
    key: 'logged',
    kind: 'choice',
    group: 'handled',
    optional: true,
    max: line,
    choices: loggedKinds,
    system: true,
    only: ['logged'],
  },
  { key: 'needs', kind: 'long', group: 'help', optional: true, max: long },
  { key: 'nothingDone', kind: 'choice', group: 'help', optional: true, max: line, choices: ['yes'] },
  support('escort'),
  support('friend'),
  support('police'),
  { key: 'reporterName', kind: 'text', group: 'you', optional: true, max: line },
  { key: 'reach', kind: 'text', group: 'you', optional: true, max: line },
  { key: 'takerName', kind: 'text', group: 'taker', optional: true, max: line, only: ['taken'] },
  { key: 'involved', kind: 'members', group: 'committee', optional: true, max: limits.involved },
]

function support(key: 'escort' | 'friend' | 'police'): ReportField {
  const kinds = ['taken', 'logged'] as const
  return {
    key,
    kind: 'choice',
    group: 'help',
    optional: true,
    max: line,
    choices: supportStates,
    only: kinds,
  }
}

/** The fields of a kind of report, in the order of the form. */
export const fieldsFor = (kind: ReportKind): readonly ReportField[] =>
  reportFields.filter(({ only }) => only === undefined || only.includes(kind))

/**
 * Takes any value (an opened record's body), gives back a report with only the keys that were said.
 * @throws BodyError with the field and the reason: missing narrative, unknown field, wrong type, too long.
 */
export function checkReportBody(value: unknown): ReportBody {
  const given = checkObject(
    value,
    '',
    reportFields.map((field) => field.key),
  )
  const report: Record<string, unknown> = {}
  for (const field of reportFields) {
    const said = given[field.key]
    if (said === undefined && field.optional) continue
    report[field.key] = checkField(field, said)
  }
  return report as ReportBody
}

function checkField(field: ReportField, said: unknown): unknown {
  if (field.key === 'reportedAt') return checkInstant(said, field.key)
  switch (field.kind) {
    case 'text':
    case 'long':
      return checkText(said, field.key, field.max, 1)
    case 'choice':
      return checkChoice(said, field.key, field.choices ?? [])
    case 'time':
      return checkApproximateTime(said, field.key)
    case 'files':
      return checkFiles(said, field.key)
    case 'members':
      return checkMembers(said, field.key, field.max)
    case 'event':
      return checkEvent(said, field.key, field.max)
  }
}

function checkInstant(said: unknown, field: string): number {
  if (typeof said !== 'number' || !Number.isSafeInteger(said)) throw new BodyError(field, 'is not an instant')
  return said
}

function checkEvent(said: unknown, field: string, max: number): EventRef {
  const { id, name } = checkObject(said, field, ['id', 'name'])
  return { id: checkText(id, `${field}.id`, 100, 1), name: checkText(name, `${field}.name`, max, 1) }
}

function checkMembers(said: unknown, field: string, max: number): string[] {
  if (!Array.isArray(said) || said.length === 0) throw new BodyError(field, 'is not a list of members')
  if (said.length > max) throw new BodyError(field, `holds more than ${max} members`)
  return said.map((id, index) => checkText(id, `${field}[${index}]`, 100, 1))
}

/**
 * Takes any value, gives back an approximate time (C): exactly one of phrase, range, exact time.
 * @throws BodyError if it is none of the three, or a time is not `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`.
 */
export function checkApproximateTime(value: unknown, field = 'when'): ApproximateTime {
  const time = checkObject(value, field, ['phrase', 'from', 'to', 'exact'])
  const shape = Object.keys(time).sort().join(' ')
  if (shape === 'phrase') return { phrase: checkText(time.phrase, `${field}.phrase`, limits.line, 1) }
  if (shape === 'exact') return { exact: checkWallClock(time.exact, `${field}.exact`) }
  if (shape === 'from to') {
    const from = checkWallClock(time.from, `${field}.from`)
    const to = checkWallClock(time.to, `${field}.to`)
    // A date alone means the whole day, so it is compared as far as both go.
    const common = Math.min(from.length, to.length)
    if (to.slice(0, common) < from.slice(0, common))
      throw new BodyError(`${field}.to`, 'is before the beginning')
    return { from, to }
  }
  throw new BodyError(field, 'is neither a phrase, a range nor an exact time')
}

const wallClock = /^(\d{4})-(\d{2})-(\d{2})(?:T([01]\d|2[0-3]):[0-5]\d)?$/

function checkWallClock(value: unknown, field: string): string {
  const text = checkText(value, field, limits.line, 1)
  const parts = wallClock.exec(text)
  if (parts === null) throw new BodyError(field, 'is not a date or a date with a time')
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  // Day 0 of the next month is the last day of this one.
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (month < 1 || month > 12 || day < 1 || day > lastDay)
    throw new BodyError(field, 'is not a day of the calendar')
  return text
}

/**
 * The two facts that decide whether M2 may be sent (H3), as the report says them. null: it does not say.
 * "Unsure" is not a yes: it counts as not said for the action, and as asking for a decision, because
 * somebody who is unsure whether the committee should decide is owed the discussion.
 */
export function onFileFacts(report: ReportBody): {
  actionTaken: boolean | null
  decisionWanted: boolean | null
} {
  return {
    actionTaken: report.dealtWith === 'yes' ? true : report.dealtWith === 'no' ? false : null,
    decisionWanted: report.decisionWanted === undefined ? null : report.decisionWanted !== 'no',
  }
}
