import { createECDH } from 'node:crypto'
import type { Office } from './office.ts'

/** The key pair by which push services know this server (VAPID, RFC 8292), in URL-safe base64. */
export interface PushKey {
  /** 65 bytes: an uncompressed point of P-256. */
  readonly publicKey: string
  /** 32 bytes. */
  readonly privateKey: string
}

/**
 * The server's push key; made at the first start, and the same for every server on the same store. The private half
 * is kept sealed with the server's key.
 *
 * @throws if the server's key is not the one it was sealed with.
 */
export async function pushKey({ store, serverKey }: Office): Promise<PushKey> {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  // A key that begins with a zero byte is shorter than push services expect: leading zeros are kept.
  const secret = Buffer.alloc(32)
  const made = pair.getPrivateKey()
  made.copy(secret, 32 - made.length)
  const kept = await store.write(async (tx) => {
    await tx
      .insertInto('push_key')
      .values({
        id: 1,
        public_key: pair.getPublicKey('base64url'),
        sealed_private_key: serverKey.seal(secret.toString('base64url')),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    return tx.selectFrom('push_key').selectAll().executeTakeFirstOrThrow()
  })
  return { publicKey: kept.public_key, privateKey: serverKey.open(kept.sealed_private_key) }
}
