import type { Db } from './store.ts'

/** SHA-256 (hex) of the token of whoever began an upload; null where there is no such upload. */
export async function uploadTokenHash(db: Db, upload: string): Promise<string | null> {
  const row = await db.selectFrom('upload').select('token_hash').where('id', '=', upload).executeTakeFirst()
  return row?.token_hash ?? null
}
