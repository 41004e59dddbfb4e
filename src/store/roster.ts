import { dutiesBetween, type Override, type Rotation, type RotationRule } from '../procedure/rotation.ts'
import type {
  DutyOverrideTable,
  MemberTable,
  MovedHandOverTable,
  RosterRuleTable,
  SwapTable,
} from './schema.ts'
import type { Db, Tx } from './store.ts'
import { type Answers, together } from './together.ts'

/** Everything that was ever set about who is on call in a community, oldest first. */
export interface RosterRows {
  readonly rules: readonly RosterRuleTable[]
  readonly moved: readonly MovedHandOverTable[]
  readonly overrides: readonly DutyOverrideTable[]
}

/** The queries for {@link rotationOf}. */
export const rosterQueries = (db: Db | Tx, community: string) =>
  [
    db
      .selectFrom('roster_rule')
      .selectAll()
      .where('community_id', '=', community)
      .orderBy('set_at')
      .orderBy('id'),
    db
      .selectFrom('moved_hand_over')
      .selectAll()
      .where('community_id', '=', community)
      .orderBy('set_at')
      .orderBy('id'),
    db
      .selectFrom('duty_override')
      .selectAll()
      .where('community_id', '=', community)
      .orderBy('set_at')
      .orderBy('id'),
  ] as const

/** The rows of the answers to {@link rosterQueries}. */
export const rosterRows = ([rules, moved, overrides]: Answers<
  ReturnType<typeof rosterQueries>
>): RosterRows => ({
  rules,
  moved,
  overrides,
})

/** Reads everything that was ever set about who is on call in a community. */
export async function readRoster(db: Db | Tx, community: string): Promise<RosterRows> {
  return rosterRows(await together(db, rosterQueries(db, community)))
}

/**
 * All that decides who is on call: ask `dutyAt` and `dutiesBetween` of procedure/rotation.ts who it is now, who is
 * next and who it was at any instant.
 *
 * @param members - everybody who is or was on the committee.
 */
export function rotationOf(
  { rules, moved, overrides }: RosterRows,
  members: readonly Pick<MemberTable, 'id' | 'left_at'>[],
): Rotation {
  return {
    rules: rules.map(({ rule, set_at }) => ({
      from: set_at,
      setAt: set_at,
      rule: rule === null ? null : (JSON.parse(rule) as RotationRule),
    })),
    moved: moved.map(({ instead, date, time, set_at }) => ({ instead, date, time, setAt: set_at })),
    overrides: overrides.map(overrideOf),
    left: new Map(members.flatMap(({ id, left_at }) => (left_at === null ? [] : [[id, left_at]]))),
  }
}

const overrideOf = (row: DutyOverrideTable): Override => ({
  id: row.id,
  from: row.hand_over === null ? (row.starts_at as number) : { handOver: row.hand_over },
  to: row.ends_at,
  primary: row.primary_id,
  secondary: row.secondary_id,
  setAt: row.set_at,
  takenBackAt: row.taken_back_at,
})

/** Reads all that decides who is on call in a community; see {@link rotationOf}. */
export async function readRotation(db: Db | Tx, community: string): Promise<Rotation> {
  const [members, ...rows] = await together(db, [
    db
      .selectFrom('member')
      .select(['id', 'left_at'])
      .where('community_id', '=', community)
      .where('standing', '=', 'member'),
    ...rosterQueries(db, community),
  ])
  return rotationOf(rosterRows(rows), members)
}

/** An override of a community, or null. */
export async function overrideById(
  db: Db | Tx,
  community: string,
  id: string,
): Promise<DutyOverrideTable | null> {
  const row = await db
    .selectFrom('duty_override')
    .selectAll()
    .where('id', '=', id)
    .where('community_id', '=', community)
    .executeTakeFirst()
  return row ?? null
}

/** Every swap that was offered in a community, newest first. */
export async function swapsOf(db: Db | Tx, community: string): Promise<SwapTable[]> {
  return db
    .selectFrom('swap')
    .selectAll()
    .where('community_id', '=', community)
    .orderBy('offered_at', 'desc')
    .orderBy('id')
    .execute()
}

/** A swap of a community, or null. */
export async function swapById(db: Db | Tx, community: string, id: string): Promise<SwapTable | null> {
  const row = await db
    .selectFrom('swap')
    .selectAll()
    .where('id', '=', id)
    .where('community_id', '=', community)
    .executeTakeFirst()
  return row ?? null
}

const year = 366 * 86_400_000

/** Whether an account is on call in any community, now or within a year as the roster stands. */
export async function hasDuty(db: Db | Tx, accountId: string, now: number): Promise<boolean> {
  const members = await db
    .selectFrom('member')
    .select(['id', 'community_id'])
    .where('account_id', '=', accountId)
    .where('left_at', 'is', null)
    .execute()
  for (const { id, community_id } of members) {
    const shifts = dutiesBetween(await readRotation(db, community_id), now, now + year)
    if (shifts.some(({ primary, secondary }) => primary === id || secondary === id)) return true
  }
  return false
}
