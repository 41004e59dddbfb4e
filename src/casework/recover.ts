import { verifyDirectory } from '../sealing/directory.ts'
import { openGrant } from '../sealing/grant.ts'
import { recovery } from '../sealing/intake.ts'
import { readTimeline, type TimelineEntry } from '../sealing/timeline.ts'
import { directoryEntries } from '../store/communities.ts'
import { appendLog } from '../store/log.ts'
import { recordsOf } from '../store/records.ts'
import type { Db, Store } from '../store/store.ts'
import { type CaseFile, filesOf } from '../store/uploads.ts'
import type { Clock } from './office.ts'

/** A case as the community's recovery kit opens it. */
export interface RecoveredCase {
  readonly id: string
  readonly codeName: string
  readonly state: string
  /** Epoch milliseconds. */
  readonly arrivedAt: number
  readonly records: readonly TimelineEntry[]
  readonly files: readonly CaseFile[]
  /** Identity of an epoch; undefined where the kit was not granted it. */
  identityOf(epoch: number): string | undefined
}

/** The community whose recovery recipient this is; null where there is none, so where the kit is another one's. */
export async function communityOfKit(
  db: Db,
  recipient: string,
): Promise<{ readonly id: string; readonly name: string } | null> {
  const row = await db
    .selectFrom('community')
    .select(['id', 'name'])
    .where('recovery_recipient', '=', recipient)
    .executeTakeFirst()
  return row ?? null
}

/**
 * Opens every case of a community with the identity of its recovery kit, oldest first, and notes each in the log
 * (N3). For when no member can open them any more, or when the whole committee is named as involved (J4).
 *
 * @param identity - `communityRecoveryIdentity` of the kit's words.
 */
export async function* recoverCases(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  community: string,
  identity: string,
): AsyncGenerator<RecoveredCase> {
  const { db } = store
  const directory = verifyDirectory(community, await directoryEntries(db, community))
  const cases = await db
    .selectFrom('incident')
    .select(['id', 'code_name', 'state', 'arrived_at'])
    .where('community_id', '=', community)
    .orderBy('arrived_at')
    .orderBy('id')
    .execute()
  for (const { id, code_name, state, arrived_at } of cases) {
    const identities = await identitiesOf(db, id, identity)
    const records = await recordsOf(db, id, 'all')
    const identityOf = (epoch: number): string | undefined => identities.get(epoch)
    const opened = await readTimeline(records, {
      community,
      case: id,
      identityOf,
      memberKeys: (member) => directory.members.get(member)?.verifyKeys ?? [],
      reporterKey: null,
      chain: 'after',
    })
    const entry = { community, at: clock.now(), case: id, actor: 'recovery-kit', deed: 'opened' }
    await store.write((tx) => appendLog(tx, [entry]))
    yield {
      id,
      codeName: code_name,
      state,
      arrivedAt: arrived_at,
      records: opened,
      files: await filesOf(db, id, 'all'),
      identityOf,
    }
  }
}

async function identitiesOf(db: Db, caseId: string, kit: string): Promise<Map<number, string>> {
  const grants = await db
    .selectFrom('grant_')
    .innerJoin('epoch', (join) =>
      join.onRef('epoch.case_id', '=', 'grant_.case_id').onRef('epoch.epoch', '=', 'grant_.epoch'),
    )
    .select(['grant_.epoch', 'grant_.sealed', 'epoch.recipient'])
    .where('grant_.case_id', '=', caseId)
    .where('grant_.member_id', '=', recovery)
    .execute()
  const identities = new Map<number, string>()
  for (const { epoch, sealed, recipient } of grants) {
    const grant = await openGrant(sealed, kit, { case: caseId, epoch, recipient }).catch(() => null)
    if (grant) identities.set(epoch, grant.identity)
  }
  return identities
}
