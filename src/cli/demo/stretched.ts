import crypto from 'node:crypto'
import { promisify } from 'node:util'
import { fromBase64 } from '../../sealing/bytes.ts'
import {
  type PassphraseCost,
  passphraseUnlocker,
  stretchedUnlocker,
  type Unlocker,
} from '../../sealing/unlocker.ts'

/**
 * The unlocker of a passphrase, worked out by Node's own Argon2id, which is many times faster than the browser's.
 * Node has it from 24.7 on; before that it takes as long here as it does there.
 */
export async function stretched(passphrase: string, cost: PassphraseCost): Promise<Unlocker> {
  if (typeof crypto.argon2 !== 'function') return passphraseUnlocker(passphrase, cost)
  const secret = await promisify(crypto.argon2)('argon2id', {
    message: passphrase.normalize('NFKC'),
    nonce: fromBase64(cost.salt),
    memory: cost.memory,
    passes: cost.passes,
    parallelism: cost.lanes,
    tagLength: 32,
  })
  return stretchedUnlocker(new Uint8Array(secret))
}
