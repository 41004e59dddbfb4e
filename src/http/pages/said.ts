/** What a report says, field by field, in words: for the summaries of the form, the review and the mailbox. */
import type { ApproximateTime, ReportBody, ReportField } from '../../procedure/report.ts'
import type { View } from './view.ts'

/** The values of one field as a person reads them; empty if it was not said. Files are named, members too. */
export function sayField(view: View, { key, kind }: ReportField, report: Partial<ReportBody>): string[] {
  const value = report[key]
  if (value === undefined) return []
  if (kind === 'time') return typeof value === 'object' ? [sayTime(view, value as ApproximateTime)] : []
  if (kind === 'event') return report.event ? [report.event.name] : []
  if (kind === 'choice') return [view.word(`report.choice.${value}`) || String(value)]
  if (kind === 'files') return (report.evidence ?? []).map(({ name }) => name)
  if (kind === 'members')
    return (report.involved ?? []).map(
      (id) => view.community?.members.find((member) => member.id === id)?.name ?? id,
    )
  return [String(value)]
}

/** An approximate time in words: as typed, or a date of the calendar in the page's language. */
function sayTime({ language, t }: View, time: ApproximateTime): string {
  if ('phrase' in time) return time.phrase
  if ('exact' in time) return sayWallClock(time.exact, language)
  return t('form.when.between', {
    from: sayWallClock(time.from, language),
    to: sayWallClock(time.to, language),
  })
}

/** `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm` in words. It names no zone, since it was typed without one. */
function sayWallClock(text: string, language: string): string {
  const clock = text.includes('T') ? ({ hour: 'numeric', minute: '2-digit' } as const) : {}
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: undefined,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...clock,
    timeZone: 'UTC',
  })
  return format.format(new Date(text.includes('T') ? `${text}:00Z` : `${text}T00:00Z`))
}
