import type { SupportState } from '../../procedure/records.ts'
import {
  type ApproximateTime,
  type LoggedKind,
  type ReportBody,
  type ReportField,
  reportFields,
  type YesNoUnsure,
} from '../../procedure/report.ts'
import { type Say, useDesk } from '../desk.tsx'
import { dateAndTime } from '../when.ts'
import type { NameOf } from './name-of.ts'
import { Said } from './said.tsx'

interface Props {
  readonly report: ReportBody
  readonly zone: string
  readonly nameOf: NameOf
}

/** A report: the words first, then every field that was said, in the order of the form (C). */
export function ReportFields({ report, zone, nameOf }: Props) {
  const { say, now, language } = useDesk()
  const text = (field: ReportField): string => {
    const said = report[field.key]
    if (said === undefined) return ''
    if (field.key === 'reportedAt') return dateAndTime(report.reportedAt ?? 0, now(), zone, language)
    if (field.key === 'involved') return (report.involved ?? []).map((id) => nameOf(id)).join(', ')
    if (field.kind === 'event') return report.event?.name ?? ''
    if (field.kind === 'choice')
      return say(`report.choice.${said as YesNoUnsure | SupportState | LoggedKind}`)
    if (field.kind === 'time') return timeText(said as ApproximateTime, say)
    return typeof said === 'string' ? said : ''
  }
  const rest = reportFields.filter(({ key, kind }) => key !== 'narrative' && kind !== 'files')
  return (
    <div className="sheet">
      <p className="words">{report.narrative}</p>
      <dl className="facts">
        {rest.map((field) => (
          <Said key={field.key} label={say(`case.report.${field.key as Shown}`)} text={text(field)} />
        ))}
        {report.reporterName === undefined && (report.logged ?? 'told') === 'told' && (
          <Said label={say('case.report.reporterName')} text={say('report.anonymous')} />
        )}
      </dl>
    </div>
  )
}

type Shown = Exclude<keyof ReportBody, 'narrative' | 'evidence'>

/** An approximate time as it was said (C): the phrase in quotation marks, or one or two wall-clock times. */
function timeText(time: ApproximateTime, say: Say): string {
  if ('phrase' in time) return say('case.report.when.phrase', { phrase: time.phrase })
  if ('exact' in time) return plainClock(time.exact)
  return say('case.report.when.range', { from: plainClock(time.from), to: plainClock(time.to) })
}

const plainClock = (wallClock: string): string => wallClock.replace('T', ' ')
