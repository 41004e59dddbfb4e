import {
  dutiesBetween,
  dutyAt,
  type Gap,
  gapsBetween,
  handOversBetween,
  type Shift,
} from '../procedure/rotation.ts'
import { readRoster, rotationOf, swapsOf } from '../store/roster.ts'
import type { DutyOverrideTable, MovedHandOverTable, RosterRuleTable, SwapTable } from '../store/schema.ts'
import type { Office } from './office.ts'

/** The roster as everybody in the community sees it. It knows of no case, so it is the same for everybody (K2). */
export interface RosterView {
  /** Who is on call now; null: nobody. */
  readonly now: Shift | null
  /** Whoever is or was on call in the time asked for, in order. */
  readonly shifts: readonly Shift[]
  /** The hand-overs in the time asked for, with the date that the rule gives each. */
  readonly handOvers: readonly { readonly at: number; readonly date: string }[]
  /** What is wrong in the coming 45 days (G5). */
  readonly gaps: readonly Gap[]
  /** The rule in force; null: none was ever set. */
  readonly rule: RosterRuleTable | null
  readonly moved: readonly WithReason<MovedHandOverTable>[]
  /** Those that count in the time asked for, and those taken back in it. */
  readonly overrides: readonly WithReason<DutyOverrideTable>[]
  /** Open offers, and those answered in the time asked for. */
  readonly swaps: readonly WithReason<SwapTable>[]
}

/** A row with its reason, opened; null: none was given. */
export type WithReason<Row> = Omit<Row, 'sealed_why'> & { readonly why: string | null }

/**
 * Reads the roster of a community.
 *
 * @param span - what time to tell of, epoch milliseconds, from `from` to just before `to`.
 */
export async function rosterView(
  { store: { db }, clock, serverKey }: Office,
  community: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<RosterView> {
  const now = clock.now()
  const rows = await readRoster(db, community)
  const members = await db
    .selectFrom('member')
    .select(['id', 'left_at'])
    .where('community_id', '=', community)
    .execute()
  const rotation = rotationOf(rows, members)
  const withReason = <Row extends { readonly sealed_why: Uint8Array | null }>({
    sealed_why,
    ...row
  }: Row): WithReason<Row> => ({ ...row, why: sealed_why && serverKey.open(sealed_why) }) as WithReason<Row>
  const shifts = dutiesBetween(rotation, from, to)
  const handOvers = handOversBetween(rotation, from, to)
  const placed = new Set(shifts.flatMap(({ overrides }) => overrides))
  const dates = new Set([...handOvers.map(({ date }) => date), ...shifts.map(({ turn }) => turn)])
  const swaps = await swapsOf(db, community)
  return {
    now: dutyAt(rotation, now),
    shifts,
    handOvers,
    gaps: gapsBetween(rotation, now),
    rule: rows.rules.at(-1) ?? null,
    moved: rows.moved.filter(({ instead }) => dates.has(instead)).map(withReason),
    overrides: rows.overrides
      .filter((one) => placed.has(one.id) || touches(one, from, to, dates))
      .map(withReason),
    swaps: swaps
      .filter(({ answer, answered_at }) => answer === null || isIn(answered_at, from, to))
      .map(withReason),
  }
}

const isIn = (at: number | null, from: number, to: number): boolean => at !== null && at >= from && at < to

function touches(
  { starts_at, ends_at, hand_over, set_at }: DutyOverrideTable,
  from: number,
  to: number,
  dates: ReadonlySet<string | null>,
): boolean {
  if (hand_over !== null) return dates.has(hand_over) || isIn(set_at, from, to)
  return (starts_at as number) < to && (ends_at ?? (starts_at as number) + 1) > from
}
