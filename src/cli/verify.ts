import { DirectoryBroken, fingerprint, type SignedText, verifyDirectory } from '../sealing/directory.ts'
import { directoryEntries } from '../store/communities.ts'
import { verifyLog } from '../store/log.ts'
import type { Db } from '../store/store.ts'
import { cli } from '../words/en/cli.ts'
import { plain } from '../words/plain.ts'
import { type Command, checkOptions, tell, withStore } from './command.ts'

/**
 * Proves the log and the key directory of every community (N3). The heads it prints are worth writing down: a
 * log that was rewritten as a whole still holds, but has another head.
 *
 * @returns 1 where one of them does not hold.
 */
export const verify: Command = async (options, environment) => {
  checkOptions('verify', options)
  return withStore(environment, ({ db }) =>
    // One picture of the store, though the server may go on writing.
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (seen) => {
        const communities = await seen
          .selectFrom('community')
          .select(['id', 'short_name'])
          .orderBy('short_name')
          .execute()
        if (communities.length === 0) tell(cli['verify.none'])
        let sound = true
        for (const { id, short_name: community } of communities) {
          if (!(await logHolds(seen, id, community))) sound = false
          if (!directoryHolds(id, community, await directoryEntries(seen, id))) sound = false
        }
        return sound ? 0 : 1
      }),
  )
}

async function logHolds(db: Db, id: string, community: string): Promise<boolean> {
  const log = await verifyLog(db, id)
  tell(
    log.ok
      ? plain(cli, 'verify.log', { community, entries: log.entries, head: log.head })
      : plain(cli, 'verify.log.broken', { community, entry: log.at }),
  )
  return log.ok
}

function directoryHolds(id: string, community: string, entries: readonly SignedText[]): boolean {
  try {
    verifyDirectory(id, entries)
    const first = fingerprint(entries[0] as SignedText)
    tell(plain(cli, 'verify.directory', { community, entries: entries.length, fingerprint: first }))
    return true
  } catch (error) {
    if (!(error instanceof DirectoryBroken)) throw error
    tell(plain(cli, 'verify.directory.broken', { community, reason: error.message }))
    return false
  }
}
