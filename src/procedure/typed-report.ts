/**
 * The report form as somebody typed it, turned into a report (C). The same for a browser that seals and for the
 * plain form that the server seals. Nothing typed is thrown away: what cannot be taken is named, field by field.
 */
import { limits } from './records.ts'
import {
  type ApproximateTime,
  checkReportBody,
  type EventRef,
  type FieldKey,
  fieldsFor,
  type ReportBody,
  type ReportKind,
} from './report.ts'

/** A form's values: `FormData` and `URLSearchParams` alike. */
export interface TypedForm {
  get(name: string): unknown
  getAll(name: string): unknown[]
}

/** The ways to say when: in words, a date with or without a time, between two. */
export const timeKinds = ['phrase', 'exact', 'range'] as const
export type TimeKind = (typeof timeKinds)[number]

/** Names of the inputs of an approximate time, beside `when.kind` and `when.phrase`. */
export const timeInputs = {
  exact: ['when.date', 'when.time'],
  from: ['when.fromDate', 'when.fromTime'],
  to: ['when.toDate', 'when.toTime'],
} as const

/** Name of the input for the address to which "there is something for you" is mailed. Not part of the report. */
export const noticeInput = 'notice'

/** Name of the input with which a code is asked for, for the person a report is taken from (B). Not part of the report. */
export const codeInput = 'giveCode'

/** Name of the input that says whom the form offered as possibly involved: ids with blanks between them. */
export const offeredInput = 'offered'

/** The token of the alert that the report ends (A4); empty where there is none. */
export const alertInput = 'alert'

/** The token of an alert as an address or a form names it, or null. */
export const alertToken = (given: string | null | undefined): string | null =>
  /^[A-Za-z0-9_-]{22}$/.test(given ?? '') ? (given as string) : null

export const typedProblems = [
  'missing',
  'too-long',
  'bad-time',
  'time-order',
  'bad-address',
  /** Somebody joined whom the form did not offer as possibly involved (K1). */
  'committee-changed',
] as const
export type TypedProblem = (typeof typedProblems)[number]

/** What is wrong with one field. `length` and `max` are characters, only for `too-long`. */
export type FieldProblem = {
  readonly field: FieldKey | typeof noticeInput
  readonly problem: TypedProblem
  readonly length?: number
  readonly max?: number
}

export type TypedReport = {
  /** As far as it was understood; whole if there is no problem. Without evidence and the time of reporting. */
  readonly report: ReportBody
  /** Mail address for notices, or null. */
  readonly notice: string | null
  readonly problems: readonly FieldProblem[]
}

/**
 * Reads a typed form. `members` are the ids of the committee as it stands: others are left out of `involved`.
 * @param written - who writes: what their form does not ask for is not read.
 */
export function readTypedReport(
  form: TypedForm,
  members: readonly string[],
  written: ReportKind = 'own',
): TypedReport {
  const problems: FieldProblem[] = []
  const report: Record<string, unknown> = {}
  for (const field of fieldsFor(written)) {
    const { key, kind, max } = field
    if (field.system || kind === 'files') continue
    if (kind === 'members') {
      const offered = textOf(form, offeredInput).split(' ')
      if (members.some((member) => !offered.includes(member)))
        problems.push({ field: key, problem: 'committee-changed' })
      const named = form.getAll(key).filter((id) => members.some((member) => member === id))
      if (named.length > 0) report[key] = [...new Set(named)]
    } else if (kind === 'time') {
      const when = typedTime(form, problems)
      if (when !== null) report[key] = when
    } else if (kind === 'event') {
      const event = typedEvent(textOf(form, key))
      if (event !== null && event.name.length <= max) report[key] = event
    } else if (kind === 'choice') {
      const chosen = field.choices?.find((choice) => choice === form.get(key))
      if (chosen !== undefined) report[key] = chosen
    } else {
      const text = textOf(form, key)
      if (text.length > max) problems.push({ field: key, problem: 'too-long', length: text.length, max })
      else if (text !== '') report[key] = text
      else if (!field.optional) problems.push({ field: key, problem: 'missing' })
    }
  }
  const notice = textOf(form, noticeInput)
  if (notice !== '' && !isAddress(notice)) problems.push({ field: noticeInput, problem: 'bad-address' })
  // A mistake of ours rather than of whoever typed, should the two ever disagree.
  if (problems.length === 0) checkReportBody(report)
  return { report: report as ReportBody, notice: notice === '' ? null : notice, problems }
}

/** What the form's list of events sends for one of them: the id, a blank, and the name. */
export const eventOption = ({ id, name }: EventRef): string => `${id} ${name}`

function typedEvent(chosen: string): EventRef | null {
  const [, id, name] = /^(\S+) (.+)$/.exec(chosen) ?? []
  return id === undefined || name === undefined ? null : { id, name }
}

/** What was typed under a name: line breaks as `\n`, no white space around, no broken characters. */
function textOf(form: TypedForm, name: string): string {
  const typed = form.get(name)
  return typeof typed === 'string' ? typed.replace(/\r\n?/g, '\n').trim().toWellFormed() : ''
}

/** Good enough to write to: something, an at sign, a domain with a dot. */
const isAddress = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>()"',;:]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text)

function typedTime(form: TypedForm, problems: FieldProblem[]): ApproximateTime | null {
  const kind = timeKinds.find((known) => known === form.get('when.kind')) ?? 'phrase'
  if (kind === 'phrase') {
    const phrase = textOf(form, 'when.phrase')
    if (phrase.length <= limits.line) return phrase === '' ? null : { phrase }
    problems.push({ field: 'when', problem: 'too-long', length: phrase.length, max: limits.line })
    return null
  }
  const wrong = (problem: TypedProblem): null => {
    problems.push({ field: 'when', problem })
    return null
  }
  if (kind === 'exact') {
    const exact = wallClock(form, ...timeInputs.exact)
    return exact === undefined ? wrong('bad-time') : exact === null ? null : { exact }
  }
  const from = wallClock(form, ...timeInputs.from)
  const to = wallClock(form, ...timeInputs.to)
  if (from === null && to === null) return null
  if (!from || !to) return wrong('bad-time')
  const common = Math.min(from.length, to.length)
  return to.slice(0, common) < from.slice(0, common) ? wrong('time-order') : { from, to }
}

/** A date, or a date and a time; null if neither was typed, undefined if it is not understood. */
function wallClock(form: TypedForm, dateInput: string, timeInput: string): string | null | undefined {
  const [date, time] = [textOf(form, dateInput), textOf(form, timeInput)]
  if (date === '' && time === '') return null
  const text = time === '' ? date : `${date}T${time.slice(0, 5)}`
  try {
    checkReportBody({ narrative: '-', when: { exact: text } })
    return text
  } catch {
    return undefined
  }
}
