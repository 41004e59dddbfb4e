import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { text } from 'node:stream/consumers'
import { communityOfKit, type RecoveredCase, recoverCases } from '../casework/recover.ts'
import { systemClock } from '../clock.ts'
import { checkFileRef, type FileRef } from '../procedure/records.ts'
import { openFile } from '../sealing/evidence.ts'
import { recipientOf } from '../sealing/identity.ts'
import { communityRecoveryIdentity } from '../sealing/unlocker.ts'
import type { Db } from '../store/store.ts'
import { partOf } from '../store/uploads.ts'
import { cli } from '../words/en/cli.ts'
import { plain } from '../words/plain.ts'
import { CannotRun, type Command, tell, withStore } from './command.ts'

/**
 * Opens every case of a community with its printed recovery kit and writes them into a new folder that only its
 * owner can read. Run it where the people who hold the kit are, on a copy of the store if the operator is not one
 * of them: what it writes is plain text.
 *
 * @returns 1 where something of a case could not be opened; what is wrong stands in its file.
 */
export const recover: Command = async ([folder, ...more], environment) => {
  if (folder === undefined || folder.startsWith('-') || more.length > 0)
    throw new CannotRun(cli['recover.usage'])
  const identity = communityRecoveryIdentity(await words())
  const recipient = await recipientOf(identity)
  return withStore(environment, async (store) => {
    const community = await communityOfKit(store.db, recipient)
    if (!community) throw new CannotRun(cli['recover.other-kit'])
    await mkdir(folder, { mode: 0o700 }).catch(() => {
      throw new CannotRun(plain(cli, 'recover.folder', { folder }))
    })
    let whole = true
    let cases = 0
    for await (const one of recoverCases({ store, clock: systemClock }, community.id, identity)) {
      if (!(await write(store.db, join(folder, one.codeName), one))) whole = false
      cases += 1
    }
    tell(plain(cli, whole ? 'recover.done' : 'recover.doubts', { cases, name: community.name, folder }))
    return whole ? 0 : 1
  })
}

/** The kit's words: asked for at a terminal, read from standard input otherwise; never an argument others could see. */
async function words(): Promise<string> {
  if (!process.stdin.isTTY) return text(process.stdin)
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  const given = await asking.question(cli['recover.words'])
  asking.close()
  return given
}

async function write(db: Db, folder: string, { identityOf, ...one }: RecoveredCase): Promise<boolean> {
  await mkdir(folder, { mode: 0o700 })
  await writeFile(join(folder, 'case.json'), `${JSON.stringify(one, null, 2)}\n`, { mode: 0o600 })
  let whole = one.records.every(({ doubts }) => doubts.length === 0)
  const named = new Map(
    one.records.flatMap(({ record }) => filesIn(record?.body)).map((ref) => [ref.upload, ref]),
  )
  for (const [index, { upload, epoch, parts }] of one.files.entries()) {
    const ref = named.get(upload)
    const key = identityOf(epoch)
    try {
      if (!ref || key === undefined) throw new Error('No record that can be opened names this file.')
      const bytes = await openFile(stored(db, upload, parts), key, ref)
      await writeFile(join(folder, `${index + 1}-${safeName(ref.name)}`), bytes, { mode: 0o600 })
    } catch {
      whole = false
      tell(plain(cli, 'recover.file', { number: index + 1, name: one.codeName }))
    }
  }
  return whole
}

/** The files a record's body names, whatever kind it is: what was opened is hostile, and so is only looked through. */
function filesIn(body: unknown): FileRef[] {
  const { evidence, files } = (body ?? {}) as { evidence?: unknown; files?: unknown }
  return [evidence, files].flat().flatMap((candidate) => {
    try {
      return [checkFileRef(candidate)]
    } catch {
      return []
    }
  })
}

function stored(db: Db, upload: string, parts: number): ReadableStream<Uint8Array> {
  let part = 0
  return new ReadableStream({
    async pull(out) {
      const bytes = part < parts ? await partOf(db, upload, part) : null
      part += 1
      if (bytes) out.enqueue(new Uint8Array(bytes))
      else out.close()
    },
  })
}

const safeName = (name: string): string => name.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '_')
