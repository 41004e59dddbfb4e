import { randomBytes, toBase64Url } from '../sealing/bytes.ts'
import { tokenHash } from '../sealing/receipt.ts'
import { replaceSetupToken } from '../store/setup-tokens.ts'
import type { Office } from './office.ts'

/**
 * The token of a new set-up link; the one before it stops working. The store keeps its hash alone.
 *
 * @param always - also where a community exists already (a host of several asks for one by hand).
 * @returns null once a community exists, unless `always`.
 */
export async function setupToken(
  { store, clock }: Pick<Office, 'store' | 'clock'>,
  { always = false }: { readonly always?: boolean } = {},
): Promise<string | null> {
  const token = toBase64Url(randomBytes(32))
  const hash = tokenHash(token)
  const now = clock.now()
  return store.write(async (tx) => {
    const founded = await tx.selectFrom('community').select('id').limit(1).executeTakeFirst()
    if (founded && !always) return null
    await replaceSetupToken(tx, hash, now)
    return token
  })
}
