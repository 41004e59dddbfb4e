import { limits } from '../procedure/records.ts'
import { newId, randomBytes, toBase64Url } from '../sealing/bytes.ts'
import { partSize } from '../sealing/parts.ts'
import { tokenHash } from '../sealing/receipt.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/** age's own overhead on the largest file: header with two hybrid stanzas and 16 bytes for every 64 KiB. */
const sealedLimit = limits.fileBytes + 16 * Math.ceil(limits.fileBytes / 65536) + 8192
/** The most parts a sealed file can have. */
export const mostParts = Math.ceil(sealedLimit / partSize)

/**
 * Begins an upload of one sealed file. It is purged after a day unless a record refers to it.
 *
 * @returns its id, and the token that alone may add parts and refer to it; the store keeps the token's hash.
 */
export async function beginUpload(
  { store, clock }: Office,
  community: string,
): Promise<{ upload: string; token: string }> {
  const upload = newId()
  const token = toBase64Url(randomBytes(32))
  await store.write(async (tx) => {
    await tx
      .insertInto('upload')
      .values({
        id: upload,
        community_id: community,
        case_id: null,
        epoch: null,
        shared: 0,
        token_hash: tokenHash(token),
        size: 0,
        parts: 0,
        completed_at: null,
        created_at: clock.now(),
      })
      .execute()
  })
  return { upload, token }
}

/**
 * Keeps one part of a sealed file, durably. The same part again is fine; other bytes under its number are not.
 *
 * @param part - its place, from 0.
 * @throws {Refused} `part-mismatch`, `file-limit`.
 */
export async function addPart(
  { store }: Office,
  upload: string,
  part: number,
  bytes: Uint8Array,
): Promise<void> {
  if (part >= mostParts || bytes.length > partSize)
    throw new Refused('file-limit', { files: limits.files, megabytes: limits.fileBytes / 1024 / 1024 })
  await store.write(async (tx) => {
    const known = await tx
      .selectFrom('upload_part')
      .select('bytes')
      .where('upload_id', '=', upload)
      .where('part', '=', part)
      .executeTakeFirst()
    if (known) {
      if (Buffer.compare(known.bytes, bytes) !== 0) throw new Refused('part-mismatch')
      return
    }
    const { completed_at } = await tx
      .selectFrom('upload')
      .select('completed_at')
      .where('id', '=', upload)
      .executeTakeFirstOrThrow()
    if (completed_at !== null) throw new Refused('part-mismatch')
    await tx.insertInto('upload_part').values({ upload_id: upload, part, bytes }).execute()
  })
}

/** Which parts of an upload have arrived, so that a broken connection costs no more than one part. */
export async function uploadState(
  { store }: Office,
  upload: string,
): Promise<{ parts: number[]; completed: boolean }> {
  const parts = await store.db
    .selectFrom('upload_part')
    .select('part')
    .where('upload_id', '=', upload)
    .orderBy('part')
    .execute()
  const { completed_at } = await store.db
    .selectFrom('upload')
    .select('completed_at')
    .where('id', '=', upload)
    .executeTakeFirstOrThrow()
  return { parts: parts.map(({ part }) => part), completed: completed_at !== null }
}

/**
 * Closes an upload: from then on a record can refer to it and nothing can be added.
 *
 * @param parts - how many there are; @param size - bytes of all together.
 * @throws {Refused} `file-incomplete` if a part is missing or the size differs.
 */
export async function completeUpload(
  { store, clock }: Office,
  upload: string,
  { parts, size }: { readonly parts: number; readonly size: number },
): Promise<void> {
  await store.write(async (tx) => {
    const rows = await tx
      .selectFrom('upload_part')
      .select(({ fn }) => ['part', fn<number>('length', ['bytes']).as('length')])
      .where('upload_id', '=', upload)
      .orderBy('part')
      .execute()
    const whole = rows.length === parts && rows.every(({ part }, index) => part === index)
    const total = rows.reduce((sum, { length }) => sum + length, 0)
    if (!whole || total !== size) throw new Refused('file-incomplete')
    await tx
      .updateTable('upload')
      .set({ parts, size, completed_at: clock.now() })
      .where('id', '=', upload)
      .where('completed_at', 'is', null)
      .execute()
  })
}
