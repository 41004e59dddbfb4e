import { wallClockOf } from '../wall-time.ts'
import type { Part, Rule } from './roster.ts'
import type { Weekday } from './weekdays.ts'

export type Nth = 1 | 2 | 3 | 4 | 5

/** A rule while it is written. */
export interface RuleDraft {
  readonly kind: 'monthly' | 'weekly' | 'event' | 'none'
  readonly byMonth: 'number' | 'weekday'
  /** As typed. */
  readonly day: string
  readonly nth: Nth
  readonly weekday: Weekday
  readonly time: string
  /** One a line. */
  readonly dates: string
  readonly start: string
  readonly order: readonly string[]
}

/**
 * What the form begins with: the rule there is, going on with the next hand-over and whoever has that turn; without
 * one ChiPy's, on the first Thursday of the month, and everybody who can be on call.
 */
export function draftOf({ me, roster, members }: Part, rule: Rule | null, now: number): RuleDraft {
  const zone = me.community.timeZone
  const next = roster.shifts.find(
    ({ from, turn }) => turn !== null && from > now && roster.handOvers.some(({ at }) => at === from),
  )
  const able = members.filter(
    ({ active, standing, unlockers }) => active && standing === 'member' && (unlockers ?? 0) >= 2,
  )
  const first = rule?.order.indexOf(next?.primary ?? '') ?? -1
  const order = rule
    ? [...rule.order.slice(Math.max(first, 0)), ...rule.order.slice(0, Math.max(first, 0))]
    : []
  const monthly = rule?.kind === 'monthly' ? rule.handOverDay : null
  return {
    kind: rule?.kind ?? 'monthly',
    byMonth: monthly && 'day' in monthly ? 'number' : 'weekday',
    day: monthly && 'day' in monthly ? String(monthly.day) : '1',
    nth: monthly && 'nth' in monthly ? monthly.nth : 1,
    weekday:
      monthly && 'weekday' in monthly ? monthly.weekday : rule?.kind === 'weekly' ? rule.handOverDay : 4,
    time: rule?.handOverTime ?? '18:00',
    dates: rule?.kind === 'event' ? rule.handOverDates.join('\n') : '',
    start: wallClockOf(next?.from ?? now, zone).slice(0, 10),
    order: (rule ? order : able.map(({ id }) => id)).filter((id) =>
      members.some((one) => one.id === id && one.active),
    ),
  }
}

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

/** The days that were listed; null if one of them is none. */
export function datesOf({ dates }: RuleDraft): string[] | null {
  const lines = dates.split(/\s+/).filter(Boolean)
  return lines.every(isDate) ? lines : null
}

/** The rule as it is sent; null where pairs are named by hand. undefined: something in it is wrong. */
export function ruleOf(draft: RuleDraft): object | null | undefined {
  const { kind, byMonth, nth, weekday, time, start, order } = draft
  if (kind === 'none') return null
  const common = { order, start, handOverTime: time }
  if (!isDate(start) || !/^\d\d:\d\d$/.test(time)) return undefined
  if (kind === 'weekly') return { ...common, kind, handOverDay: weekday }
  if (kind === 'event') {
    const handOverDates = datesOf(draft)
    return handOverDates ? { ...common, kind, handOverDates } : undefined
  }
  const day = Number(draft.day)
  if (byMonth === 'number' && !(Number.isInteger(day) && day >= 1 && day <= 31)) return undefined
  return { ...common, kind, handOverDay: byMonth === 'number' ? { day } : { nth, weekday } }
}
