/**
 * The roster made by rule (G1, G5): turns that go round the committee, and what was set by hand on top of them.
 * Instants are epoch milliseconds; wall dates are `YYYY-MM-DD` and wall times `HH:mm`, in the rule's zone.
 *
 * Who is on call at an instant, from strongest to weakest:
 * 1. an override from–to; of several, the one set last;
 * 2. a naming, which is an override without an end; it lasts until the next hand-over, of several the one that
 *    began last;
 * 3. the turn that the rule gives. Who has the turn is primary, the next in the order is secondary and has the
 *    next turn: whoever takes over a month has already seen the one before it.
 *
 * Where a hand-over finds nobody, the outgoing pair stays (G1). A member who left is passed over from that
 * instant on: the secondary becomes primary (G3), the next in the order secondary. Where a wall time does not
 * exist on its day, the hand-over is as much later as the clocks were moved on; where it exists twice, the first.
 *
 * The past does not change: whatever is set has an effect only from the instant on at which it was set, so
 * {@link dutyAt} for a past instant is the record of who was on call.
 *
 * Dates, times and zones are taken as valid: every function here throws a RangeError if one is not.
 */
import type { Duty, MemberId } from './roster.ts'
import { dateOf, dayNumber, minuteNumber, wallClock } from './wall-clock.ts'

/** `YYYY-MM-DD` */
export type WallDate = string

/** 1 is Monday, 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/**
 * A day of the month: the `day`-th, or the month's last where it is shorter; or the `nth` of a weekday, the 5th
 * being the last where there are only four.
 */
export type MonthDay =
  | { readonly day: number }
  | { readonly nth: 1 | 2 | 3 | 4 | 5; readonly weekday: Weekday }

/** By which days duty is handed over. `event`: on the dates listed, the first days of the community's events. */
export type RotationRule = {
  /** Who takes turns, in which order. Empty: hand-overs are due on these days, and each pair is named by hand. */
  readonly order: readonly MemberId[]
  /** The first hand-over, to the first of the order, whatever day it is; the next is the first by rule after it. */
  readonly start: WallDate
  /** `HH:mm` */
  readonly handOverTime: string
  /** IANA name. */
  readonly zone: string
} & (
  | { readonly kind: 'monthly'; readonly handOverDay: MonthDay }
  | { readonly kind: 'weekly'; readonly handOverDay: Weekday }
  | { readonly kind: 'event'; readonly handOverDates: readonly WallDate[] }
)

/**
 * A rule and the instant from which it counts, until the next one's. Its turns are counted from its own `start`:
 * if that is past, the turn it would be by then begins at `from`; if it is ahead, the outgoing pair stays until
 * then. Of two from the same instant the later in the list counts. null: from then on pairs are named by hand.
 */
export type RuleFrom = {
  readonly from: number
  readonly rule: RotationRule | null
  /** When it was set; it counts from then at the earliest. */
  readonly setAt: number
}

/**
 * A hand-over set by hand to another day or time (G1). The turns and their order stay. Without effect once the
 * hand-over has taken place. Taken back by setting it to its own date.
 */
export type MovedHandOver = {
  readonly setAt: number
  /** The date that the rule gives it. */
  readonly instead: WallDate
  readonly date: WallDate
  /** `HH:mm` */
  readonly time: string
}

/**
 * Other people than the rule says (G5). A swap is two of them. A seat that is null stays as it is without the
 * override, except that who was replaced as primary is not made secondary instead.
 */
export type Override = {
  readonly id: string
  readonly setAt: number
  /** An instant, or a hand-over by the date that the rule gives it; then it moves with the hand-over. */
  readonly from: number | { readonly handOver: WallDate }
  /** null: until the next hand-over; where nobody takes turns, until the next primary is named (G1). */
  readonly to: number | null
  readonly primary: MemberId | null
  readonly secondary: MemberId | null
  /** From then on it is as if it had not been set; null: it was not taken back. */
  readonly takenBackAt: number | null
}

/** All that decides who is on call. */
export type Rotation = {
  readonly rules: readonly RuleFrom[]
  readonly moved: readonly MovedHandOver[]
  readonly overrides: readonly Override[]
  /** Members who left, and when. */
  readonly left: ReadonlyMap<MemberId, number>
}

/** A pair from `from` to just before `to`. */
export type Shift = Duty & {
  /** null: no end in sight. */
  readonly to: number | null
  /** The date that the rule gives the hand-over with which this turn began, moved or not; null: no turn. */
  readonly turn: WallDate | null
  /** Ids of the overrides that put somebody here. */
  readonly overrides: readonly string[]
}

/** What is wrong with the roster in a stretch of time (G5). */
export type Gap = { readonly from: number; readonly to: number } & (
  | {
      /**
       * `nobody` is on call. `not-named`: the hand-over is past, nobody was named, the outgoing pair stays.
       * `no-secondary`: there is a primary alone.
       */
      readonly kind: 'nobody' | 'not-named' | 'no-secondary'
    }
  /** Who was named or had the turn has left the committee; somebody else stands in, or `nobody`. */
  | { readonly kind: 'gone'; readonly member: MemberId }
  /** This override is for a hand-over that does not exist (any more). */
  | { readonly kind: 'unplaced'; readonly override: string }
)

const day = 86_400_000

/** How far ahead gaps are looked for, in milliseconds: 45 days (G5). */
export const gapsAhead = 45 * day

/** Who is, was or will be on call at instant `at`; null: nobody. The shift has its true beginning and end. */
export function dutyAt(rotation: Rotation, at: number): Shift | null {
  return dutiesBetween(rotation, at, at + 1)[0] ?? null
}

/**
 * The shifts that touch the time from `from` to just before `to`, in order, each with its true beginning and end.
 * Each turn is a shift of its own, also where the same pair goes on. Where nobody is on call there is no shift.
 */
export function dutiesBetween(rotation: Rotation, from: number, to: number): Shift[] {
  const shifts: Shift[] = []
  for (const { primary, ...stretch } of stretches(rotation, from, to)) {
    if (primary === null) continue
    const { secondary, turn, overrides } = stretch
    const last = shifts.at(-1)
    if (
      last?.to === stretch.from &&
      last.primary === primary &&
      last.secondary === secondary &&
      last.turn === turn &&
      last.overrides.join() === overrides.join()
    ) {
      shifts[shifts.length - 1] = { ...last, to: stretch.to }
    } else {
      shifts.push({ from: stretch.from, to: stretch.to, primary, secondary, turn, overrides })
    }
  }
  return shifts.filter((shift) => shift.from < to && (shift.to ?? Infinity) > from)
}

/**
 * The hand-overs that take place from `from` to just before `to`, in order, each with the date that the rule gives it.
 * Where nobody takes turns they are there too: somebody is to be named for each.
 */
export function handOversBetween(
  rotation: Rotation,
  from: number,
  to: number,
): { readonly at: number; readonly date: WallDate }[] {
  return handOversUntil(rotation, to)
    .filter(({ at }) => at >= from && at < to)
    .map(({ at, date }) => ({ at, date }))
}

/** What is wrong from `from` to just before `to`, within these bounds, by beginning (G5). */
export function gapsBetween(rotation: Rotation, from: number, to: number = from + gapsAhead): Gap[] {
  const gaps: Gap[] = []
  const add = (gap: Gap) => {
    const clipped = { ...gap, from: Math.max(gap.from, from), to: Math.min(gap.to, to) }
    if (clipped.from >= clipped.to) return
    const before = gaps.findIndex((other) => other.to === clipped.from && sameGap(other, clipped))
    if (before < 0) gaps.push(clipped)
    else gaps[before] = { ...clipped, from: (gaps[before] as Gap).from }
  }
  for (const { from: begins, to: ends, ...found } of stretches(rotation, from, to)) {
    const span = { from: begins, to: ends ?? Infinity }
    if (found.primary === null) add({ kind: 'nobody', ...span })
    else if (found.secondary === null) add({ kind: 'no-secondary', ...span })
    if (found.primary !== null && found.notNamed) add({ kind: 'not-named', ...span })
    for (const member of found.gone) add({ kind: 'gone', member, ...span })
  }
  for (const { id, from: begins, takenBackAt } of unplaced(rotation, to)) {
    const at = Date.parse(begins.handOver)
    add({ kind: 'unplaced', override: id, from: at, to: Math.min(at + day, takenBackAt ?? Infinity) })
  }
  return gaps.sort((a, b) => a.from - b.from)
}

function sameGap(one: Gap, other: Gap): boolean {
  if (one.kind === 'gone') return other.kind === 'gone' && one.member === other.member
  if (one.kind === 'unplaced') return other.kind === 'unplaced' && one.override === other.override
  return one.kind === other.kind
}

/** A hand-over as it takes place. */
type HandOver = {
  readonly at: number
  /** The date that the rule gives it. */
  readonly date: WallDate
  readonly order: readonly MemberId[]
  /** Whose turn it is from then on: the place in `order`; null: nobody's, the outgoing pair stays. */
  readonly holder: number | null
}

/** An override with the time in which it counts. */
type Placed = Override & {
  readonly start: number
  readonly end: number
  /** The turn that a naming is for; null: none, or it has an end of its own. */
  readonly turn: WallDate | null
}

/** A stretch of time in which nothing changes. */
type Stretch = {
  readonly from: number
  readonly to: number | null
  readonly primary: MemberId | null
  readonly secondary: MemberId | null
  readonly turn: WallDate | null
  readonly overrides: readonly string[]
  readonly gone: readonly MemberId[]
  readonly notNamed: boolean
}

/** Everything from the turn that it is at `since` to the first turn after `until`, without a hole. */
function stretches(rotation: Rotation, since: number, until: number): Stretch[] {
  const handOvers = handOversUntil(rotation, until)
  const overrides = placed(rotation, handOvers)
  const turns = handOvers.filter(({ holder }) => holder !== null)
  const earliest = lastBy(turns, since)?.at ?? -Infinity
  const horizon = turns.find(({ at }) => at > until)?.at ?? Infinity
  const changes = [
    earliest,
    ...handOvers.map(({ at }) => at),
    ...overrides.flatMap(({ start, end }) => [start, end]),
    ...rotation.left.values(),
  ].filter((at) => at >= earliest && at < horizon)
  const beginnings = [...new Set(changes.sort((a, b) => a - b))]
  return beginnings.map((from, index) => {
    const to = beginnings[index + 1] ?? horizon
    const latest = lastBy(handOvers, from)
    const pair = pairAt(from, lastBy(turns, from), latest, overrides, rotation.left)
    return { from, to: to === Infinity ? null : to, ...pair }
  })
}

/** Who is on call at an instant, given the turn it is and the latest hand-over, which may have found nobody. */
function pairAt(
  at: number,
  turn: HandOver | null,
  latest: HandOver | null,
  overrides: readonly Placed[],
  left: Rotation['left'],
): Omit<Stretch, 'from' | 'to'> {
  const isThere = (member: MemberId | null): member is MemberId =>
    member !== null && (left.get(member) ?? Infinity) > at
  // The secondary named with a primary who left takes the place (G3).
  const primaryOf = ({ primary, secondary }: Placed): MemberId | null =>
    isThere(primary) ? primary : primary !== null && isThere(secondary) ? secondary : null

  const counting = overrides.filter(({ start, end }) => start <= at && at < end)
  const covers = counting.filter(({ to }) => to !== null)
  const namings = counting.filter((one) => one.to === null && one.turn === (turn?.date ?? null))
  covers.sort((a, b) => b.setAt - a.setAt)
  namings.sort((a, b) => b.start - a.start || b.setAt - a.setAt)
  // Who names a primary names a pair: nothing of an earlier naming is left.
  const lastNaming = namings.findIndex((one) => primaryOf(one) !== null)
  const named = [...covers, ...namings.slice(0, lastNaming < 0 ? undefined : lastNaming + 1)]

  const order = turn?.order ?? []
  const holder = turn?.holder ?? 0
  const inTurn = [...order.slice(holder), ...order.slice(0, holder)]
  const willing = inTurn.filter(isThere)
  const chosen = named.find((one) => primaryOf(one) !== null)
  const seconds = named.map(({ secondary }) => secondary).filter(isThere)
  const primary =
    (chosen && primaryOf(chosen)) ?? willing.find((member) => member !== seconds[0]) ?? seconds[0] ?? null
  const replaced = chosen ? [inTurn[0], ...named.map((one) => one.primary)] : []
  const secondary =
    primary === null
      ? null
      : (seconds.find((member) => member !== primary) ??
        willing.find((member) => member !== primary && !replaced.includes(member)) ??
        null)

  const seated = [primary, secondary]
  const expected = [
    ...named.flatMap((one) => [one.primary, one.secondary]),
    ...(chosen ? [] : inTurn.slice(0, 1)),
  ]
  return {
    primary,
    secondary,
    turn: turn?.date ?? null,
    overrides: named
      .filter((one) => [one.primary, one.secondary].some((who) => who !== null && seated.includes(who)))
      .map(({ id }) => id),
    gone: [...new Set(expected)].filter((who) => who !== null && !isThere(who)) as MemberId[],
    notNamed: latest?.holder === null && !(chosen && (chosen.to !== null || chosen.start >= latest.at)),
  }
}

/** The overrides that ever count, each with the time in which it does, in the order in which they were given. */
function placed({ overrides }: Rotation, handOvers: readonly HandOver[]): Placed[] {
  const turns = handOvers.filter(({ holder }) => holder !== null)
  return overrides.flatMap((override) => {
    const { from, to, setAt, takenBackAt } = override
    const handOver = typeof from === 'number' ? null : handOvers.find(({ date }) => date === from.handOver)
    if (handOver === undefined) return []
    const start = Math.max(handOver?.at ?? (from as number), setAt)
    const end = Math.min(to ?? Infinity, takenBackAt ?? Infinity)
    const turn = handOver?.holder != null ? handOver : lastBy(turns, start)
    return start < end ? [{ ...override, start, end, turn: turn?.date ?? null }] : []
  })
}

/** The overrides for a hand-over that does not exist. */
function unplaced(rotation: Rotation, until: number) {
  const dates = new Set(handOversUntil(rotation, until).map(({ date }) => date))
  return rotation.overrides.flatMap((override) => {
    const { from } = override
    return typeof from === 'number' || dates.has(from.handOver) ? [] : [{ ...override, from }]
  })
}

/** All hand-overs, in order, up to the first after `until` and to all that are mentioned by date. */
function handOversUntil({ rules, moved, overrides, left }: Rotation, until: number): HandOver[] {
  // A date begins and ends within two days of its midnight in Greenwich, wherever it is.
  const mentioned = [
    ...moved.flatMap(({ instead, date }) => [instead, date]),
    ...overrides.flatMap(({ from }) => (typeof from === 'number' ? [] : [from.handOver])),
  ].map((date) => Date.parse(date) + 2 * day)
  const bound = mentioned.reduce((a, b) => Math.max(a, b), until)
  const versions = rules
    .map(({ from, rule, setAt }) => ({ rule, begins: Math.max(from, setAt) }))
    .sort((a, b) => a.begins - b.begins)
  return versions.flatMap(({ rule, begins }, index) => {
    const ends = versions[index + 1]?.begins ?? Infinity
    if (rule === null || begins >= ends) return []
    const all = handOversOf(rule, moved, left, Math.max(begins, Math.min(bound, ends)))
    const running = all.findLast(({ at }) => at < begins)
    const within = all.filter(({ at }) => at >= begins && at < ends)
    return running && within[0]?.at !== begins ? [{ ...running, at: begins }, ...within] : within
  })
}

/** The hand-overs of a rule up to the first after `bound`, after which no hand-over is moved. */
function handOversOf(
  rule: RotationRule,
  moved: readonly MovedHandOver[],
  left: Rotation['left'],
  bound: number,
): HandOver[] {
  const time = minuteNumber(rule.handOverTime)
  const instant = wallClock(rule.zone)
  const moves = new Map<WallDate, MovedHandOver[]>()
  for (const move of [...moved].sort((a, b) => a.setAt - b.setAt))
    moves.set(move.instead, [...(moves.get(move.instead) ?? []), move])
  const planned: { readonly at: number; readonly date: WallDate }[] = []
  for (const number of ownDays(rule)) {
    const own = instant(number, time)
    const date = dateOf(number)
    const at = (moves.get(date) ?? []).reduce((at, move) => {
      if (at <= move.setAt) return at
      return Math.max(instant(dayNumber(move.date), minuteNumber(move.time)), move.setAt)
    }, own)
    planned.push({ at, date })
    if (own > bound) break
  }
  planned.sort((a, b) => a.at - b.at)

  // Two at the same instant are one hand-over, so that nobody's turn is over as it begins.
  const { order } = rule
  let previous = -1
  return planned
    .filter(({ at }, index) => at !== planned[index - 1]?.at)
    .map(({ at, date }) => {
      const next = order.map((_, step) => (previous + 1 + step) % order.length)
      const holder = next.find((place) => (left.get(order[place] as MemberId) ?? Infinity) > at) ?? null
      previous = holder ?? previous
      return { at, date, order, holder }
    })
}

/** The days of a rule's hand-overs, ascending, without end unless they are listed. A day may come twice. */
function* ownDays(rule: RotationRule): Generator<number> {
  const start = dayNumber(rule.start)
  yield start
  if (rule.kind === 'event') {
    const days = rule.handOverDates.map(dayNumber)
    yield* days.sort((a, b) => a - b).filter((number) => number > start)
  } else if (rule.kind === 'weekly') {
    const first = start + ((rule.handOverDay - weekdayOf(start) + 6) % 7) + 1
    for (let number = first; ; number += 7) yield number
  } else {
    const begun = new Date(start * day)
    for (let month = begun.getUTCMonth(); ; month++) {
      const number = dayIn(begun.getUTCFullYear(), month, rule.handOverDay)
      if (number > start) yield number
    }
  }
}

/** 1970-01-01 was a Thursday. */
const weekdayOf = (number: number): number => ((((number + 3) % 7) + 7) % 7) + 1

/** @param month - from 0; beyond 11 it is one of a later year. */
function dayIn(year: number, month: number, wanted: MonthDay): number {
  const first = Date.UTC(year, month, 1) / day
  const last = Date.UTC(year, month + 1, 0) / day
  if ('day' in wanted) return Math.min(first + wanted.day - 1, last)
  const nth = first + ((wanted.weekday - weekdayOf(first) + 7) % 7) + 7 * (wanted.nth - 1)
  return nth > last ? nth - 7 : nth
}

/** The last of an ascending list that has begun at `at`. */
function lastBy(handOvers: readonly HandOver[], at: number): HandOver | null {
  let [low, high] = [0, handOvers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((handOvers[middle] as HandOver).at <= at) low = middle + 1
    else high = middle
  }
  return handOvers[low - 1] ?? null
}
