import { readLately } from '../store/case-log.ts'
import { incidentForDeed } from '../store/incidents.ts'
import { appendLog } from '../store/log.ts'
import type { Office } from './office.ts'

const hour = 3_600_000

/** What a member reads of a case. */
export interface Reading {
  readonly case: string
  readonly member: string
  /** Id of the session in which they read. */
  readonly session: string
  /** The case, or one of its files. */
  readonly what: { readonly deed: 'opened' } | { readonly deed: 'file-opened'; readonly upload: string }
}

/**
 * Notes in the log that a member reads a case (N3), before they get to see it; the same in the same session counts
 * once an hour.
 */
export async function noteReading({ store, clock }: Office, reading: Reading): Promise<void> {
  const { case: caseId, member, session, what } = reading
  const { handle } = (await store.db
    .selectFrom('session')
    .select('handle')
    .where('id', '=', session)
    .executeTakeFirst()) ?? { handle: '' }
  const detail = what.deed === 'opened' ? { session: handle } : { session: handle, upload: what.upload }
  const now = clock.now()
  const entry = { case: caseId, actor: member, deed: what.deed, detail: JSON.stringify(detail) }
  if (await readLately(store.db, entry, now - hour)) return
  await store.write(async (tx) => {
    const incident = await incidentForDeed(tx, store.kind, caseId)
    if (!incident || (await readLately(tx, entry, now - hour))) return
    await appendLog(tx, [
      { community: incident.community_id, at: now, case: caseId, actor: member, deed: what.deed, detail },
    ])
  })
}
