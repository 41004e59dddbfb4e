import { argon2Sync, randomBytes } from 'node:crypto'
import type { Office } from '../../src/casework/office.ts'
import { newId } from '../../src/sealing/bytes.ts'
import { recipientOf } from '../../src/sealing/identity.ts'
import { sealKeyring } from '../../src/sealing/keyring.ts'
import { tokenHash } from '../../src/sealing/receipt.ts'
import {
  type PassphraseCost,
  passkeyUnlocker,
  passphraseCost,
  recoveryUnlocker,
  recoveryWords,
  stretchedUnlocker,
  type Unlocker,
} from '../../src/sealing/unlocker.ts'
import { drawWords } from '../../src/sealing/words.ts'
import type { UnlockerTable } from '../../src/store/schema.ts'
import type { Person, TestCommunity } from './community.ts'

/** Every secret with which somebody gets in: what they know, what they printed, what their device answers. */
export interface WaysIn {
  readonly passphrase: string
  readonly recoveryWords: string
  /** What the passkey's PRF extension answers, 32 bytes. */
  readonly prf: Uint8Array
  /** What these are worth, worked out: the passphrase's, the kit's, the passkey's. */
  readonly unlockers: readonly Unlocker[]
}

/** As cheap as the API lets a passphrase be: these tests are not about guessing. */
const cheapCost = (): PassphraseCost => ({ ...passphraseCost(randomBytes(16)), memory: 8 * 1024, passes: 1 })

const stretched = (passphrase: string, { salt, memory, passes, lanes: parallelism }: PassphraseCost) =>
  new Uint8Array(
    argon2Sync('argon2id', {
      message: passphrase.normalize('NFKC'),
      nonce: Buffer.from(salt, 'base64'),
      memory,
      passes,
      parallelism,
      tagLength: 32,
    }),
  )

/**
 * Gives everybody in a community a passphrase, a recovery kit and a passkey, straight into the store.
 *
 * @returns by name.
 */
export async function giveWaysIn(
  office: Pick<Office, 'store' | 'clock'>,
  community: TestCommunity,
): Promise<Readonly<Record<string, WaysIn>>> {
  const made: Record<string, WaysIn> = {}
  const rows: UnlockerTable[] = []
  for (const person of Object.values(community.people)) {
    const cost = cheapCost()
    const passphrase = drawWords(6).join(' ')
    const words = drawWords(recoveryWords).join(' ')
    const prf = new Uint8Array(randomBytes(32))
    const byPassphrase = stretchedUnlocker(stretched(passphrase, cost))
    const byKit = recoveryUnlocker(words)
    const byPasskey = passkeyUnlocker(prf)
    made[person.name] = {
      passphrase,
      recoveryWords: words,
      prf,
      unlockers: [byPassphrase, byKit, byPasskey],
    }
    const now = office.clock.now()
    rows.push(
      await unlockerRow(person, 'passphrase', byPassphrase, now, { cost: JSON.stringify(cost) }),
      await unlockerRow(person, 'recovery', byKit, now),
      await unlockerRow(person, 'passkey', byPasskey, now, {
        credential_id: newId(),
        public_key: new Uint8Array(randomBytes(77)),
        token_hash: null,
      }),
    )
  }
  await office.store.write(async (tx) => {
    await tx.insertInto('unlocker').values(rows).execute()
  })
  return made
}

async function unlockerRow(
  { account, keyring }: Person,
  kind: UnlockerTable['kind'],
  { identity, token }: Unlocker,
  now: number,
  more: Partial<UnlockerTable> = {},
): Promise<UnlockerTable> {
  return {
    id: newId(),
    account_id: account,
    kind,
    label: kind,
    credential_id: null,
    public_key: null,
    counter: 0,
    transports: null,
    cost: null,
    token_hash: tokenHash(token),
    sealed_keyring: await sealKeyring(keyring, await recipientOf(identity)),
    created_at: now,
    used_at: null,
    ...more,
  }
}
