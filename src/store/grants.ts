import type { Tx } from './store.ts'

/**
 * Deletes every grant a member of a community holds (K4). Looks case by case: an index by member would cost every
 * report nine pages more to write, and this happens when somebody leaves.
 */
export async function deleteGrants(tx: Tx, community: string, member: string): Promise<void> {
  await tx
    .deleteFrom('grant_')
    .where('member_id', '=', member)
    .where('case_id', 'in', (query) =>
      query.selectFrom('incident').select('id').where('community_id', '=', community),
    )
    .execute()
}
