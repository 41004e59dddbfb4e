/**
 * A member's own turns as a calendar is told of them (G5): under keys that stay, with the instant of the last change,
 * and with those that are theirs no more. Everything follows from the roster, so that nothing has to be kept of what
 * a calendar was told before. Instants are epoch milliseconds.
 */
import type { MemberId } from './roster.ts'
import { dutiesBetween, type Rotation } from './rotation.ts'

/** A stretch of time in which a member is on call, or was to be. */
export type OwnTurn = {
  /** The same for the same turn, however its times, seat or partner change. */
  readonly key: string
  readonly from: number
  /** null: no end in sight. */
  readonly to: number | null
  readonly seat: 'primary' | 'secondary'
  /** Who else is on call meanwhile, in order. */
  readonly others: readonly MemberId[]
  /** It was theirs and is not any more. */
  readonly isCancelled: boolean
  /** When what is said of it was last changed. */
  readonly changedAt: number
}

/** The most changes that are looked back on. */
const mostChanges = 100

/** The turns of a member that touch the time from `from` to just before `to`, by beginning. */
export function ownTurns(rotation: Rotation, member: MemberId, from: number, to: number): OwnTurn[] {
  const turns = new Map<string, OwnTurn>()
  for (const at of changesSince(rotation, from)) {
    const current = turnsAsOf(asKnownAt(rotation, at), member, from, to)
    for (const [key, turn] of current) {
      const known = turns.get(key)
      if (known && !known.isCancelled && saysTheSame(known, turn)) continue
      turns.set(key, { ...turn, key, isCancelled: false, changedAt: at })
    }
    for (const [key, turn] of turns)
      if (!turn.isCancelled && !current.has(key))
        turns.set(key, { ...turn, isCancelled: true, changedAt: at })
  }
  return [...turns.values()].sort((a, b) => a.from - b.from)
}

type Said = Pick<OwnTurn, 'from' | 'to' | 'seat' | 'others'>

const saysTheSame = (one: Said, other: Said): boolean =>
  one.from === other.from &&
  one.to === other.to &&
  one.seat === other.seat &&
  one.others.join() === other.others.join()

/** The instants at which something was set, taken back, or somebody left, from the last one before `since` on. */
function changesSince({ rules, moved, overrides, left }: Rotation, since: number): number[] {
  const all = [
    ...[...rules, ...moved, ...overrides].map(({ setAt }) => setAt),
    ...overrides.flatMap(({ takenBackAt }) => takenBackAt ?? []),
    ...left.values(),
  ].sort((a, b) => a - b)
  const first = Math.max(
    all.findLastIndex((at) => at <= since),
    0,
  )
  return [...new Set(all.slice(first))].slice(-mostChanges)
}

/** The roster as it was set at an instant. */
function asKnownAt({ rules, moved, overrides, left }: Rotation, at: number): Rotation {
  const known = <Set extends { readonly setAt: number }>(set: readonly Set[]): Set[] =>
    set.filter(({ setAt }) => setAt <= at)
  return {
    rules: known(rules),
    moved: known(moved),
    overrides: known(overrides).map((one) => ({
      ...one,
      takenBackAt: one.takenBackAt !== null && one.takenBackAt <= at ? one.takenBackAt : null,
    })),
    left: new Map([...left].filter(([, when]) => when <= at)),
  }
}

function turnsAsOf(rotation: Rotation, member: MemberId, from: number, to: number): Map<string, Said> {
  const turns = new Map<string, Said>()
  const pieces = new Map<string, number>()
  let last: { readonly key: string; readonly turn: string | null } | null = null
  for (const shift of dutiesBetween(rotation, from, to)) {
    const seat = shift.primary === member ? 'primary' : shift.secondary === member ? 'secondary' : null
    if (seat === null) continue
    const other = seat === 'primary' ? shift.secondary : shift.primary
    const others = other === null ? [] : [other]
    const before: Said | undefined = last === null ? undefined : turns.get(last.key)
    if (last && before?.to === shift.from && before.seat === seat && last.turn === shift.turn) {
      turns.set(last.key, {
        ...before,
        to: shift.to,
        others: [...new Set([...before.others, ...others])],
      })
      continue
    }
    const of = shift.turn ?? new Date(shift.from).toISOString()
    const piece = pieces.get(of) ?? 0
    pieces.set(of, piece + 1)
    const key = `${of}/${piece}`
    turns.set(key, { from: shift.from, to: shift.to, seat, others })
    last = { key, turn: shift.turn }
  }
  return turns
}
