import type { Db, Tx } from './store.ts'

/** SHA-256 (hex) of the token of whoever began an upload; null where there is no such upload. */
export async function uploadTokenHash(db: Db, upload: string): Promise<string | null> {
  const row = await db.selectFrom('upload').select('token_hash').where('id', '=', upload).executeTakeFirst()
  return row?.token_hash ?? null
}

/** A sealed file of a case. */
export interface CaseFile {
  readonly upload: string
  readonly epoch: number
  readonly parts: number
  /** Bytes of all parts together. */
  readonly size: number
}

/**
 * Makes an upload that is complete, and that no record has yet, part of a case.
 *
 * @param given - the upload, and the hash of the token of whoever began it.
 * @returns whether there was such an upload.
 */
export async function attachUpload(
  tx: Tx,
  given: { readonly upload: string; readonly tokenHash: string },
  to: { readonly community: string; readonly case: string; readonly epoch: number; readonly shared: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('upload')
    .set({ case_id: to.case, epoch: to.epoch, shared: to.shared ? 1 : 0 })
    .where('id', '=', given.upload)
    .where('community_id', '=', to.community)
    .where('token_hash', '=', given.tokenHash)
    .where('completed_at', 'is not', null)
    .where('case_id', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Takes back {@link attachUpload}, where what the uploads were for is not kept. */
export async function detachUploads(tx: Tx, given: readonly { readonly upload: string }[]): Promise<void> {
  if (given.length === 0) return
  await tx
    .updateTable('upload')
    .set({ case_id: null, epoch: null, shared: 0 })
    .where(
      'id',
      'in',
      given.map(({ upload }) => upload),
    )
    .execute()
}

/** The files of a case: all, or those the reporter may read. */
export async function filesOf(db: Db, caseId: string, which: 'all' | 'shared'): Promise<CaseFile[]> {
  const rows = await db
    .selectFrom('upload')
    .select(['id', 'epoch', 'parts', 'size'])
    .where('case_id', '=', caseId)
    .$if(which === 'shared', (query) => query.where('shared', '=', 1))
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(({ id, epoch, parts, size }) => ({ upload: id, epoch: epoch ?? 0, parts, size }))
}

/** The bytes of one part of a file; null where there is none. */
export async function partOf(db: Db, upload: string, part: number): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom('upload_part')
    .select('bytes')
    .where('upload_id', '=', upload)
    .where('part', '=', part)
    .executeTakeFirst()
  return row?.bytes ?? null
}

/**
 * Deletes uploads that no record ever referred to, begun before an instant; at most `most` of them.
 *
 * @returns how many.
 */
export async function purgeUploads(tx: Tx, begunBefore: number, most: number): Promise<number> {
  const rows = await tx
    .selectFrom('upload')
    .select('id')
    .where('case_id', 'is', null)
    .where('created_at', '<', begunBefore)
    .limit(most)
    .execute()
  if (rows.length === 0) return 0
  const ids = rows.map(({ id }) => id)
  // Only those that are still nobody's: a report may take one up at this very moment.
  const gone = await tx
    .deleteFrom('upload')
    .where('id', 'in', ids)
    .where('case_id', 'is', null)
    .returning('id')
    .execute()
  if (gone.length > 0)
    await tx
      .deleteFrom('upload_part')
      .where(
        'upload_id',
        'in',
        gone.map(({ id }) => id),
      )
      .execute()
  return gone.length
}
