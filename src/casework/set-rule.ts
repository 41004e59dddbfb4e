import { Temporal } from 'temporal-polyfill'
import type { RotationRule } from '../procedure/rotation.ts'
import { newId } from '../sealing/bytes.ts'
import { appendLog } from '../store/log.ts'
import type { Membership } from '../store/members.ts'
import type { Tx } from '../store/store.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { mayBeOnCall, rosterAtHand } from './roster-at-hand.ts'

type WithoutZone<R> = R extends unknown ? Omit<R, 'zone'> : never

/** A rule as a chair sets it: its days and times are those of the community's zone. */
export type NewRule = WithoutZone<RotationRule>

/** How far ahead a rule can begin, in days. */
const farthestStart = 731

/**
 * Sets by which rule duty goes round from now on (G1). Until its first hand-over whoever is on call stays. The order
 * of turns is also the one in which somebody who is involved in a case is passed over (K2).
 *
 * @param rule - null: pairs are named by hand.
 * @throws {Refused} `invalid-input` for a beginning that is past or more than two years away, a date that does not
 * exist, or somebody who is not on the committee; `one-unlocker`.
 */
export async function setRule(
  { store, clock }: Office,
  chair: Membership,
  rule: NewRule | null,
): Promise<void> {
  const now = clock.now()
  await store.write(async (tx) => {
    const roster = await rosterAtHand(tx, store.kind, chair.community)
    const zone = roster.community.time_zone
    if (rule) {
      checkStart(rule.start, zone, now)
      await mayBeOnCall(
        tx,
        roster,
        rule.order.map((member) => ['order', member] as const),
      )
      await inOrder(tx, chair.community, rule.order)
    }
    await keepRule(tx, chair, rule && { ...rule, zone }, now)
  })
}

function checkStart(start: string, zone: string, now: number): void {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate()
  const days = today.until(start).total('days')
  if (days < 0) throw new Refused('invalid-input', { field: 'start', reason: 'is in the past' })
  if (days > farthestStart)
    throw new Refused('invalid-input', { field: 'start', reason: 'is more than two years away' })
}

/** Puts members first in the rotation, in this order; the others come after them as they did. */
async function inOrder(tx: Tx, community: string, order: readonly string[]): Promise<void> {
  const rows = await tx
    .selectFrom('member')
    .select('id')
    .where('community_id', '=', community)
    .orderBy('rotation')
    .orderBy('id')
    .execute()
  const others = rows.map(({ id }) => id).filter((id) => !order.includes(id))
  for (const [rotation, id] of [...order, ...others].entries())
    await tx.updateTable('member').set({ rotation }).where('id', '=', id).execute()
}

/**
 * Keeps a rule beside those before it, whose past stays on record. It is set later than they were, also where the
 * clock says the same instant or was put back: of several, the last one counts.
 */
export async function keepRule(
  tx: Tx,
  by: Membership,
  rule: RotationRule | null,
  now: number,
): Promise<void> {
  const id = newId()
  const before = await tx
    .selectFrom('roster_rule')
    .select('set_at')
    .where('community_id', '=', by.community)
    .orderBy('set_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  await tx
    .insertInto('roster_rule')
    .values({
      id,
      community_id: by.community,
      rule: rule && JSON.stringify(rule),
      set_by: by.id,
      set_at: Math.max(now, (before?.set_at ?? 0) + 1),
    })
    .execute()
  await appendLog(tx, [
    {
      community: by.community,
      at: now,
      case: null,
      actor: by.id,
      deed: 'roster-rule-set',
      detail: { rule: id, kind: rule?.kind ?? null, order: rule?.order ?? [] },
    },
  ])
}
