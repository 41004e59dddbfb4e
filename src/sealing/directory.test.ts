import { expect, test } from 'vitest'
import { newId, randomBytes } from './bytes.ts'
import {
  type Delegation,
  DirectoryBroken,
  entryHash,
  fingerprint,
  invitationKey,
  type SignedText,
  signDelegation,
  signEntry,
  verifyDirectory,
} from './directory.ts'
import { newIdentity, recipientOf } from './identity.ts'
import { newKeyring, publicKeysOf } from './keyring.ts'

const community = newId()
const founder = newKeyring()
const founderId = newId()
const kit = await recipientOf(newIdentity())
const first = signEntry(
  {
    v: 1,
    community,
    previous: null,
    at: 1,
    member: founderId,
    act: 'found',
    keys: await publicKeysOf(founder),
    recovery: kit,
  },
  founder.signingSeed,
)

/** An entry of somebody invited by `by`; any part can be made wrong. */
async function entering(
  before: SignedText,
  {
    by = founderId,
    bySeed = founder.signingSeed,
    seed = randomBytes(32),
    signedWith = null as Uint8Array | null,
    member = newId(),
    at = 2,
    delegated = {} as Partial<Delegation>,
  } = {},
): Promise<{ entry: SignedText; member: string; keyring: ReturnType<typeof newKeyring> }> {
  const keyring = newKeyring()
  const delegation = signDelegation(
    {
      v: 1,
      community,
      invitation: invitationKey(seed),
      standing: 'member',
      replaces: null,
      expires: 10,
      by,
      ...delegated,
    },
    bySeed,
  )
  const entry = signEntry(
    {
      v: 1,
      community,
      previous: entryHash(before),
      at,
      member,
      act: 'enter',
      keys: await publicKeysOf(keyring),
      delegation,
    },
    signedWith ?? seed,
  )
  return { entry, member, keyring }
}

const refused = (entries: SignedText[], reason: RegExp) => {
  expect(() => verifyDirectory(community, entries)).toThrow(DirectoryBroken)
  expect(() => verifyDirectory(community, entries)).toThrow(reason)
}

test('a founder, somebody invited, and somebody invited by them are in it', async () => {
  const second = await entering(first)
  const third = await entering(second.entry, { by: second.member, bySeed: second.keyring.signingSeed })
  const { members, hashes, head } = verifyDirectory(community, [first, second.entry, third.entry])
  expect([...members.keys()]).toEqual([founderId, second.member, third.member])
  expect(head).toBe(hashes[2])
})

test('the server cannot slip in keys of its own', async () => {
  const outsider = newKeyring()
  refused(
    [first, (await entering(first, { bySeed: outsider.signingSeed })).entry],
    /nobody in the directory signed/,
  )
  refused([first, (await entering(first, { by: newId() })).entry], /nobody in the directory signed/)
  refused(
    [first, (await entering(first, { signedWith: randomBytes(32) })).entry],
    /not signed with its invitation/,
  )
  const { entry } = await entering(first)
  const swapped = { ...entry, text: entry.text.replace('age1pq1', 'age1pq1q') }
  refused([first, swapped], /not valid/)
})

test('an invitation is used once, in time, in its community, and only for whom it is', async () => {
  const seed = randomBytes(32)
  const second = await entering(first, { seed })
  refused([first, second.entry, (await entering(second.entry, { seed })).entry], /used before/)
  refused([first, (await entering(first, { at: 11 })).entry], /expired/)
  refused([first, (await entering(first, { delegated: { community: newId() } })).entry], /another community/)
  refused([first, (await entering(first, { member: founderId })).entry], /somebody else/)
  refused([first, (await entering(first, { delegated: { replaces: founderId } })).entry], /somebody else/)
})

test('an entry dropped, moved or repeated breaks the chain', async () => {
  const second = await entering(first)
  const third = await entering(second.entry)
  refused([first, third.entry], /does not follow/)
  refused([second.entry, first], /does not follow|founds/)
  refused([first, second.entry, second.entry], /does not follow/)
  refused([], /empty/)
})

test('K4: whoever is removed is no longer in it and can invite nobody', async () => {
  const second = await entering(first)
  const removal = signEntry(
    {
      v: 1,
      community,
      previous: entryHash(second.entry),
      at: 3,
      member: second.member,
      act: 'remove',
      by: founderId,
    },
    founder.signingSeed,
  )
  expect(verifyDirectory(community, [first, second.entry, removal]).members.get(second.member)?.active).toBe(
    false,
  )
  const third = await entering(removal, { by: second.member, bySeed: second.keyring.signingSeed })
  refused([first, second.entry, removal, third.entry], /nobody in the directory signed/)
  const forged = signEntry(
    {
      v: 1,
      community,
      previous: entryHash(second.entry),
      at: 3,
      member: second.member,
      act: 'remove',
      by: founderId,
    },
    randomBytes(32),
  )
  refused([first, second.entry, forged], /nobody in the directory signed/)
})

test('replaced keys are the new ones, and older records of the member stay verifiable', async () => {
  const second = await entering(first)
  const again = await entering(second.entry, {
    member: second.member,
    delegated: { replaces: second.member },
  })
  const listed = verifyDirectory(community, [first, second.entry, again.entry]).members.get(second.member)
  const keys = await publicKeysOf(again.keyring)
  expect(listed?.recipient).toBe(keys.recipient)
  expect(listed?.verifyKeys).toEqual([keys.verifyKey, (await publicKeysOf(second.keyring)).verifyKey])
})

test('the fingerprint stays when members come, and differs for every community', async () => {
  const keyring = newKeyring()
  const other = signEntry(
    {
      v: 1,
      community,
      previous: null,
      at: 1,
      member: founderId,
      act: 'found',
      keys: await publicKeysOf(keyring),
      recovery: null,
    },
    keyring.signingSeed,
  )
  expect(fingerprint(first)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){5}[0-9A-HJKMNP-TV-Z]{4}$/)
  expect(fingerprint(other)).not.toBe(fingerprint(first))
})

test('the recovery recipient is the founder’s word: nobody else can put in theirs, nor one of another kind', async () => {
  expect(verifyDirectory(community, [first]).recovery).toBe(kit)
  const theirs = await recipientOf(newIdentity())
  const swapped = { ...first, text: first.text.replace(kit, theirs) }
  expect(() => verifyDirectory(community, [swapped])).toThrow(DirectoryBroken)
  for (const recovery of [`age1${'q'.repeat(58)}`, undefined]) {
    const entry = signEntry({ ...JSON.parse(first.text), recovery }, founder.signingSeed)
    expect(() => verifyDirectory(community, [entry])).toThrow('recovery recipient')
  }
})
