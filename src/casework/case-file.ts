import { partOf } from '../store/uploads.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/** A sealed file of a case: its parts one after the other, and how many bytes they are. */
export interface SealedFile {
  readonly size: number
  readonly bytes: ReadableStream<Uint8Array>
}

/**
 * Opens a file of a case for reading, a part at a time. What is in it is sealed.
 *
 * @param shared - for the reporter, who gets only what they may read.
 * @throws {Refused} `not-found` if the case has no such file.
 */
export async function caseFile(
  { store: { db } }: Office,
  caseId: string,
  upload: string,
  shared: boolean,
): Promise<SealedFile> {
  const file = await db
    .selectFrom('upload')
    .select(['size', 'parts'])
    .where('id', '=', upload)
    .where('case_id', '=', caseId)
    .$if(shared, (query) => query.where('shared', '=', 1))
    .executeTakeFirst()
  if (!file) throw new Refused('not-found')
  let part = 0
  const bytes = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (part === file.parts) {
        controller.close()
        return
      }
      const next = await partOf(db, upload, part)
      if (!next) throw new Error('A part of a file is missing.')
      part += 1
      controller.enqueue(next)
    },
  })
  return { size: file.size, bytes }
}
