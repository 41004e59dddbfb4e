import { dutiesBetween, type Gap, gapsBetween, type Rotation } from '../procedure/rotation.ts'
import { lookForGaps } from '../store/due.ts'
import { rowId } from '../store/ids.ts'
import { readRoster } from '../store/roster.ts'
import type { DueTable, ToldGapTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import type { Office } from './office.ts'
import { type RosterAtHand, rosterAtHand, tellOfRoster } from './roster-at-hand.ts'

const day = 86_400_000

/**
 * Looks for gaps in the coming 45 days, and tells the chair and whom they concern of each once (G5). A gap that was
 * closed and opens again is a new one.
 *
 * @param due - the look that comes every day has the community's id.
 */
export async function lookForGapsOf({ store }: Office, tx: Tx, due: DueTable, now: number): Promise<void> {
  const { community_id: community } = due
  const roster = await rosterAtHand(tx, store.kind, community)
  const told = await tx.selectFrom('told_gap').selectAll().where('community_id', '=', community).execute()
  const stillThere = new Set<string>()
  for (const gap of gapsBetween(roster.rotation, now)) {
    const about = aboutOf(gap)
    // The end moves on with every day, and the beginning where it is past.
    const known = told.find(
      (one) =>
        one.kind === gap.kind && one.about === about && one.starts_at <= gap.to && one.ends_at >= gap.from,
    )
    if (known) {
      stillThere.add(known.id)
      await tx.updateTable('told_gap').set({ ends_at: gap.to }).where('id', '=', known.id).execute()
      continue
    }
    await tx
      .insertInto('told_gap')
      .values(toldRow(community, gap, now))
      .execute()
    const members = [...(await chairsOf(tx, community)), ...(await concernedBy(tx, roster, gap))]
    await tellOfRoster(tx, roster, members, 'roster-gap', { by: null, at: now })
  }
  const closed = told.filter(({ id }) => !stillThere.has(id)).map(({ id }) => id)
  if (closed.length > 0) await tx.deleteFrom('told_gap').where('id', 'in', closed).execute()
  if (due.id === community) await lookForGaps(tx, community, community, now + day)
}

const aboutOf = (gap: Gap): string | null =>
  gap.kind === 'gone' ? gap.member : gap.kind === 'unplaced' ? gap.override : null

const toldRow = (community: string, gap: Gap, now: number): ToldGapTable => ({
  id: rowId(now),
  community_id: community,
  kind: gap.kind,
  about: aboutOf(gap),
  starts_at: gap.from,
  ends_at: gap.to,
  told_at: now,
})

async function chairsOf(tx: Tx, community: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('member')
    .select('id')
    .where('community_id', '=', community)
    .where('chair', '=', 1)
    .where('left_at', 'is', null)
    .execute()
  return rows.map(({ id }) => id)
}

/** Whoever is on call in the gap, or was to be. */
async function concernedBy(
  tx: Tx,
  { rotation, community }: RosterAtHand,
  gap: Gap,
): Promise<(string | null)[]> {
  if (gap.kind === 'unplaced') {
    const { overrides } = await readRoster(tx, community.id)
    return overrides.flatMap(({ id, primary_id, secondary_id, set_by }) =>
      id === gap.override ? [primary_id, secondary_id, set_by] : [],
    )
  }
  return onCallIn(rotation, gap)
}

const onCallIn = (rotation: Rotation, { from, to }: Gap): (string | null)[] =>
  dutiesBetween(rotation, from, to).flatMap(({ primary, secondary }) => [primary, secondary])
