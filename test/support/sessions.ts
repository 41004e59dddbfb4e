import { randomBytes } from 'node:crypto'
import type { Office } from '../../src/casework/office.ts'
import { cookieName } from '../../src/http/guard.ts'
import { newId } from '../../src/sealing/bytes.ts'
import { tokenHash } from '../../src/sealing/receipt.ts'

/** A session of somebody, as if they had signed in. */
export interface OpenSession {
  /** The value of the `Cookie` header. */
  readonly cookie: string
  readonly handle: string
}

/**
 * Begins a session straight in the store.
 *
 * @param account - id of the account.
 * @param seenAt - when it was last used, epoch milliseconds; now if not given.
 */
export async function sessionOf(
  { store, clock }: Office,
  account: string,
  seenAt = clock.now(),
): Promise<OpenSession> {
  const token = randomBytes(32).toString('base64url')
  const handle = newId()
  await store.write(async (tx) => {
    await tx
      .insertInto('session')
      .values({
        id: tokenHash(token),
        account_id: account,
        handle,
        label: 'Test',
        created_at: seenAt,
        seen_at: seenAt,
      })
      .execute()
  })
  return { cookie: `${cookieName(false)}=${token}`, handle }
}
