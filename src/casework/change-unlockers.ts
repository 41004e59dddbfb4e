import { hasDuty } from '../store/roster.ts'
import { unlockersOf } from '../store/unlockers.ts'
import type { Office } from './office.ts'
import type { Place } from './passkeys.ts'
import { Refused } from './refused.ts'
import { checkUnlockers, keepUnlockers, type NewUnlocker } from './unlockers.ts'

/** Unlockers a member needs before being on call: one may be lost on the day it matters. */
export const unlockersOnCall = 2

const mostUnlockers = 20

/**
 * Adds a way to sign in. A passphrase or recovery kit takes the place of the one before.
 *
 * @returns its id.
 * @throws {Refused} `passkey-failed`, `too-large`.
 * @throws {MalformedEnvelope}
 */
export async function addUnlocker(
  office: Office,
  place: Place,
  accountId: string,
  unlocker: NewUnlocker,
): Promise<string> {
  const { store, clock } = office
  const checked = await checkUnlockers(office, place, [unlocker])
  return store.write(async (tx) => {
    if ((await unlockersOf(tx, accountId)).length >= mostUnlockers) throw new Refused('too-large')
    await keepUnlockers(tx, accountId, checked, clock.now())
    return checked[0]?.row.id as string
  })
}

/**
 * Takes a way to sign in away.
 *
 * @throws {Refused} `not-found`; `last-unlocker` where nothing would be left that opens the keyring; `one-unlocker`
 * where the member is on call, now or within a year, and would have only one left.
 */
export async function removeUnlocker(
  { store, clock }: Office,
  accountId: string,
  unlocker: string,
): Promise<void> {
  const now = clock.now()
  await store.write(async (tx) => {
    // Two taken away at once must not both count the other as what is left.
    const hold = tx.selectFrom('account').select('id').where('id', '=', accountId)
    await (store.kind === 'postgres' ? hold.forUpdate() : hold).execute()
    const unlockers = await unlockersOf(tx, accountId)
    const gone = unlockers.find(({ id }) => id === unlocker)
    if (!gone) throw new Refused('not-found')
    const left = unlockers.filter(({ id, sealed_keyring }) => id !== unlocker && sealed_keyring !== null)
    if (left.length === 0) throw new Refused('last-unlocker')
    if (gone.sealed_keyring !== null && left.length < unlockersOnCall && (await hasDuty(tx, accountId, now)))
      throw new Refused('one-unlocker')
    await tx.deleteFrom('unlocker').where('id', '=', unlocker).execute()
  })
}
